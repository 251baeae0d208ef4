"""いますること: the one next action of a case, by rule; the home puts the first of them on top."""

from dataclasses import dataclass

from cityhall.templatetags.zama import short_date
from proposals import guards
from proposals.clock import Clock
from proposals.desk.links import case_url, deed_url
from proposals.models import Proposal
from proposals.views.section.days import Today
from proposals.workflow import Holder, Kind, Step, Verdict


@dataclass(frozen=True)
class Deed:
    """One sentence, why, and one button: a page to open, or a move that is made at once."""

    title: str
    why: str = ""
    button: str = ""
    url: str = ""
    move: str = ""
    is_ours: bool = True


def next_deed(case: Proposal, today: Today, standing: dict[int, Clock]) -> Deed:
    """What the desk does next on this case, or for whom it waits; what came from the proposer goes first.

    `standing` are the clocks of its sheets, if it is overdue.
    """
    if case.is_held:
        return Deed(
            "迷惑投稿でないか、確かめてください。",
            "機械が書いたかもしれない届き方でした。読んで、人の書いたものなら受け入れます。",
            "確かめて受け入れる",
            deed_url(case, "release"),
        )
    if case.is_to_announce:
        return _announce(case)
    if case.news:
        return NEWS[case.news](case)
    if case.holder == Holder.PROPOSER:
        return _proposer(case, today)
    if case.meets_on and case.is_open and case.meets_on < today.day:
        return _met(case)
    if case.step == Step.HEARING:
        return _hearing(case, today, standing)
    return RULES.get(case.step, _closed)(case, today)


def _met(case: Proposal) -> Deed:
    return Deed(
        "引き合わせがどうなったか、書いてください。",
        f"{short_date(case.meets_on)}に会う予定でした。続かなかったことも書き残してください。次の種になります。",
        "結果を書く",
        deed_url(case, "introduction_result", case.meets_as),
    )


def _announce(case: Proposal) -> Deed:
    return Deed(
        "結果をお知らせしてください。",
        f"{case.department}の判断は「{Verdict(case.result).label}」です。提案者には、まだ見えていません。",
        "お知らせの文をひらく",
        deed_url(case, "announce"),
    )


def _replied(case: Proposal) -> Deed:
    return Deed(
        "提案者の返事を読んでください。",
        "読んだら、次のことをするか、「読みました」を押します。",
        "返事を読む",
        case_url(case, "talk"),
    )


def _revised(case: Proposal) -> Deed:
    return Deed(
        "書き直された提案を読んでください。",
        "新しい版が届きました。窓口の要約も、いまの提案に合うか確かめてください。",
        "変わったところを見る",
        case_url(case, "proposal"),
    )


def _withdrew(case: Proposal) -> Deed:
    return Deed(
        "提案者の取下げを、関係する課に伝えてください。",
        "提案者が、自分のページから取り下げました。伝えたら「読みました」を押します。",
        "記録を見る",
        case_url(case, "record"),
    )


def _proposer(case: Proposal, today: Today) -> Deed:
    due = today.due(case.due_on)
    if due.is_late:
        return Deed(
            "提案者に、返事を確かめてください。",
            f"お尋ねの期限から{due.note}です。電話で聞けたときは、連絡として書き残せます。",
            "お尋ねを見る",
            case_url(case, "talk"),
        )
    return Deed("提案者の返事を待っています。", f"期限は{due.day}です。", is_ours=False)


def _intake(case: Proposal, today: Today) -> Deed:
    if case.is_proposal:
        return Deed(
            "受付を完了してください。", "読んで、受け付けるだけです。", "受付を完了する", move="accept"
        )
    return Deed(
        "話を聞き、「提案」にするかを決めてください。",
        "市と取り組みたいことが見えたら「提案」に、ほかの窓口が合うときは次の窓口を示します。",
        "「提案」にする",
        deed_url(case, "receive"),
    )


def _sorting(case: Proposal, today: Today) -> Deed:
    if case.is_eligible is False:
        return Deed(
            "次の窓口を示してください。",
            "受付の確かめで、この窓口の対象でないか、ほかの制度が合うと分かりました。",
            "次の窓口を示す",
            deed_url(case, "move", "hand_on"),
        )
    if not case.is_eligible:
        return Deed(
            "受付の確かめを済ませてください。",
            "対象になるかを、1つずつ確かめて残します。",
            "確かめを書く",
            case_url(case, "gate"),
        )
    if not case.summary:
        return Deed(
            "窓口の要約を書いてください。",
            "つなぐシートの頭に入る文です。",
            "要約を書く",
            case_url(case, "proposal"),
        )
    if not case.hearings.all():
        return Deed(
            "関係しそうな課に、つなぐシートを送ってください。",
            "一度に何課でも送れます。",
            "つなぐシートを書く",
            case_url(case, "sheets"),
        )
    return Deed(
        "関係課ヒアリングへ進めてください。",
        "つなぐシートは送ってあります。",
        "③へ進める",
        move="start_hearing",
    )


def _hearing(case: Proposal, today: Today, standing: dict[int, Clock]) -> Deed:
    out = [sheet for sheet in case.hearings.all() if sheet.is_open]
    if not out and (conflict := _conflict(case)):
        return conflict
    if not out:
        return Deed(
            "マッチング・調整へ進めてください。", "返事はそろいました。", "④へ進める", move="start_matching"
        )
    late = [sheet for sheet in out if sheet.pk in standing and standing[sheet.pk].is_late(today.day)]
    names = "・".join(str(sheet.department) for sheet in late or out)
    so_far = f"{len(case.hearings.all())}課のうち{len(out)}課の返事がまだです。"
    if late:
        over = today.due(case.due_on).note
        return Deed(
            f"{names}に、返事を確かめてください。",
            f"{so_far}期限から{over}です。",
            "つなぐシートを見る",
            case_url(case, "sheets"),
        )
    first = case.due_on or min(sheet.due_on for sheet in out)
    return Deed(f"{names}の返事を待っています。", f"{so_far}期限は{short_date(first)}です。", is_ours=False)


def _conflict(case: Proposal) -> Deed | None:
    """Answers that are not the same and not put together, also where one came after ③."""
    if not guards.to_consolidate(case):
        return None
    out = [str(sheet.department) for sheet in case.hearings.all() if sheet.is_open]
    first = f"{'・'.join(out)}の返事を待つか、待たない理由を書いてから、" if out else ""
    return Deed(
        "分かれた返事を、窓口の言葉でまとめてください。",
        f"課の返事が同じではありません。{first}まとめると、次へ進めます。",
        "返事を並べて読む",
        case_url(case, "sheets"),
    )


def _matching(case: Proposal, today: Today) -> Deed:
    if conflict := _conflict(case):
        return conflict
    if case.meets_on:
        return Deed(
            "引き合わせを待っています。",
            f"{short_date(case.meets_on)}に会います。当日の用紙は、引き合わせのページから印刷できます。",
            "引き合わせをひらく",
            deed_url(case, "introduction", case.meets_as),
            is_ours=False,
        )
    if not case.department:
        return Deed(
            "会えそうな相手を見て、所管課を決めてください。",
            "一緒に取り組み、⑥で判断する課です。候補は、合う理由と一緒に出ます。",
            "会えそうな相手を見る",
            deed_url(case, "candidates"),
        )
    why = f"所管課は{case.department}です。"
    return Deed("試行ロジックモデルへ進めてください。", why, "⑤へ進める", move="start_model")


def _logic_model(case: Proposal, today: Today) -> Deed:
    if conflict := _conflict(case):
        return conflict
    if not case.logic_model_fixed_at:
        return Deed(
            "ロジックモデルの試行版をつくってください。",
            "試行版ができると、所管課の判断に付せます。",
            "ロジックモデルをひらく",
            case_url(case, "logic-model"),
        )
    return Deed(
        "所管課の判断に付してください。",
        "付したあとは、窓口からは戻せません。",
        "判断に付す",
        deed_url(case, "move", "refer"),
    )


def _decision(case: Proposal, today: Today) -> Deed:
    due = today.due(case.due_on)
    if due.is_late:
        return Deed(f"{case.department}に、判断の見込みを尋ねてください。", f"目安から{due.note}です。")
    return Deed(f"{case.department}の判断を待っています。", "窓口からは判断できません。", is_ours=False)


def _conditions(case: Proposal, today: Today) -> Deed:
    return Deed(f"{case.department}が、条件を確かめています。", "そろうと採用になります。", is_ours=False)


def _closed(case: Proposal, today: Today) -> Deed:
    if into := case.merged_into:
        return Deed(
            f"{into.number} にまとめました。",
            "続きは、まとめ先の案件でします。",
            "まとめ先をひらく",
            case_url(into),
            is_ours=False,
        )
    why = f"次の窓口は「{case.next_place}」です。" if case.next_place else ""
    return Deed(f"この案件は「{case.get_step_display()}」です。", why, is_ours=False)


NEWS = {Kind.REPLY: _replied, Kind.REVISED: _revised, Kind.VERDICT: _withdrew}
RULES = {
    Step.INTAKE: _intake,
    Step.SORTING: _sorting,
    Step.MATCHING: _matching,
    Step.LOGIC_MODEL: _logic_model,
    Step.DECISION: _decision,
    Step.CONDITIONS: _conditions,
}
