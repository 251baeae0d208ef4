"""What a proposer sees of their case: where it stands in public words, and never a verdict not announced."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from cityhall import closures
from cityhall.templatetags.zama import circled, short_date
from proposals.models import Proposal
from proposals.workflow import PUBLIC_WORDS, SIX_STEPS, Holder, Step

WHO = {
    Holder.DESK: "窓口",
    Holder.SECTION: "市の関係課",
    Holder.PROPOSER: "あなた",
    Holder.DECIDER: "担当する課",
    Holder.HOLD: "おたがいの準備",
}
NOT_YET = {"until": "決まりしだい", "until_note": "お知らせします"}


def strip(proposal: Proposal) -> dict:
    """状況帯 for the proposer: their own date always, the city's only once it has agreed to show it."""
    place = public_place(proposal)
    holder = Holder.DECIDER if place == 6 else Holder(proposal.holder or Holder.DESK)
    return {
        "step": f"{circled(place)} {PUBLIC_WORDS[SIX_STEPS[place - 1]][0]}",
        "step_note": f"6つのうち{place}つ目",
        "holder": holder,
        "turn": WHO[holder],
        "turn_note": _turn_note(proposal, holder),
        "since": short_date(proposal.holder_since_on),
        "since_note": _since_note(proposal.holder_since_on),
        "mine": holder == Holder.PROPOSER,
        **_until(proposal, holder),
    }


def public_place(proposal: Proposal) -> int:
    """Which of the six steps the public page shows: what was decided at ⑥ stays ⑥ until it is announced."""
    if proposal.step in SIX_STEPS:
        return proposal.step_number
    if proposal.step in (Step.CONDITIONS, Step.ADOPTED, Step.IN_PRINCIPLE, Step.DECLINED):
        return 6
    been = proposal.records.effective().filter(target__in=SIX_STEPS).order_by("sequence").last()
    return SIX_STEPS.index(been.target) + 1 if been else 1


def stages(proposal: Proposal) -> list[dict]:
    """The six steps with the days the case came to them and left them."""
    place = public_place(proposal)
    came, left = _days(proposal)
    return [
        {
            "number": number,
            "name": name,
            "state": _state(number, place),
            "dates": _dates(came.get(step), left.get(step), _state(number, place)),
            "note": f"{words}。" if number >= place else "",
        }
        for number, (step, (name, words)) in enumerate(PUBLIC_WORDS.items(), start=1)
    ]


def _state(number: int, place: int) -> str:
    return "done" if number < place else "now" if number == place else "later"


def _days(proposal: Proposal) -> tuple[dict, dict]:
    came, left = {Step.INTAKE: proposal.first_contact_on}, {}
    for record in proposal.records.effective().exclude(source="").order_by("place"):
        came[record.target], left[record.source] = record.on, record.on
    return came, left


def _dates(came: date | None, left: date | None, state: str) -> str:
    if came is None or state == "later":
        return ""
    if state == "now" or left is None:
        return f"{short_date(came)}から"
    return short_date(came) if came == left else f"{short_date(came)}〜{short_date(left)}"


def _turn_note(proposal: Proposal, holder: Holder) -> str:
    if holder == Holder.SECTION:
        return f"{proposal.hearings.count()}つの課に尋ねています"
    return {
        Holder.DESK: "内容を確かめています",
        Holder.PROPOSER: "お返事をお待ちしています",
        Holder.DECIDER: "担当する課が判断しています",
    }.get(holder, "")


def _since_note(since: date) -> str:
    passed = closures.open_days_between(since, timezone.localdate())
    return f"{passed}開庁日たちました" if passed > 0 else "きょうから"


def _until(proposal: Proposal, holder: Holder) -> dict:
    shows = holder == Holder.PROPOSER or settings.ZAMAGATE_SITE.get("shows_own_dates", False)
    if proposal.due_on is None or not shows:
        return NOT_YET
    left = closures.open_days_between(timezone.localdate(), proposal.due_on)
    return {
        "until": short_date(proposal.due_on),
        "until_note": f"あと{left}開庁日" if left >= 0 else f"{-left}開庁日 過ぎています",
        "late": left < 0,
    }
