"""課のまど: what a section is asked, its answers and its decisions."""

from proposals.views.section.cases import case
from proposals.views.section.conditions import conditions, fulfil, lapse, settle
from proposals.views.section.decisions import decide, decision, rewrite, send_back
from proposals.views.section.gains import gain
from proposals.views.section.hints import chart, connect, hints
from proposals.views.section.home import home
from proposals.views.section.joint import consent, fairness
from proposals.views.section.papers import introduction_paper, introduction_pdf, sheet_paper, sheet_pdf
from proposals.views.section.settings import settings
from proposals.views.section.sheets import sheet, take_back
from proposals.views.section.themes import theme, theme_ask, theme_close, theme_new, theme_write
from proposals.views.section.versions import versions

__all__ = [
    "case",
    "chart",
    "conditions",
    "connect",
    "consent",
    "decide",
    "decision",
    "fairness",
    "fulfil",
    "gain",
    "hints",
    "home",
    "introduction_paper",
    "introduction_pdf",
    "lapse",
    "rewrite",
    "send_back",
    "settings",
    "settle",
    "sheet",
    "sheet_paper",
    "sheet_pdf",
    "take_back",
    "theme",
    "theme_ask",
    "theme_close",
    "theme_new",
    "theme_write",
    "versions",
]
