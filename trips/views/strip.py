"""状況帯 of a TRIP: where it stands, whose turn it is, until when, and what there is to do now."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from cityhall.models import Posting, Role
from cityhall.templatetags.zama import short_date
from proposals.views.section.days import Today
from proposals.waiting import Waiting
from trips.models import Trip
from trips.waiting import waits_of
from trips.workflow import PHASE_WORDS, WORKFLOW, Phase

NOBODY = "終わっています"
NEAR = timedelta(7)
ASKED = {  # by the kind of what waits: what is asked, and the word on the button
    "report": ("{}を書いてください。", "報告を書く"),
    "milestone": ("{}は、終わりましたか。", "終えたと記録する"),
    "recontact": ("また会う日です。その後どうなったかを聞いて、書いてください。", "また会えたことを書く"),
}
READY = {  # what the head is told when nothing is missing
    Phase.GATE: ("TRIP 1を始めるか、決めてください。", "②に入った日が、始まった日になります。"),
    Phase.TRIAL: ("③成果へ進められます。", "ふり返りの記録と、生まれたものがそろいました。"),
    Phase.RESULT: ("④新たなTRIPへ進められます。", "この旅から、次の旅が生まれました。"),
}


def strip(
    trip: Trip, *, today: Today, posting: Posting | None, missing: list[str], is_reviewed: bool
) -> dict:
    """The four cells, and the task of this reader if it is theirs."""
    waits = list(waits_of(trip))
    nearest = min(waits, key=lambda one: one.due_on, default=None)
    due = today.due(nearest.due_on if nearest else None)
    task = {} if posting is None else _task(trip, posting, missing, is_reviewed, waits)
    return {
        "step": trip.standing,
        "step_note": "始める前に" if trip.cancelled_on else PHASE_WORDS.get(trip.step, ""),
        "holder": "" if trip.is_over else "section" if trip.department else "desk",
        "turn": NOBODY if trip.is_over else str(trip.department or "窓口"),
        "since": short_date(trip.step_entered_on),
        "since_note": "" if trip.is_over else today.since(trip.step_entered_on),
        "until": NOBODY if trip.is_over and not nearest else due.words,
        "until_note": f"{nearest.what}　{due.note}" if nearest else "",
        "late": due.is_late,
        "mine": bool(task),
        **task,
    }


def _task(trip: Trip, posting: Posting, missing: list[str], is_reviewed: bool, waits: list[Waiting]) -> dict:
    if trip.is_over:
        return _pressing(waits)
    if trip.department is None:
        return _writing(trip, "lead", "主に担当する課を決めてください。", "", "課を決める")
    if posting.role not in (Role.MEMBER, Role.HEAD):
        return {}
    if pressing := _pressing(waits):
        return pressing
    if trip.resting_since:
        return {}
    if trip.step == Phase.TRIAL and not is_reviewed:
        return _review_task(trip)
    if trip.step == Phase.TRIAL and missing:
        words = "生まれたものを1つ書くと、③成果へ進めます。"
        return _writing(trip, "result", "生まれたものを書いてください。", words, "生まれたものを書く")
    if missing or posting.role != Role.HEAD or trip.step == Phase.NEXT:
        return {}
    forward = next(WORKFLOW.from_step(trip.step))
    task, note = READY[trip.step]
    url = reverse("trips:move", args=[trip.number, forward.name])
    return {"task": task, "task_note": note, "task_url": url, "task_button": forward.label}


def _pressing(waits: list[Waiting]) -> dict:
    """The next thing that is written down by itself, once its day is near."""
    near = timezone.localdate() + NEAR
    for one in sorted(waits, key=lambda one: one.due_on):
        if one.due_on <= near and (asked := ASKED.get(one.key.split(":")[2])):
            task, button = asked
            return {"task": task.format(one.what), "task_url": one.page, "task_button": button}
    return {}


def _review_task(trip: Trip) -> dict:
    if trip.review_on is None:
        words = "ふり返りの記録がそろうと、③成果へ進めます。"
        return _writing(
            trip, "review-day", "次のふり返りの日を決めてください。", words, "ふり返りの日を決める"
        )
    if trip.review_on <= timezone.localdate():
        words = "続かなかったことも書き残してください。次の種になります。"
        return _writing(trip, "review", "ふり返りの記録を書いてください。", words, "ふり返りを書く")
    return {}


def _writing(trip: Trip, what: str, task: str, note: str, button: str) -> dict:
    url = reverse("trips:write", args=[trip.number, what])
    return {"task": task, "task_note": note, "task_url": url, "task_button": button}
