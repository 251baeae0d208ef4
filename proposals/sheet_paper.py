"""A つなぐシート on one A4: its thirteen fields filled as far as they are, lines to write on where not."""

from pathlib import Path

from django.template.loader import render_to_string

from cityhall import papers
from cityhall.context import office
from proposals.models import Hearing
from proposals.models.clocks import clocks
from proposals.proposed import points
from proposals.topics import TOPICS, topics_of

FOLDER, STYLE = "sheets", "sheet-paper"
LONG = 400  # signs of the desk's own words; more are set smaller


def paper_html(sheet: Hearing, *, is_on_screen: bool = False) -> str:
    """The whole paper; on screen it takes its style from the site, in the PDF it brings it."""
    case, words = sheet.proposal, sheet.proposal.latest_submission
    told = {
        "sheet": sheet,
        "case": case,
        "words": words,
        "points": points(case, words),
        "topics": _ticks(zip(TOPICS, TOPICS, strict=True), sheet.topics or topics_of(case.fields)),
        "requests": _ticks(Hearing.Request.choices, [sheet.request]),
        "answers": _ticks(Hearing.Answer.choices, [sheet.answer]),
        "tellings": _ticks(Hearing.Telling.choices, [sheet.tellable]),
        "due_on": clocks([sheet])[sheet.pk].due_on,
        **_room(len(sheet.reason) + len(sheet.care)),
        "office": office(),
        "is_on_screen": is_on_screen,
    }
    return render_to_string("proposals/sheet_paper.html", told)


def _room(written: int) -> dict:
    """Lines to write on, so that long words of the desk still leave it one sheet."""
    answer = max(2, 6 - written // 130)
    return {
        "lines": {"trouble": range(3 if written < LONG else 2), "answer": range(answer)},
        "is_full": written >= LONG,
    }


def _ticks(choices, chosen) -> list[tuple[str, bool]]:
    return [(label, value in chosen) for value, label in choices]


def place_of(sheet: Hearing) -> Path:
    """Where the PDF of the sheet as it is now lies, once it is made."""
    return papers.place_of(FOLDER, sheet.pk, paper_html(sheet), STYLE)


def print_pdf(sheet: Hearing) -> bool:
    """Make the PDF of the sheet as it is now, unless it is there; raises NoPango where it cannot."""
    return papers.print_newest(FOLDER, sheet.pk, paper_html(sheet), STYLE)
