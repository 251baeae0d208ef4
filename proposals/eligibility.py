"""受付の確かめ: the questions of the eligibility gate (domain.md §7), and what the answers come to."""

from collections.abc import Mapping

NO, YES = "no", "yes"
ANSWERS = [(NO, "当たらない"), (YES, "当たる")]
# 対象外事由: one "yes" and the case is none for this desk
EXCLUSIONS = {
    "law": "法令や公序良俗に反する",
    "politics": "政治や宗教が目的である",
    "gangs": "暴力団などとの関係がある",
    "sales": "営業や広告だけが目的である",
    "money": "資金の支援を求めるだけである",
    "abolition": "事業の廃止を求めるだけである",
    "wish": "個人の要望や苦情である",
    "others_do_it": "自ら実施できない",
}
ELSEWHERE = {
    "other_scheme": "ほかの制度のほうが適切である",
    "pfi": "PFI法第6条の提案に当たる",
}
QUESTIONS = EXCLUSIONS | ELSEWHERE


def is_eligible(answers: Mapping[str, str]) -> bool:
    """Whether no question was answered with yes."""
    return YES not in answers.values()


def outcome(answers: Mapping[str, str]) -> str:
    """What follows from the answers, in words."""
    if any(answers.get(key) == YES for key in EXCLUSIONS):
        return "対象外の事由に当たります。「対象外とする」で、次の窓口を示してください。"
    if any(answers.get(key) == YES for key in ELSEWHERE):
        return "ほかの制度が合います。「ほかの制度・窓口へ引き継ぐ」で、次の窓口を示してください。"
    return "対象になることを確かめました。"
