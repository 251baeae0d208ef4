"""共創調整会議: opened with its agenda frozen, minuted on one page, recorded back to the cases once."""

from dataclasses import asdict
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.calendar import wareki
from cityhall.models import Role, User
from cityhall.refusal import NotAllowed, Stale
from cityhall.text import is_blank
from cityhall.workflow import lock
from proposals.agenda import agenda
from proposals.models import Meeting, MeetingItem, MeetingPaper, Proposal
from proposals.services import meeting_papers, todos
from proposals.services.recording import note_fact
from proposals.workflow import Kind

MONTH = timedelta(31)
TAKEN = "この日の会議は、もう開いています（{0}）。一覧から開いてください。"
SAVED = (
    "ほかの人が、先に保存しました。書いた文は残しています。"
    "保存されている文と見比べて、もう一度保存してください。"
)
RECORDED = "この会議は、もう案件に記録しています。続きは、それぞれの案件で書いてください。"
WRITES = ("said", "follow_up", "owner", "due_on")


@transaction.atomic
def open_meeting(*, by, held_on: date, title: str) -> Meeting:
    """Open the meeting of a day and freeze its agenda; the same press twice is one meeting.

    Refuses anybody but the desk, no title, a day before today, another meeting on that day.
    """
    access.require(by, Role.DESK)
    title = title.strip()
    if is_blank(title):
        raise NotAllowed("会議の名前を書いてください。")
    if held_on < timezone.localdate():
        raise NotAllowed("開く日は、今日からの日にしてください。")
    told = {"title": title, "opened_by": by, "since_on": _since(held_on)}
    meeting, is_new = Meeting.objects.get_or_create(held_on=held_on, defaults=told)
    if is_new:
        _freeze(meeting, by)
        meeting_papers.order(meeting, MeetingPaper.Kind.PACK)
    elif meeting.title != title:
        raise NotAllowed(TAKEN.format(meeting.title))
    return meeting


def _since(held_on: date) -> date:
    """What came after the last meeting is new; before the first, that of a month."""
    last = Meeting.objects.filter(held_on__lt=held_on).first()
    return last.held_on if last else held_on - MONTH


def _freeze(meeting: Meeting, by) -> None:
    parts = agenda(meeting.held_on, meeting.since_on, by)
    lines = [(part.section, line) for part in parts for line in part.lines]
    MeetingItem.objects.bulk_create(
        MeetingItem(meeting=meeting, section=section, place=place, **asdict(line))
        for place, (section, line) in enumerate(lines, start=1)
    )
    meeting.left_out = {part.section: part.more for part in parts if part.more}
    meeting.save()


@transaction.atomic
def save(meeting: Meeting, *, by, version: int, minutes: str, items: dict[int, dict]) -> Meeting:
    """Keep what was typed: the minutes, and by an item's place what was said and what follows.

    Refuses anybody but the desk, a page somebody overtook, a meeting recorded, a follow-up nobody can take.
    """
    access.require(by, Role.DESK)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    known = {item.place: item for item in meeting.items.select_related("owner") if item.place in items}
    if meeting.minutes == minutes.strip() and _says(known) == items:
        return meeting  # the same press twice
    if meeting.recorded_at:
        raise NotAllowed(RECORDED)
    if meeting.version != version:
        raise Stale(SAVED)
    for place, item in known.items():
        for name in WRITES:
            setattr(item, name, items[place][name])
    officers = _officers(known.values())
    for item in known.values():
        _check(item, officers)
    MeetingItem.objects.bulk_update(known.values(), WRITES)
    meeting.minutes = minutes.strip()
    meeting.version += 1
    meeting.save()
    return meeting


def _says(known: dict[int, MeetingItem]) -> dict[int, dict]:
    return {place: {name: getattr(item, name) for name in WRITES} for place, item in known.items()}


def _officers(items) -> set[int]:
    """Who of the owners is at the desk today."""
    named = User.objects.filter(pk__in={item.owner_id for item in items if item.owner_id})
    return {person.pk for person in named if access.has_role(person, Role.DESK)}


def _check(item: MeetingItem, officers: set[int]) -> None:
    where = f"{item.place}番（{item.number}）"
    if item.follow_up and item.due_on and item.due_on < timezone.localdate():
        raise NotAllowed(f"{where}の「いつまでに」は、今日からの日にしてください。")
    if not item.follow_up and (item.owner_id or item.due_on):
        raise NotAllowed(f"{where}の「次にすること」を書いてください。")
    if item.owner_id and item.owner_id not in officers:
        raise NotAllowed(f"{where}の「だれが」の人は、いま窓口にいません。ほかの人を選んでください。")


@transaction.atomic
def record(meeting: Meeting, *, by) -> Meeting:
    """Write what was said into each case's record and put the follow-ups on the desk's list, once.

    What was merged meanwhile is written on the case that lives on. A second press does nothing. Refuses
    anybody but the desk, a meeting still to come, one of which nothing is written.
    """
    posting = access.require(by, Role.DESK)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.recorded_at:
        return meeting
    if meeting.held_on > timezone.localdate():
        raise NotAllowed(f"会議の日（{wareki(meeting.held_on)}）より前には、記録できません。")
    spoken = [item for item in meeting.items.select_related("owner") if item.said or item.follow_up]
    if not spoken and not meeting.minutes:
        raise NotAllowed("まだ何も書かれていません。議事の記録か、話したことを書いてください。")
    for item in sorted(spoken, key=lambda item: (item.proposal_id or 0, item.place)):
        _write_back(item, meeting, posting, by)
    meeting.recorded_at = timezone.now()
    meeting.version += 1
    meeting.save()
    meeting_papers.order(meeting, MeetingPaper.Kind.MINUTES)
    return meeting


def _write_back(item: MeetingItem, meeting: Meeting, posting, by) -> None:
    case = _living(item)
    if case:
        data = {"meeting": meeting.held_on.isoformat(), "section": item.section}
        note_fact(case, Kind.MEETING, actor=posting, on=meeting.held_on, text=_words(item), data=data)
    if item.follow_up:
        _put_on_the_list(item, case, meeting, by)


def _put_on_the_list(item: MeetingItem, case: Proposal | None, meeting: Meeting, by) -> None:
    key = f"meeting-{meeting.pk}-{item.place}"
    text = item.follow_up if case else f"{item.number}：{item.follow_up}"
    try:
        todos.add(case, by=by, text=text, key=key, owner=item.owner, due_on=item.due_on)
    except NotAllowed as refusal:
        raise NotAllowed(f"{item.place}番（{item.number}）：{refusal}") from None


def _living(item: MeetingItem) -> Proposal | None:
    """The case as it is now, or the one it was merged into; none for a TRIP."""
    if item.proposal_id is None:
        return None
    case = lock(Proposal.objects.get(pk=item.proposal_id))
    return case.merged_into or case


def _words(item: MeetingItem) -> str:
    if not item.follow_up:
        return item.said
    who = str(item.owner or "窓口のだれか")
    until = f"、{wareki(item.due_on)}まで" if item.due_on else ""
    return "\n".join(filter(None, [item.said, f"次にすること：{item.follow_up}（{who}{until}）"]))
