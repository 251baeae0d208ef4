"""The same questions on paper: every field of the online form as a row to fill in by hand."""

from dataclasses import dataclass

from django import forms

from proposals.forms.fields import Drop, Lines, Pick, Tick, Ticks
from proposals.forms.propose import CONFIRM, FORMS, parts_of, title_of
from proposals.forms.questions import Agreement
from proposals.models import Track

PARTS = FORMS | {CONFIRM: Agreement}
TWICE = "email_again"  # nobody writes an address twice by hand
CELLS = {"corporate_number": 13, "postal_code": 7}
HINTS = {"theme": "番号（T-R8-01 など）か題名。一覧は窓口にもあります。"}
SIGNS_IN_A_LINE = {Track.CONSULTATION: 80, Track.PROPOSAL: 67}  # as roomy as the number of pages allows
PAGES = {Track.CONSULTATION: 1, Track.PROPOSAL: 4}


@dataclass(frozen=True)
class Row:
    """A question on the sheet (用紙の欄): `kind` is how to answer it, `size` how many lines or cells."""

    name: str
    label: str
    is_needed: bool
    hint: str
    kind: str  # line, lines, cells, choices, tick
    size: range
    choices: list[str]


def parts(track: Track) -> list[tuple[str, list[Row]]]:
    """The parts of the sheet in the form's own order, each a heading and its rows."""
    return [(f"{place}　{title_of(n, track)}", _rows(n, track)) for place, n in enumerate(parts_of(track), 1)]


def _rows(part: int, track: Track) -> list[Row]:
    asked = PARTS[part](track=track, is_checked=False).fields
    written = (name for name, field in asked.items() if not isinstance(field.widget, forms.FileInput))
    return [_row(name, asked[name], track) for name in written if name != TWICE]


def _row(name: str, field: forms.Field, track: Track) -> Row:
    kind = _kind(name, field)
    return Row(
        name=name,
        label=field.label,
        is_needed=field.required,
        hint=_hint(name, field, kind),
        kind=kind,
        size=range(_size(name, field, kind, track)),
        choices=[words for value, words in field.choices if value] if kind == "choices" else [],
    )


def _kind(name: str, field: forms.Field) -> str:
    if isinstance(field, Tick):
        return "tick"
    if isinstance(field, Pick | Ticks) and not isinstance(field, Drop):
        return "choices"
    if name in CELLS:
        return "cells"
    return "lines" if isinstance(field, Lines) else "line"


def _hint(name: str, field: forms.Field, kind: str) -> str:
    room = f"{field.max_length}字まで。" if kind == "lines" else ""
    hint = field.help_text.removesuffix("。") + "。" if field.help_text else ""
    return f"{hint}{HINTS.get(name, '')}{room}"


def _size(name: str, field: forms.Field, kind: str, track: Track) -> int:
    if kind == "lines":
        signs = SIGNS_IN_A_LINE[track] * (1 if field.required else 2)
        return -(-field.max_length // signs)
    return CELLS.get(name, 1)
