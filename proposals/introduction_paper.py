"""引き合わせの用紙 on one A4: who meets when and why, each side in three lines, what to ask, room for a pen.

It may be handed to everybody who comes: nobody's address or telephone, no answer a section has not let out.
"""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone

from cityhall import papers
from cityhall.context import office
from cityhall.models import Department
from proposals.introduced import when
from proposals.models import Hearing, Introduction, Proposal, Resource, Theme
from proposals.proposed import points, shortened

FOLDER, STYLE = "introductions", "sheet-paper"
LINES = 3
QUESTIONS = (
    "いま、いちばん困っていること・気がかりなこと",
    "いっしょにできそうなこと、できないこと",
    "それぞれにとって良いこと（なぜ、やりたいのか）",
)


def paper_html(introduction: Introduction, *, is_on_screen: bool = False) -> str:
    """The whole paper; on screen it takes its style from the site, in the PDF it brings it."""
    case = introduction.proposal
    told = {
        "introduction": introduction,
        "case": case,
        "when": when(introduction),
        "sides": sides(introduction),
        "questions": QUESTIONS,
        "office": office(),
        "is_on_screen": is_on_screen,
    }
    return render_to_string("proposals/introduction_paper.html", told)


def sides(introduction: Introduction) -> list[dict]:
    """Each side by name, in at most three lines of what it may be told of."""
    case = introduction.proposal
    sections = [_section(case, department) for department in introduction.departments.all()]
    shown = introduction.resources.shown().select_related("organization").order_by("pk")
    return [_proposer(case), *sections, *map(_partner, shown)]


def _proposer(case: Proposal) -> dict:
    return {
        "who": str(case.organization),
        "what": "提案者",
        "lines": points(case, case.latest_submission)[:LINES],
    }


def _section(case: Proposal, department: Department) -> dict:
    """Its open troubles; its answer only as far as it let it out to the proposer."""
    themes = Theme.objects.open_on(timezone.localdate()).filter(department=department)
    lines = [f"困りごと：{theme.title}" for theme in themes.order_by("-published_on")[: LINES - 1]]
    let_out = case.hearings.filter(department=department, tellable=Hearing.Telling.NAMED).exclude(
        answer_text=""
    )
    lines += [f"お返事：{shortened(sheet.answer_text)}" for sheet in let_out.order_by("-pk")[:1]]
    return {"who": str(department), "what": "課", "lines": lines[:LINES]}


def _partner(resource: Resource) -> dict:
    pairs = (
        ("していること", resource.told or "・".join(resource.activities)),
        ("出せるもの", resource.offers or "・".join(resource.forms)),
        ("求めるもの", resource.wants),
    )
    who = f"{resource.organization}（{resource.name}）" if resource.name else str(resource.organization)
    lines = [f"{term}：{shortened(value)}" for term, value in pairs if value]
    return {"who": who, "what": "地域の団体", "lines": lines[:LINES]}


def place_of(introduction: Introduction) -> Path:
    """Where the PDF of the introduction as it is now lies, once it is made."""
    return papers.place_of(FOLDER, introduction.pk, paper_html(introduction), STYLE)


def print_pdf(introduction: Introduction) -> bool:
    """Make the PDF of the introduction as it is now, unless it is there; raises NoPango where it cannot."""
    return papers.print_newest(FOLDER, introduction.pk, paper_html(introduction), STYLE)
