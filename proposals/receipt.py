"""What the proposer's page says of a case: where it stands in public words, what to do, how it ended."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils import timezone

from cityhall import calendar, closures
from cityhall.templatetags.zama import circled, short_date
from proposals.models import Message, Proposal
from proposals.spans import Span
from proposals.told import Told, merged_number
from proposals.workflow import PUBLIC_WORDS, SIX_STEPS, Holder, Step, Verdict

WHO = {
    Holder.DESK: "窓口",
    Holder.SECTION: "市の関係課",
    Holder.PROPOSER: "あなた",
    Holder.DECIDER: "担当する課",
    Holder.HOLD: "おたがいの準備",
}
NOTES = {
    Holder.DESK: "内容を確かめています",
    Holder.PROPOSER: "お返事をお待ちしています",
    Holder.DECIDER: "担当課が判断しています",
}
NOT_YET = {"until": "決まりしだい", "until_note": "お知らせします"}
UNDECIDED = "決まっていないことは「未定」で構いません。書類だけでも送れます。"
NOTHING_TO_DO = (
    "進んだとき、お尋ねしたいことができたときは、ご連絡します。"
    "気になることがあれば、下の「やりとり」から、いつでもお書きください。"
)
# how a case ended: the word in the square, and 次の一歩
ENDS = {
    Step.ADOPTED: (
        "採用",
        "担当する課と、進め方を決めていきます。打ち合わせの日取りなどは、窓口からご連絡します。",
    ),
    Step.IN_PRINCIPLE: (
        "趣旨採用",
        "考え方に賛成しています。すぐには始められませんが、窓口でお預かりし、時期が来たらお声がけします。",
    ),
    Step.DECLINED: (
        "見送り",
        "見送りは、終わりではありません。事情が変わったら、この番号のまま、もう一度取り上げられます。"
        "下の「やりとり」からお書きください。",
    ),
    Step.WITHDRAWN: (
        "取下げ",
        "取り下げを受け取りました。もう一度進めたくなったら、下の「やりとり」からお書きください。"
        "この番号のまま、受付からやり直せます。",
    ),
    Step.OUT_OF_SCOPE: (
        "ほかの窓口へ",
        "この窓口では進められないため、合う窓口をご案内します。次の窓口：{place}",
    ),
    Step.HANDED_ON: ("引き継ぎ", "ほかの制度・窓口に引き継ぎました。次の窓口：{place}"),
    Step.MERGED: ("1つにまとめました", "{other}"),
}
CANCELLED = (
    "始める前に中止",
    "ご一緒に取り組むと決めましたが、始める前に中止になりました。事情が変わったら、この番号のまま、"
    "もう一度取り上げられます。下の「やりとり」からお書きください。",
)
MERGED_OURS = (
    "同じ内容の {number} とまとめました。これからは、その番号と、その確認番号でご覧ください。"
    "お持ちでないときは、下の「やりとり」からお尋ねください。"
)
MERGED_OTHERS = "同じ内容のほかの案件とまとめました。くわしくは、下の「やりとり」からお尋ねください。"


# --- 状況帯 ---------------------------------------------------------------


def strip(case: Proposal, told: Told, questions: list[Message]) -> dict:
    """状況帯 for the proposer: their own date always, the city's only once it has agreed to show it."""
    if not told.is_open:
        return _ended(case, told)
    if questions:
        return _asked(told, questions)
    return {
        **_step(told),
        "holder": told.holder,
        "turn": WHO[told.holder] if told.step != Step.CONDITIONS else "担当する課",
        "turn_note": _turn_note(case, told),
        **_since(told.since_on),
        **_until(case, told),
    }


def questions_of(told: Told, messages: Iterable[Message]) -> list[Message]:
    """The questions that wait for the proposer, the oldest first; none once the case has ended."""
    waiting = [message for message in messages if message.asks and not message.answered_at]
    return sorted(waiting, key=lambda message: message.pk) if told.is_open else []


def _step(told: Told) -> dict:
    name = PUBLIC_WORDS[SIX_STEPS[told.place - 1]][0]
    is_conditional = told.verdict == Verdict.CONDITIONAL and told.step == Step.CONDITIONS
    note = "条件付採用" if is_conditional else f"6つのうち{told.place}つ目"
    return {"step": f"{circled(told.place)} {name}", "step_note": note}


def _asked(told: Told, questions: list[Message]) -> dict:
    """Their turn: since the first question that waits, until the first day one is due."""
    return {
        **_step(told),
        "holder": Holder.PROPOSER,
        "turn": WHO[Holder.PROPOSER],
        "turn_note": NOTES[Holder.PROPOSER],
        **_since(calendar.jst_date(questions[0].sent_at)),
        **_due(min(question.due_on for question in questions)),
        "mine": True,
        "task": _task(questions),
        "task_note": UNDECIDED,
        "task_url": "#reply",
        "task_button": "質問に答える",
    }


def _task(questions: list[Message]) -> str:
    if len(questions) > 1:
        return f"{len(questions)}つの質問に、お返事をお願いします。"
    return f"{questions[0].department or '窓口'}からの質問に、お返事をお願いします。"


def _ended(case: Proposal, told: Told) -> dict:
    is_cancelled = told.step == Step.ADOPTED and case.cancelled_on
    word, step_on = end = CANCELLED if is_cancelled else ENDS[told.step]
    return {
        "ended": True,
        "step": word,
        "step_note": f"{circled(told.place)} {PUBLIC_WORDS[SIX_STEPS[told.place - 1]][0]}のとき",
        "turn": "終わっています",
        "turn_note": "担当する課と始めます" if end is ENDS[Step.ADOPTED] else "",
        "since": short_date(max(told.since_on, case.cancelled_on) if is_cancelled else told.since_on),
        "since_note": "お知らせした日" if told.verdict and not is_cancelled else "",
        "until": "―",
        "task": "次の一歩",
        "task_note": step_on.format(place=case.next_place, other=_merged(case)),
    }


def _merged(case: Proposal) -> str:
    number = merged_number(case)
    return MERGED_OURS.format(number=number) if number else MERGED_OTHERS


def _turn_note(case: Proposal, told: Told) -> str:
    if told.step == Step.CONDITIONS:
        return "条件を確かめています"
    if told.holder == Holder.SECTION:
        return f"{case.hearings.count()}つの課に尋ねています"
    return NOTES.get(told.holder, "")


def _since(since_on: date) -> dict:
    passed = closures.open_days_between(since_on, timezone.localdate())
    note = f"{passed}開庁日たちました" if passed > 0 else "きょうから"
    return {"since": short_date(since_on), "since_note": note}


def _until(case: Proposal, told: Told) -> dict:
    shows = settings.ZAMAGATE_SITE.get("shows_own_dates", False)
    return _due(case.due_on) if shows and case.due_on and not told.is_pending else NOT_YET


def _due(due_on: date) -> dict:
    left = closures.open_days_between(timezone.localdate(), due_on)
    is_late = due_on < timezone.localdate()
    over = closures.open_days_between(due_on, timezone.localdate())
    note = f"{over}開庁日 過ぎています" if is_late else f"あと{left}開庁日" if left else "きょうまで"
    return {"until": short_date(due_on), "until_note": note, "late": is_late}


def shows_letter(told: Told) -> bool:
    """Whether the result announced last is where the case stands now."""
    return bool(told.verdict) and (not told.is_open or told.step == Step.CONDITIONS)


# --- 六つの段階 -------------------------------------------------------------


def stages(told: Told) -> list[dict]:
    """The six steps with the days the case came to them and left them."""
    return [_stage(told, number, step) for number, step in enumerate(SIX_STEPS, start=1)]


def _stage(told: Told, number: int, step: Step) -> dict:
    name, words = PUBLIC_WORDS[step]
    state = _state(told, number)
    been = [span for span in told.spans if span.step == step]
    return {
        "number": number,
        "name": name,
        "state": state,
        "mark": "終" if state == "left" else "",
        "dates": _dates(been, state),
        "note": f"{words}。" if told.is_open and number >= told.place else "",
    }


def _state(told: Told, number: int) -> str:
    if number == told.place and not told.is_open:
        return "done" if told.verdict else "left"
    return "done" if number < told.place else "now" if number == told.place else "later"


def _dates(been: list[Span], state: str) -> str:
    if not been or state == "later":
        return ""
    came, left = been[0].entered_on, been[-1].left_on
    if state == "now" or left is None:
        return f"{short_date(came)}から"
    return short_date(came) if came == left else f"{short_date(came)}〜{short_date(left)}"


# --- やりとり ----------------------------------------------------------------


def lines(messages: Iterable[Message], announcements: Iterable) -> list[dict]:
    """Messages and announced results, newest first."""
    told = [_line(message) for message in messages] + [_letter(letter) for letter in announcements]
    return sorted(told, key=lambda line: line["at"], reverse=True)


def _line(message: Message) -> dict:
    is_mine = message.side == Message.Side.PROPOSER
    return {
        "mine": is_mine,
        "name": WHO[Holder.PROPOSER] if is_mine else WHO[Holder.DESK],
        "via": f"（{message.department}の質問をお伝えします）" if message.department else "",
        "at": message.sent_at,
        "text": message.text,
        "due_on": message.due_on if message.asks and not message.answered_at else None,
        "papers": message.attachments.all(),
    }


def _letter(announcement) -> dict:
    return {
        "name": WHO[Holder.DESK],
        "via": f"（結果のお知らせ：{Verdict(announcement.verdict).label}）",
        "at": announcement.announced_at,
        "text": announcement.text,
    }


# --- 控え --------------------------------------------------------------------


def contact_of(case: Proposal) -> list[dict]:
    """The proposer's own contact, for their copy."""
    contact = getattr(case, "contact", None)
    pairs = (
        (
            ("担当者", " ".join(filter(None, [contact.section, contact.name]))),
            ("メールアドレス", contact.email),
            ("電話番号", contact.phone),
            ("配慮してほしいこと", contact.consideration),
        )
        if contact
        else ()
    )
    return [{"term": term, "value": value} for term, value in pairs if value]
