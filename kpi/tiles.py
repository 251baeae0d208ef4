"""The words of the five tiles: figure, unit, target, what stands behind it, and its definition."""

from dataclasses import dataclass, field
from fractions import Fraction

from django.urls import reverse

from cityhall import calendar
from kpi import measures
from kpi.definitions import DEFINITIONS, LABELS
from kpi.figures import Figures

FEW = 5  # under so many a share is written as a fraction, never as a percentage


@dataclass(frozen=True)
class Tile:
    """A figure as it is shown (指標の枠)."""

    name: str
    figure: str
    unit: str
    lines: list[str]
    target: str = ""
    cases: str = ""
    query: str = field(default="", repr=False)

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def definition(self) -> str:
        return DEFINITIONS[self.name]

    def __str__(self):
        return f"{self.label}　{self.figure}{self.unit}（{'、'.join(self.lines)}）"

    @property
    def url(self) -> str:
        return f"{reverse('kpi:cases', args=[self.name])}?{self.query}" if self.cases else ""


def tiles(figures: Figures) -> list[Tile]:
    """The five tiles, in the order of the 窓口資料."""
    query = f"year={figures.year}&as_of={figures.on.isoformat()}"
    makers = (_received, _days, _adoption, _projects, _activities)
    return [Tile(**make(figures), query=query) for make in makers]


def as_text(figures: Figures) -> str:
    """The five figures in plain words, a line each."""
    head = f"{calendar.fiscal_year_label(figures.year)}の指標（{calendar.wareki(figures.on)} 現在）"
    return "\n".join([head, *map(str, tiles(figures))])


def percent(part: int, whole: int) -> tuple[str, str]:
    """A share with its unit: 33.3 %, under n = 5 a fraction, – of nothing."""
    if whole < FEW:
        return (f"{part} / {whole}", "件") if whole else ("–", "")
    return f"{measures.half_up(Fraction(100 * part, whole), 1):.1f}", "%"


def _received(figures: Figures) -> dict:
    count, left_out = len(figures.received), figures.left_out
    return {
        "name": "received",
        "figure": str(count),
        "unit": "件",
        "lines": [
            f"相談 {left_out.consultations}件・移送 {left_out.handed_on}件は別",
            f"重複 {left_out.doubles}件を除く",
        ],
        "cases": _cases(count),
    }


def _days(figures: Figures) -> dict:
    days, n = figures.days, len(figures.days.cases)
    spread = f"最短{min(days.open_days)}・最長{max(days.open_days)}・平均{_mean(days.open_days)}" if n else ""
    return {
        "name": "days",
        "figure": str(measures.plain(measures.median(days.open_days))) if n else "–",
        "unit": "開庁日（中央値）" if n else "",
        "lines": [*filter(None, [spread]), f"n＝{n}　未開始 {len(days.waiting)}件", _before(days)],
        "cases": _cases(n),
    }


def _adoption(figures: Figures) -> dict:
    received, adopted, decided = (
        len(cases) for cases in (figures.received, figures.adoption.adopted, figures.adoption.decided)
    )
    figure, unit = percent(adopted, received)
    return {
        "name": "adopted",
        "figure": figure,
        "unit": unit,
        "lines": [f"{received}件のうち{adopted}件", f"結論の出た{decided}件では{adopted}件"],
        "cases": _cases(adopted),
    }


def _projects(figures: Figures) -> dict:
    count = len(figures.projects)
    return {
        "name": "projects",
        "figure": str(count),
        "unit": "件",
        "target": "1件以上　✓ 達した" if count else "1件以上　まだ",
        "lines": ["案件化した日が年度内の共創プロジェクト（TRIP）", "開始前の中止と前史を除く"],
        "cases": _cases(count),
    }


def _activities(figures: Figures) -> dict:
    done = figures.activities
    return {
        "name": "activities",
        "figure": str(done.count),
        "unit": "件",
        "lines": [f"延べ{done.times}回のお届け", "約束だけのものは除く"],
        "cases": _cases(done.count),
    }


def _cases(count: int) -> str:
    return f"{count}件を見る" if count else ""


def _mean(values: list[int]) -> str:
    return f"{measures.half_up(measures.mean(values), 1):g}"


def _before(days) -> str:
    return f"始まる前の取下げ {len(days.withdrawn_before)}件"
