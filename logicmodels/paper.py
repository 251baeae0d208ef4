"""What stands on the two pages of a logic model's paper, as one HTML page for PDF and print page alike."""

from base64 import b64encode
from collections import defaultdict
from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from cityhall import calendar
from cityhall.line_breaks import break_lines
from logicmodels.chain import Chain
from logicmodels.checks.advice import SURVEY
from logicmodels.content import TEXT_LISTS
from logicmodels.diagram import PAPER, Picture, Sheet, draw, in_short, lay_out, legend
from logicmodels.models import Edition, Paper
from logicmodels.vocabulary import Column, Evidence

SCALE = {"A3": 1.0, "A4": 0.7071}  # A4 is the same page at 71 %
ROOM = 735  # px of an A3 page that the picture may take, when ロジックの核 is one line
CORE_WIDTH, CORE_LINE = 1380, 24
TITLE_WIDTH = 1080
TITLES = ((26, 34), (17, 23))  # px and line height; the second where the first needs more than two lines
FOOT_WIDTH, FOOT_LINES = 335, 6
ASSUMPTION_WIDTHS = {True: 240, False: 430}  # beside few guesses, or with half the sheet
FEW_GUESSES = 7
LIVED = "現場の経験（C）の矢印（窓口と団体の話し合いの記録による）"
SHORT_ASSUMPTIONS = 400  # signs of all together
SMALLER = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4)
CROWDED = {"gap": 20, "size": 14, "port": 16, "lane": 4, "lane_gap": 6}  # less air
SMALLEST = 9.0  # pt; below it the page says so
MOST_ON_A4 = 25


def paper_html(edition: Edition, size: str, is_on_screen: bool = False) -> str:
    """The whole paper of an edition; on screen it takes its style from the site."""
    chain, scale = Chain(edition.content), SCALE[size]
    picture, fitted = _fitted(edition.content)
    foot = _foot(edition.content)
    guesses = _guesses(chain)
    told = {
        "edition": edition,
        "content": edition.content,
        "size": size,
        "is_title_long": _is_title_long(edition.content),
        "is_on_screen": is_on_screen,
        "picture": _drawn(picture, scale * fitted, is_on_screen),
        "small": _small(size, picture.sheet.size * 0.75 * fitted, len(edition.content["nodes"])),
        "legend": [(grade, grade.label, mark_safe(legend(grade, scale))) for grade in Evidence],
        "foot": foot,
        "is_foot_short": any(part["more"] for part in foot),
        "indicators": _indicators(chain),
        "assumptions": _assumptions(chain, ASSUMPTION_WIDTHS[guesses["few"]]),
        "guesses": guesses,
        "sources": _sources(chain),
        "others": _others(chain),
        "answers": _answers(chain, edition.answers),
    }
    return render_to_string("logicmodels/paper.html", told)


def _drawn(picture: Picture, scale: float, is_on_screen: bool) -> str:
    """The picture in the page; for the PDF as an image, which is not read and styled as HTML is."""
    drawn = draw(picture, scale=scale)
    if is_on_screen:
        return mark_safe(drawn)
    data = b64encode(drawn.encode()).decode()
    return format_html('<img alt="{}" src="data:image/svg+xml;base64,{}">', in_short(picture), data)


def _fitted(content: dict) -> tuple[Picture, float]:
    """The picture and how far it is made smaller: less air, smaller type, then the whole, still wide."""
    lines = len(break_lines(content["core"], CORE_WIDTH, 15))
    size, line = TITLES[_is_title_long(content)]
    title = len(break_lines(content["title"], TITLE_WIDTH, size, True)) * line - TITLES[0][1]
    room = round(ROOM - max(0, lines - 1) * CORE_LINE - max(0, title))
    sheets = [(replace(PAPER, height=room), 1.0), *((_sheet(room, smaller), smaller) for smaller in SMALLER)]
    for sheet, smaller in sheets:
        picture = lay_out(content, sheet)
        if picture.height * smaller <= room + 1:
            break
    return picture, min(room / picture.height, PAPER.width / picture.width)


def _is_title_long(content: dict) -> bool:
    return len(break_lines(content["title"], TITLE_WIDTH, TITLES[0][0], True)) > 2


def _sheet(room: int, smaller: float) -> Sheet:
    column, gutter = round(PAPER.column / smaller), round(PAPER.gutter / smaller)
    return replace(PAPER, column=column, gutter=gutter, height=round(room / smaller), **CROWDED)


def _small(size: str, points: float, nodes: int) -> str:
    if size == Paper.Size.A4 and nodes > MOST_ON_A4:
        return "箱が多いので、A3で刷ってください。"
    if size == Paper.Size.A3 and points < SMALLEST:
        return f"箱が多いので、字が約{points:.0f}ポイントになっています。"
    return ""


def _foot(content: dict) -> list[dict]:
    """What fits under the picture; the second page has it whole."""
    numbered = [f"◇{i} {told['text']}" for i, told in enumerate(content["assumptions"], start=1)]
    dotted = {key: [f"・{text}" for text in content[key]] for key in TEXT_LISTS}
    return [
        _foot_part("前提（崩れたら見直す）", numbered),
        _foot_part("外からの影響", dotted["external_factors"]),
        _foot_part("起きうる良くないこと", dotted["negative_effects"]),
    ]


def _foot_part(title, texts):
    shown, taken = [], 0
    for text in texts:
        lines = break_lines(text, FOOT_WIDTH, 14)
        taken += len(lines)
        if taken > FOOT_LINES:
            break
        shown.append(lines)
    return {"title": title, "texts": shown, "more": len(texts) - len(shown)}


def _indicators(chain: Chain) -> list[dict]:
    """One row an indicator; 活動 (what was done) and 成果 (what changed) are never mixed."""
    return [
        told
        | {
            "node": node,
            "is_outcome": node["place"] >= Column.SHORT.place,
            "is_survey": bool(SURVEY.search(told["source"] + told["name"])),
        }
        for node in chain.nodes
        for told in node["indicators"]
    ]


def _assumptions(chain: Chain, wide: int) -> list[dict]:
    return [
        told
        | {
            "lines": break_lines(f"◇{told['number']} {told['text']}", wide, 14),
            "check_on": calendar.wareki(told["check_on"]) if told["check_on"] else "",
        }
        for told in chain.assumptions()
    ]


def _guesses(chain: Chain) -> dict:
    """The D arrows: a few stand between assumptions and agreement, many on two tables of their own."""
    rows = _by_reason(chain, "D")
    middle = (len(rows) + 1) // 2
    said = sum(len(told["text"]) for told in chain.content["assumptions"])
    return {
        "title": f"仮説（D）の矢印 {sum(arrow['evidence'] == 'D' for arrow in chain.arrows)}本",
        "reason": "そう考える理由（確かめるまでは仮説）",
        "rows": rows,
        "few": len(rows) <= FEW_GUESSES and said <= SHORT_ASSUMPTIONS,
        "halves": (rows[:middle], rows[middle:]),
    }


def _sources(chain: Chain) -> list[dict]:
    """What was read or seen for the A and B arrows."""
    parts = [("統計・研究（A）の出どころ", "A"), ("ほかの市の実績（B）の出どころ", "B")]
    found = [
        {"title": title, "reason": "何で確かめたか", "rows": _by_reason(chain, grade)}
        for title, grade in parts
    ]
    return found if any(part["rows"] for part in found) else []


def _others(chain: Chain) -> list[dict]:
    """The C arrows and those nobody has graded yet, told one after another: no arrow is left out."""
    parts = [
        (LIVED, "C"),
        ("根拠をまだ決めていない矢印", ""),
    ]
    found = [{"title": title, "rows": _by_reason(chain, grade)} for title, grade in parts]
    return [part for part in found if part["rows"]]


def _by_reason(chain: Chain, grade: str) -> list[dict]:
    """The arrows of a grade, those with one and the same reason, or with none, on one row."""
    same = defaultdict(list)
    for arrow in chain.arrows:
        if arrow["evidence"] == grade:
            same[arrow["reason"]].append(arrow)
    rows = [
        {"reason": arrows[0]["reason"], "ways": "、".join(sorted(chain.way(arrow) for arrow in arrows))}
        for arrows in same.values()
    ]
    return sorted(rows, key=lambda row: row["ways"])


def _answers(chain: Chain, answers: list[dict]) -> list[dict]:
    """Findings and their answers; the same words for several boxes stand once."""
    same = defaultdict(list)
    for told in answers:
        same[told["finding"], told["answer"]].append(chain.number_of(told["node"]))
    return [
        {"places": "、".join(sorted(places)), "finding": finding, "answer": answer}
        for (finding, answer), places in same.items()
    ]
