"""The meeting on paper: A4, as PDF with its own style, and as the rows of a table."""

from itertools import groupby

from django.template.loader import render_to_string

from cityhall import papers
from cityhall.context import office
from cityhall.tables import write_xlsx
from proposals.models import Meeting, MeetingItem, MeetingPaper

COLUMNS = [
    "議題", "順", "番号", "件名", "団体・所管課", "段階", "なぜ議題か",
    "話したこと", "次にすること", "だれが", "いつまでに",
]  # fmt: skip


def parts_of(meeting: Meeting) -> list[dict]:
    """The agenda by section, the empty ones too, so that nobody wonders whether one was forgotten."""
    items = meeting.items.select_related("owner")
    found = {section: list(rows) for section, rows in groupby(items, key=lambda item: item.section)}
    return [
        {"section": value, "title": label, "items": found.get(value, []), "more": meeting.left_out.get(value)}
        for value, label in MeetingItem.Section.choices
    ]


def pdf_of(paper: MeetingPaper) -> bytes:
    """The pack or the minutes as PDF; raises NoPango where it cannot be made."""
    context = {
        "meeting": paper.meeting,
        "parts": parts_of(paper.meeting),
        "office": office(),
        "is_minuted": paper.kind == MeetingPaper.Kind.MINUTES,
        "kind": paper.get_kind_display(),
    }
    html = render_to_string("proposals/meeting_paper.html", context)
    return papers.pdf_of(html, "meeting-paper")


def xlsx_of(meeting: Meeting) -> bytes:
    """The agenda as a table, with what was said so far."""
    return write_xlsx(COLUMNS, map(_row, meeting.items.select_related("owner")), title="共創調整会議")


def _row(item: MeetingItem) -> list:
    who = str(item.owner or "") or ("窓口のだれか" if item.follow_up else "")
    return [
        item.get_section_display(), item.place, item.number, item.title, item.about, item.standing, item.why,
        item.said, item.follow_up, who, item.due_on,
    ]  # fmt: skip
