"""What the tests of the conversation and of announcing need besides `make`."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from cityhall.models import ActedAs
from proposals.models import Attachment, Proposal, Theme
from proposals.services import conversation, decisions, seeds
from proposals.services.recording import note_fact
from proposals.workflow import Kind, Step
from tests import make, make_section

_keys = count(1)
SEED_TEXT = "架空の場所が見つかったら"


def ask(case, desk, **fields):
    """A question the desk puts to the proposer."""
    told = {"text": "使えるのは何曜日ですか。", "key": f"ask-{next(_keys)}", **fields}
    return conversation.ask(case, by=desk, **told)


def reply(case, text="月曜から土曜の夕方です。", **fields):
    """What the proposer answers, or writes unasked."""
    return conversation.reply(case, text=text, key=f"reply-{next(_keys)}", **fields)


def answered(case, desk):
    """A case whose proposer has answered; nobody has read it."""
    ask(case, desk)
    reply(case)
    return make.reload(case)


def decided(section, name="go", **fields):
    """A case this section has just decided on; nobody has told its proposer."""
    case = make_section.to_decide(section, **fields)
    told = {"decided_on": timezone.localdate(), "reason": "架空の理由です。"}
    if name == "go_if":
        told["conditions"] = [{"text": "費用の分担", "owner": "提案者"}]
    decisions.decide(case, name, by=make.head(section), **told)
    return make.reload(case)


def planted(case, **fields):
    """The same case, with a seed that brings it back."""
    told = {"kind": "day", "on": timezone.localdate() + timedelta(90), "text": SEED_TEXT}
    seeds.plant(case, by=make.desk(), **told | fields)
    return make.reload(case)


def ready_to_tell(case):
    """The same case; a "no" with the seed it is told with."""
    case = make.reload(case)
    return planted(case) if case.step in (Step.IN_PRINCIPLE, Step.DECLINED) else case


def hold(case):
    """The same case, held as a possible nuisance."""
    Proposal.objects.filter(pk=case.pk).update(is_held=True)
    return make.reload(case)


def rewritten(case, **words):
    """The proposer's next version."""
    latest = case.latest_submission
    latest.pk, latest._state.adding, latest.version, latest.key = None, True, latest.version + 1, None
    for name, value in words.items():
        setattr(latest, name, value)
    latest.save(force_insert=True)
    data = {"version": latest.version, "changed": list(words)}
    note_fact(case, Kind.REVISED, actor=ActedAs.PROPOSER, data=data)
    return make.reload(case)


def paper(case, **fields):
    """A paper of a case, without a file."""
    n = Attachment.objects.count()
    told = {"name": f"papers-{n}", "original_name": f"架空の資料{n}.pdf", "content_type": "application/pdf"}
    return Attachment.objects.create(proposal=case, size=120_000, sha256="0" * 64, **told | fields)


def day_from_now(days=1):
    """A day to come."""
    return timezone.localdate() + timedelta(days)


def plant(case, desk, kind="day", **told):
    """A seed the desk plants; of a day in a month unless said otherwise."""
    if kind == "day":
        told = {"on": day_from_now(30)} | told
    return seeds.plant(case, by=desk, kind=kind, text=told.pop("text", SEED_TEXT), **told)


def publish(title="夕方の見守りが足りない", **fields):
    """A trouble of a section, shown to the public today."""
    told = {"department": make.department(), "published_on": timezone.localdate(), **fields}
    return Theme.objects.create(title=title, **told)
