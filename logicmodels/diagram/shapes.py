"""What a picture is made of: the sheet's measures, boxes, lanes for long arrows, and tracks of arrows."""

from dataclasses import dataclass, field

COLUMNS = 6
HEAD = 11  # length of an arrow's head


@dataclass(frozen=True)
class Sheet:
    """The measures of one kind of picture, in px at 96 dpi."""

    column: int = 167
    gutter: int = 98
    size: int = 15
    pad: int = 10
    gap: int = 28
    top: int = 62  # the headings with their rule
    height: int = 735
    port: int = 21  # between two arrows on one side of a box
    lane: int = 10  # height of the invisible lane a long arrow takes through a column
    lane_gap: int = 14  # over and under it
    has_questions: bool = True  # under the headings

    @property
    def width(self) -> int:
        return COLUMNS * self.column + (COLUMNS - 1) * self.gutter + 4

    @property
    def leading(self) -> float:
        return self.size * 1.45

    def left(self, column: int) -> float:
        return 2 + column * (self.column + self.gutter)

    def right(self, column: int) -> float:
        return self.left(column) + self.column


PAPER = Sheet()
SCREEN = Sheet(column=149, gutter=60, size=14, pad=8, gap=26, top=60, height=560)
BESIDE = Sheet(column=139, gutter=52, size=14, pad=7, gap=26, top=60, height=560)  # with a panel at its right
# beside a form, in a column of 720 px
NARROW = Sheet(column=95, gutter=29, size=14, pad=5, gap=26, top=60, height=280, has_questions=False)


@dataclass(eq=False)
class Stop:
    """A place in a column that takes height: a box, or the lane of a long arrow."""

    column: int
    height: float
    middle: float = 0.0
    is_lane: bool = False

    @property
    def top(self) -> float:
        return self.middle - self.height / 2

    @property
    def bottom(self) -> float:
        return self.middle + self.height / 2


@dataclass(eq=False)
class Box(Stop):
    """One node as drawn."""

    node: dict = field(default_factory=dict)
    number: str = ""
    lines: list[str] = field(default_factory=list)
    note: str = ""


@dataclass(eq=False)
class Track:
    """One arrow as drawn: the stops it passes from left to right, and the curve through them."""

    arrow: dict
    stops: list[Stop]
    is_backward: bool = False
    path: str = ""
    tip: tuple[float, float] = (0.0, 0.0)
    start: tuple[float, float] = (0.0, 0.0)
    samples: list[tuple[float, float]] = field(default_factory=list)

    @property
    def is_loop(self) -> bool:
        """Between two boxes of one column: it leaves and arrives on the right."""
        return self.stops[0].column == self.stops[-1].column


@dataclass
class Picture:
    """A laid-out logic model, ready to draw."""

    sheet: Sheet
    title: str
    boxes: list[Box]
    tracks: list[Track]
    height: float
    marks: list[tuple[int, dict]]  # assumptions that hang on an arrow: ◇1, ◇2 …

    @property
    def width(self) -> int:
        return self.sheet.width
