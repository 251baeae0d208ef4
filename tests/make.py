"""Plain functions that make what a test needs; every name is fictional."""

from datetime import date
from itertools import count

from django.utils import timezone

from cityhall.models import Department, Posting, Role, User
from proposals.models import OrganizationKind, Proposal, Track
from proposals.services import advance, hearings, intake, matching, receipts, triage
from proposals.workflow import Step

_counter = count(1)
LONG_AGO = date(2026, 4, 1)
PASSWORD = "架空の合言葉です"


def department(name=None, **fields):
    name = name or f"架空課{next(_counter)}"
    return Department.objects.get_or_create(name=name, defaults={"valid_from": LONG_AGO, **fields})[0]


def user(role=None, department=None, **fields):
    n = next(_counter)
    person = User.objects.create_user(
        fields.pop("username", f"user{n}"), PASSWORD, name=fields.pop("name", f"架空職員{n}"), **fields
    )
    if role:
        posting(person, role, department)
    return person


def posting(person, role, department=None, *, valid_from=LONG_AGO, **fields):
    return Posting.objects.create(
        user=person, role=role, department=department, valid_from=valid_from, **fields
    )


def desk(**fields):
    return user(Role.DESK, department("市民協働課"), **fields)


def head(section, **fields):
    return user(Role.HEAD, section, **fields)


def member(section, **fields):
    return user(Role.MEMBER, section, **fields)


def manager(**fields):
    return user(Role.MANAGER, **fields)


def admin(**fields):
    return user(Role.ADMIN, **fields)


def words(**fields):
    return {
        "title": "架空の夕食宅配で見守りを",
        "overview": "夕食を届けるときに声をかけ、様子が違えば決めた連絡先へ知らせます。",
        "problem": "一人暮らしの高齢者が、夕方から翌朝まで誰とも話さない日が続いています。",
        "activity": "配達員が手渡しで声をかけ、応答がない場合に知らせます。",
        "benefit": "ひとりで暮らす人が、毎日だれかと言葉を交わせるようになる。",
        "own_gain": "地域で長く選ばれる事業者になること。",
        "fields": ["福祉・健康"],
        "requests": ["庁内・地域団体とのつなぎ"],
        "brings": ["人", "技術・ノウハウ"],
        "measures": "声をかけた世帯の数",
        **fields,
    }


def organization(**fields):
    return {"name": f"架空配送株式会社{next(_counter)}", "kind": OrganizationKind.COMPANY, **fields}


def contact(**fields):
    return {
        "section": "企画部",
        "name": "架空太郎",
        "kana": "かくうたろう",
        "email": "kaku@example.com",
        "phone": "0462527966",
        **fields,
    }


def submission(*, track=Track.PROPOSAL, key=None, code=None, **fields):
    """A proposal as the public form sends it."""
    return intake.submit(
        words(**fields),
        organization=organization(),
        contact=contact(),
        track=track,
        key=key or f"key-{next(_counter)}",
        code=code or receipts.new_code(),
    )


def proposal(step=Step.INTAKE, *, by=None, section=None, track=Track.PROPOSAL, **fields):
    """A case brought to one of the six steps by the services alone."""
    case = submission(track=track, **fields)
    by = by or desk()
    for forward in _way_to(step):
        forward(case, by, section)
        case.refresh_from_db()
    return case


def _way_to(step):
    order = [Step.INTAKE, Step.SORTING, Step.HEARING, Step.MATCHING, Step.LOGIC_MODEL, Step.DECISION]
    return [_accept, _start_hearing, _start_matching, _start_model, _refer][: order.index(step)]


def _accept(case, by, section):
    advance(case, "accept", by=by)


def _start_hearing(case, by, section):
    triage.pass_gate(case, by=by, note="対象になることを確かめました。")
    hearings.ask(case, section or department("架空の所管課"), by=by, reason="同じ分野を担当しているため")
    advance(case, "start_hearing", by=by)


def _start_matching(case, by, section):
    for hearing in case.hearings.open():
        hearings.answer(hearing, by=head(hearing.department), answer="yes", text="一緒に考えます。")
    advance(case, "start_matching", by=by)


def _start_model(case, by, section):
    matching.choose_lead(case, section or department("架空の所管課"), by=by)
    advance(case, "start_model", by=by)


def _refer(case, by, section):
    matching.report_model_fixed(case, by=by, label="LM-R8-001 試行版 第1版", fixed_at=timezone.now())
    advance(case, "refer", by=by)


def reload(case):
    return Proposal.objects.get(pk=case.pk)
