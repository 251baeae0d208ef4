"""Where sections do not say the same of a case, so that the desk puts it together in words."""

from collections.abc import Iterable

WILLING, UNWILLING = {"yes", "if"}, {"hard"}


def differ(sheets: Iterable) -> bool:
    """Whether a willing answer stands beside an unwilling one, or two conditions are not the same."""
    answered = [sheet for sheet in sheets if sheet.answer]
    stances = {sheet.answer for sheet in answered}
    conditions = {sheet.answer_text.strip() for sheet in answered if sheet.answer == "if"}
    return bool(stances & WILLING and stances & UNWILLING) or len(conditions) > 1
