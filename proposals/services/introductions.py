"""引き合わせ: who meets whom, when and where; what came of it is told by `outcomes`."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Department, Role
from cityhall.refusal import NotAllowed
from cityhall.templatetags.zama import short_date
from cityhall.text import is_blank
from cityhall.workflow import lock
from proposals import mail
from proposals.introduced import when
from proposals.models import Introduction, Proposal, Resource, Submission
from proposals.services.recording import lock_unmerged, note_fact
from proposals.workflow import Kind

SAID = ("initiative", "aim", "on", "hour", "place", "people", "agreed")
ASKED_FIRST = (
    "提案者は「事前に相談してほしい」としています。だれに会うかを提案者に伝えて了承を得てから、"
    "「提案者の了承」に書いてください。"
)
BEYOND_THE_CITY_HALL = (
    "提案者が共有してよいとしたのは、市の関係課までです。地域の団体に会うことの了承を提案者から得て、"
    "「提案者の了承」に書いてください。"
)
TOLD = "この引き合わせは、もう結果が書かれています。直すときは「結果を直す」を使ってください。"
ALREADY = "この画面からは、もう引き合わせを残しています。続けて書くときは、もう一度ボタンを押してください。"


@transaction.atomic
def arrange(
    proposal: Proposal,
    *,
    by,
    key: str,
    departments: Iterable[Department] = (),
    resources: Iterable[Resource] = (),
    **said,
) -> Introduction:
    """Bring a proposer together with sections and the town, once for its key; letters go out.

    Refuses anybody but the desk, a closed case or a double, nobody to meet, a section no longer valid, who
    may not be named, no aim, a day before 初回相談日, and going further than the proposer allowed.
    """
    posting = access.require(by, Role.DESK)
    case = lock_unmerged(proposal)
    departments, resources, said = list(departments), list(resources), _stripped(said)
    if known := Introduction.objects.filter(key=key).first():
        return _as_told(known, departments, resources, said | {"proposal": case})
    _check(case, departments, resources, said)
    introduction = Introduction.objects.create(proposal=case, key=key, by=by, **said)
    introduction.departments.set(departments)
    introduction.resources.set(resources)
    data = {"introduction": introduction.pk, "how": "arranged"}
    note_fact(case, Kind.INTRODUCED, actor=posting, text=in_words(introduction), data=data)
    _write_to_all(introduction)
    return introduction


def _stripped(said: dict) -> dict:
    return {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}


def _as_told(known: Introduction, departments, resources, said: dict) -> Introduction:
    """The introduction of this key; refuses words changed since, which would else be lost unseen."""
    is_same = all(getattr(known, name) == value for name, value in said.items())
    if not is_same or parties(known) != (_keys(departments), _keys(resources)):
        raise NotAllowed(ALREADY)
    return known


def _keys(rows) -> set[int]:
    return {row.pk for row in rows}


def parties(introduction: Introduction) -> tuple[set[int], set[int]]:
    """The keys of the sections and of the partners that meet the proposer."""
    return _keys(introduction.departments.all()), _keys(introduction.resources.all())


def _check(case: Proposal, departments: list[Department], resources: list[Resource], said: dict) -> None:
    if not case.is_open or case.is_held:
        raise NotAllowed("引き合わせは、動いている案件に書きます。")
    if not departments and not resources:
        raise NotAllowed("会う相手を、課か地域の団体から1つ以上選んでください。")
    valid = Department.objects.valid_on(timezone.localdate()).filter(pk__in=_keys(departments))
    if gone := _keys(departments) - _keys(valid):
        name = next(one for one in departments if one.pk in gone)
        raise NotAllowed(f"{name}は、いまはない課です。引き継いだ課を選んでください。")
    if _keys(resources) - _keys(Resource.objects.shown().filter(pk__in=_keys(resources))):
        raise NotAllowed(
            "紹介してよいと確かめていない団体は、引き合わせられません。先に「地域資源」で確かめてください。"
        )
    if is_blank(said["aim"]):
        raise NotAllowed("会うわけを書いてください。")
    if said["on"] < case.first_contact_on:
        raise NotAllowed(
            f"会う日は、初めての相談の日（{short_date(case.first_contact_on)}）からの日にしてください。"
        )
    _check_agreed(case, resources, said["agreed"])


def _check_agreed(case: Proposal, resources: list[Resource], agreed: str) -> None:
    """What may be shared (`Submission.sharing`) is shared with sections; beyond, the proposer is asked."""
    words = case.latest_submission
    if not is_blank(agreed):
        return
    if words is not None and words.sharing == Submission.Sharing.ASK:
        raise NotAllowed(ASKED_FIRST)
    if resources:
        raise NotAllowed(BEYOND_THE_CITY_HALL)


def in_words(introduction: Introduction) -> str:
    """The whole of it for the record: who, when, where, why, on whose initiative."""
    who = [*introduction.departments.all(), *introduction.resources.select_related("organization")]
    pairs = (
        ("会う相手", "、".join(map(str, who))),
        ("会う日", when(introduction)),
        ("場所", introduction.place),
        ("会うわけ", introduction.aim),
        ("発案", introduction.get_initiative_display()),
        ("同席する人", introduction.people),
        ("提案者の了承", introduction.agreed),
    )
    return "\n".join(f"{term}：{value}" for term, value in pairs if value)


def _write_to_all(introduction: Introduction) -> None:
    """Letters for a day to come; what was only written down afterwards is told nobody."""
    if introduction.on >= timezone.localdate():
        mail.queue_introduction(introduction)


@transaction.atomic
def change(
    introduction: Introduction,
    *,
    by,
    version: int,
    departments: Iterable[Department] = (),
    resources: Iterable[Resource] = (),
    **said,
) -> Introduction:
    """Change who meets whom, when or where, until its result is told; all are written to anew.

    Refuses what `arrange` refuses, a stale page, and one whose result is told. Who need not come is told so.
    """
    posting = access.require(by, Role.DESK)
    case, introduction = locked(introduction, version)
    departments, resources, said = list(departments), list(resources), _stripped(said)
    if introduction.result:
        raise NotAllowed(TOLD)
    _check(case, departments, resources, said)
    before, (sections, partners) = in_words(introduction), parties(introduction)
    for name in SAID:
        setattr(introduction, name, said[name])
    introduction.departments.set(departments)
    introduction.resources.set(resources)
    if (after := in_words(introduction)) == before:
        return introduction
    save(introduction)
    text = f"{after}\n（前は）\n{before}"
    data = {"introduction": introduction.pk, "how": "changed"}
    note_fact(case, Kind.INTRODUCED, actor=posting, text=text, data=data)
    gone = sections - _keys(departments), partners - _keys(resources)
    call_off(introduction, *gone)
    _write_to_all(introduction)
    return introduction


def locked(introduction: Introduction, version: int) -> tuple[Proposal, Introduction]:
    """The case first, as everybody locks; refuses a stale page of the introduction."""
    case = lock(introduction.proposal)
    introduction = lock(introduction, version=version)
    introduction.proposal = case
    return case, introduction


def save(introduction: Introduction) -> None:
    """Store it as the next version."""
    introduction.version += 1
    introduction.save()


def call_off(introduction: Introduction, sections: Iterable[int], partners: Iterable[int]) -> None:
    """Tell those who need not come, for a day to come."""
    if introduction.on >= timezone.localdate():
        mail.queue_called_off(
            introduction,
            Department.objects.filter(pk__in=sections),
            Resource.objects.shown().filter(pk__in=partners),
        )
