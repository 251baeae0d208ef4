"""The signs all pictures are drawn with: SVG by attributes alone, so that page and paper take the same."""

from html import escape

INK, SUB, PALE, RULE, HAIR, PAPER = "#1a1a1a", "#3d3d3d", "#595959", "#949494", "#d9d9dc", "#ffffff"
BLUE, SOFT, MIST, QUIET = "#0017c1", "#d9e6ff", "#eef4ff", "#76767b"
FONT = "BIZ UDPGothic, Noto Sans CJK JP, Noto Sans JP, sans-serif"


def number(value: float) -> str:
    """12.5, or 12 for 12.0: a tenth of a pixel is fine enough."""
    return f"{value:.1f}".removesuffix(".0")


def safe(words: str) -> str:
    """Text that cannot end the picture: escaped, and without characters XML forbids."""
    return escape("".join(char for char in words if char.isprintable() or char == "\u3000"))


def way(*steps: str | float) -> str:
    """A path's way from its commands and places: way("M", 2, 14, "H", 54)."""
    return " ".join(step if isinstance(step, str) else number(step) for step in steps)


def path(d: str, line: str) -> str:
    """A path; `line` is how it is drawn."""
    return f'<path d="{d}" {line}/>'


def circle(x: float, y: float, r: float, line: str) -> str:
    """A circle; `line` is how it is drawn."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" {line}/>'


def rect(x: float, y: float, wide: float, high: float, line: str = "") -> str:
    """A rectangle; `line` is how it is drawn."""
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(wide)}" height="{number(high)}" {line}/>'


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float | None = None,
    bold: bool = False,
    anchor: str = "",
    fill: str = "",
) -> str:
    """Words on one line, in ink unless told otherwise."""
    told = (
        ("font-size", size),
        ("font-weight", "700" if bold else ""),
        ("text-anchor", anchor),
        ("fill", "" if fill == INK else fill),
    )
    attributes = "".join(f' {name}="{value}"' for name, value in told if value)
    return f'<text x="{number(x)}" y="{number(y)}"{attributes}>{safe(words)}</text>'
