"""状況帯 of a TRIP: where it stands, whose turn it is, until when, and what there is to do now."""

from django.urls import reverse
from django.utils import timezone

from cityhall.models import Posting, Role
from cityhall.templatetags.zama import short_date
from proposals.views.section.days import Today
from trips.models import Trip
from trips.workflow import PHASE_WORDS, WORKFLOW, Phase

NOBODY = "終わっています"
READY = {  # what the head is told when nothing is missing
    Phase.GATE: ("TRIP 1を始めるか、決めてください。", "②に入った日が、始まった日になります。"),
    Phase.TRIAL: ("③成果へ進められます。", "ふり返りの記録と、生まれたものがそろいました。"),
    Phase.RESULT: ("④新たなTRIPへ進められます。", "この旅から、次の旅が生まれました。"),
}


def strip(trip: Trip, *, posting: Posting | None, missing: list[str], is_reviewed: bool) -> dict:
    """The four cells, and the task of this reader if it is theirs."""
    today = Today()
    due = today.due(trip.review_on)
    task = {} if trip.is_over or posting is None else _task(trip, posting, missing, is_reviewed)
    return {
        "step": trip.get_step_display(),
        "step_note": "始める前に" if trip.cancelled_on else PHASE_WORDS.get(trip.step, ""),
        "holder": "" if trip.is_over else "section" if trip.department else "desk",
        "turn": NOBODY if trip.is_over else str(trip.department or "窓口"),
        "since": short_date(trip.step_entered_on),
        "since_note": "" if trip.is_over else today.since(trip.step_entered_on),
        "until": NOBODY if trip.is_over else due.words,
        "until_note": f"次のふり返り　{due.note}" if trip.review_on else "",
        "late": due.is_late,
        "mine": bool(task),
        **task,
    }


def _task(trip: Trip, posting: Posting, missing: list[str], is_reviewed: bool) -> dict:
    if trip.department is None:
        return _writing(trip, "lead", "主に担当する課を決めてください。", "", "課を決める")
    if posting.role not in (Role.MEMBER, Role.HEAD):
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
