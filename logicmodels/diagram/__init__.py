"""The picture of a logic model: content → layout → SVG, the same for the page and for the paper."""

from logicmodels.diagram.draw import draw, in_short, legend
from logicmodels.diagram.layout import fitted, lay_out, tidied
from logicmodels.diagram.shapes import BESIDE, NARROW, PAPER, SCREEN, Picture, Sheet

__all__ = [
    "BESIDE",
    "NARROW",
    "PAPER",
    "SCREEN",
    "Picture",
    "Sheet",
    "draw",
    "fitted",
    "in_short",
    "lay_out",
    "legend",
    "tidied",
]
