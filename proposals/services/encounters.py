"""接触の記録: every time the city met or spoke with the proposer; the earliest day is 初回相談日 (t0)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access, closures
from cityhall.models import Posting, Role
from cityhall.refusal import NotAllowed
from cityhall.templatetags.zama import short_date
from cityhall.text import is_blank
from proposals.models import Encounter, Proposal, ProposalRecord
from proposals.services.recording import correct, lock_unmerged, note_fact
from proposals.workflow import Kind

TELLS_THE_FIRST = (Kind.FIRST_CONTACT, Kind.CONTACT)
ALREADY = (
    "この画面からは、もう別の記録を残しています。書き直した記録も残すときは、もう一度ボタンを押してください。"
)


class MovesTheFirst(NotAllowed):
    """The day would make another 初回相談日; whoever means it says so, with a reason."""


@transaction.atomic
def note_encounter(
    proposal: Proposal,
    *,
    by,
    kind: str,
    on: date,
    text: str,
    who: str = "",
    key: str = "",
    is_sure: bool = False,
    reason: str = "",
) -> Encounter:
    """Take down a call, a visit, a card exchanged, once for its key; its words stay out of the chain.

    Refuses: anybody but the desk, a double, no words, a day to come, other words under the same key; and a
    day before 初回相談日 unless one `is_sure` and says why, since figures change with it.
    """
    posting = access.require(by, Role.DESK)
    case = lock_unmerged(proposal)
    said = {"kind": kind, "on": on, "who": who.strip(), "text": text.strip()}
    if known := _noted_before(case, key, said):
        return known
    _check(text, on)
    _check_first(case, on, is_sure=is_sure, reason=reason)
    data = {"kind": kind} | ({"key": key} if key else {})
    record = note_fact(case, Kind.CONTACT, actor=posting, on=on, text=reason.strip(), data=data)
    return _store(case, record, posting, said)


@transaction.atomic
def correct_encounter(
    encounter: Encounter,
    *,
    by,
    kind: str,
    on: date,
    text: str,
    reason: str,
    who: str = "",
    is_sure: bool = False,
) -> Encounter:
    """Put a right record of a contact in the place of a wrong one, which stays in the trail.

    Refuses what `note_encounter` refuses, no reason, and a record corrected before.
    """
    posting = access.require(by, Role.DESK)
    case = lock_unmerged(encounter.proposal)
    _check(text, on)
    _check_first(case, on, is_sure=is_sure, reason=reason, instead_of=encounter.record)
    record = correct(encounter.record, actor=posting, on=on, reason=reason, data={"kind": kind})
    return _store(case, record, posting, {"kind": kind, "on": on, "who": who.strip(), "text": text.strip()})


def _store(case: Proposal, record: ProposalRecord, posting: Posting, said: dict) -> Encounter:
    return Encounter.objects.create(proposal=case, record=record, by=posting.user, **said)


def _noted_before(case: Proposal, key: str, said: dict) -> Encounter | None:
    """The contact of this key; refuses words changed since, which would else be lost unseen."""
    known = key and case.encounters.filter(record__data__key=key).first()
    if known and any(getattr(known, name) != value for name, value in said.items()):
        raise NotAllowed(ALREADY)
    return known or None


def _check(text: str, on: date) -> None:
    if is_blank(text):
        raise NotAllowed("話したことを書いてください。1文で構いません。")
    if on > timezone.localdate():
        raise NotAllowed("日付は、今日までの日にしてください。これからのことは「すること」に書けます。")


def _check_first(case: Proposal, on: date, *, is_sure: bool, reason: str, instead_of=None) -> None:
    """Refuse another 初回相談日 that nobody has confirmed."""
    told = case.records.effective().filter(kind__in=TELLS_THE_FIRST).exclude(pk=instead_of and instead_of.pk)
    first = min([on, *told.values_list("on", flat=True)])
    if first == case.first_contact_on:
        return
    if not is_sure:
        raise MovesTheFirst(
            f"初回相談日が {short_date(case.first_contact_on)} から {short_date(first)} に変わり、"
            f"初回相談から庁内調整までの日数が変わります{_days(case, first)}。よければ、印をつけてください。"
        )
    if not reason.strip():
        raise MovesTheFirst("初回相談日を変えるわけを書いてください。記録に残ります。")


def _days(case: Proposal, first: date) -> str:
    """（4 → 12開庁日）, once the coordination has begun."""
    if (begun := case.coordination_started_on) is None:
        return ""
    before, after = (closures.open_days_between(day, begun) for day in (case.first_contact_on, first))
    return f"（{before} → {after}開庁日）"
