"""Drawing: a laid-out picture as one SVG string, attributes only, so page and paper take the same."""

from collections.abc import Callable

from cityhall.measure import width
from cityhall.svg import BLUE, FONT, INK, MIST, PAPER, QUIET, SUB
from cityhall.svg import number as _n
from cityhall.svg import rect as _rect
from cityhall.svg import safe as _safe
from cityhall.svg import text as _text
from logicmodels.diagram.layout import BOLD_FROM, note_height
from logicmodels.diagram.shapes import HEAD, Box, Picture, Track
from logicmodels.vocabulary import Column

FRAMES = (1.2, 1.2, 1.2, 2.2, 2.2, 3.4)  # rank without colour
SHAPES = {"city": "● 市", "proposer": "▲ 団体", "other": "○ ほか"}
LINES = {  # evidence: width, dashes; drawn from the weakest to the strongest
    "": (1.2, "2 5"),
    "D": (1.7, "1.7 4"),
    "C": (1.5, "7 4"),
    "B": (1.5, ""),
    "A": (2.6, ""),
}

Link = Callable[[str], str]


def draw(picture: Picture, link: Link | None = None, chosen: str = "", scale: float = 1.0) -> str:
    """The SVG of the picture; with `link` every box leads to its form; a chosen box stands out in blue."""
    tracks = sorted(picture.tracks, key=lambda track: (_touches(track, chosen), _strength(track)))
    tones = {track: _tone(track, chosen) for track in tracks}
    near = {stop for track in tracks if _touches(track, chosen) for stop in track.stops}
    parts = [
        _open(picture, link, scale),
        *(_heading(picture, column) for column in Column),
        *(_line(track, tones[track]) for track in tracks),
        *(_head(track, tones[track]) for track in tracks),
        *(_box(box, picture, link, _box_tone(box, near, chosen)) for box in picture.boxes),
        *(_mark(number, told, picture) for number, told in picture.marks),
        "</svg>",
    ]
    return "".join(parts)


def _open(picture, link, scale):
    w, h = picture.width, picture.height
    return (
        f'<svg {_frame(w, h, scale)} role="{"group" if link else "img"}"'
        f' font-family="{FONT}" font-size="{picture.sheet.size}" fill="{INK}">'
        f"<title>{_safe(in_short(picture))}</title>"
    )


def _frame(w, h, scale):
    size = f'width="{_n(w * scale)}" height="{_n(h * scale)}"'
    return f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(w)} {_n(h)}" {size}'


def legend(grade: str, scale: float = 1.0) -> str:
    """One short arrow in the manner of its grade, for the words 線の読み方."""
    return (
        f'<svg {_frame(60, 12, scale)} role="img"><title>根拠{grade}の線</title>'
        f'<path d="M1 6H49" {_stroke(grade, INK)}/><path d="M48 1L59 6L48 11Z" fill="{INK}"/></svg>'
    )


def in_short(picture: Picture) -> str:
    """What stands for the picture where it cannot be seen; its words follow as a list."""
    return f"{picture.title}のロジックモデル。箱{len(picture.boxes)}、矢印{len(picture.tracks)}。"


def _heading(picture, column):
    sheet = picture.sheet
    x, place = sheet.left(column.place), sheet.size + 3
    question = _text(x, place + 22, column.question, size=sheet.size - 1, fill=SUB)
    return (
        _text(x, place, column.label, size=place, bold=True)
        + (question if sheet.has_questions else "")
        + _rect(x, place + 32, sheet.column, 2)
    )


def _line(track, tone):
    wide, _ = LINES[_grade(track)]
    casing = f'<path d="{track.path}" fill="none" stroke="{PAPER}" stroke-width="{_n(wide + 4)}"/>'
    return f'{casing}<path d="{track.path}" {_stroke(_grade(track), tone)}/>'


def _stroke(grade, tone):
    wide, dashes = LINES[grade]
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    cap = ' stroke-linecap="round"' if grade == "D" else ""
    return f'fill="none" stroke="{tone}" stroke-width="{wide}"{dash}{cap}'


def _head(track, tone):
    """The head as a triangle of its own, always level, and the letter of the evidence before it."""
    (x, y), way = track.tip, -1 if track.is_backward else 1
    base = x - way * HEAD
    tip = x - way * 0.6
    head = f'<path d="M{_n(base)} {_n(y - 5)}L{_n(tip)} {_n(y)}L{_n(base)} {_n(y + 5)}Z" fill="{tone}"/>'
    letter = track.arrow["evidence"]
    if not letter:
        return head
    middle = x - way * (HEAD + 11.5)
    # measured here: an anchor in the middle would make each letter a drawing of its own in the PDF
    left = middle - width(letter, 14, bold=True) / 2
    return head + _patch(middle - 7, y, 14) + _text(left, y + 5, letter, size=14, bold=True, fill=tone)


def _box(box: Box, picture: Picture, link, tone):
    frame, ground = tone
    sheet = picture.sheet
    wide = FRAMES[box.column] + (0.8 if frame == BLUE else 0)
    line = f'rx="6" fill="{ground}" stroke="{frame}" stroke-width="{_n(wide)}"'
    body = (
        _rect(sheet.left(box.column), box.top, sheet.column, box.height, line)
        + _tag(box, sheet, SUB if frame == INK else frame)
        + _words(box, sheet, frame if frame == QUIET else INK)
    )
    return f'<a href="{_safe(link(box.node["id"]))}">{body}</a>' if link else body


def _tag(box, sheet, fill):
    """The number and who brings it, standing in the upper frame line."""
    shape = SHAPES.get(box.node["side"], "")
    tag = f"{box.number} {shape}".strip()
    x = sheet.left(box.column) + sheet.pad
    return _patch(x - 1, box.top, width(tag, 14) + 8) + _text(x + 3, box.top + 5, tag, size=14, fill=fill)


def _words(box, sheet, fill):
    bold = box.column >= BOLD_FROM
    block = len(box.lines) * sheet.leading + (note_height(sheet) if box.note else 0)
    y = box.middle - block / 2 + sheet.leading * 0.5 + sheet.size * 0.38 + 1.5
    x = sheet.left(box.column) + sheet.pad
    lines = [_text(x, y + i * sheet.leading, line, bold=bold, fill=fill) for i, line in enumerate(box.lines)]
    if box.note:
        lines.append(
            _text(
                x,
                y + len(box.lines) * sheet.leading,
                box.note,
                size=sheet.size - 1,
                fill=SUB if fill == INK else fill,
            )
        )
    return "".join(lines)


def _mark(number, told, picture):
    """◇1 on the arrow an assumption hangs on; where the gutter is narrow, on the frame of its source."""
    ends = told["from"], told["to"]
    track = next((t for t in picture.tracks if (t.arrow["from"], t.arrow["to"]) == ends), None)
    if track is None:
        return ""
    sign = f"◇{number}"
    wide = width(sign, 14) + 3
    x, y = track.start[0] + 5, track.start[1]
    if picture.sheet.gutter < 90 or track.is_backward:
        source = next(box for box in picture.boxes if box.node["id"] == told["from"])
        x, y = picture.sheet.right(source.column) - picture.sheet.pad - wide, source.top
    return _patch(x, y, wide) + _text(x + 1.5, y + 5, sign, size=14, fill=SUB)


def _patch(x, y, wide):
    """A white ground on a line, for words that interrupt it."""
    return _rect(x, y - 8, wide, 16, f'fill="{PAPER}"')


def _grade(track: Track) -> str:
    return track.arrow["evidence"]


def _strength(track: Track) -> int:
    return list(LINES).index(_grade(track))


def _touches(track, chosen):
    return bool(chosen) and chosen in (track.arrow["from"], track.arrow["to"])


def _tone(track, chosen):
    return INK if not chosen else BLUE if _touches(track, chosen) else QUIET


def _box_tone(box, near, chosen):
    if box.node["id"] == chosen:
        return BLUE, MIST
    return (INK if not chosen or box in near else QUIET), PAPER
