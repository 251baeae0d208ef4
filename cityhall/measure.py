"""How wide a Japanese text is, from the advance widths of the font it will be set in."""

from functools import cache
from pathlib import Path

from cityhall.pdf_fonts import font_folders

FILES = ("BIZUDPGothic-{weight}.ttf", "NotoSansCJKjp-{weight}.otf")


@cache
def advances(bold: bool) -> dict[int, float]:
    """Code point → width in em; BIZ UDPGothic where installed, else the Noto face of the wheel."""
    from fontTools.ttLib import TTFont

    with TTFont(_font_file(bold), lazy=True) as font:
        metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def char_widths(text: str, size: float, bold: bool = False) -> list[float]:
    """The width of each character in px; one the font lacks counts as a full em."""
    known = advances(bold)
    return [known.get(ord(char), 1.0) * size for char in text]


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of the text on one line, in px."""
    return sum(char_widths(text, size, bold))


def faces() -> list[Path]:
    """The files of every face a picture is set in, regular and bold, that are there."""
    names = [name.format(weight=weight) for weight in ("Regular", "Bold") for name in FILES]
    places = (Path(folder) / name for folder in font_folders() for name in names)
    return [place for place in places if place.exists()]


def _font_file(bold: bool) -> Path:
    """The face that paper and page use first: the first one there is, in the order of the font folders."""
    names = [name.format(weight="Bold" if bold else "Regular") for name in FILES]
    places = (Path(folder) / name for folder in font_folders() for name in names)
    return next(place for place in places if place.exists())
