"""旅の系譜図: what led to what over the years, as facts, as rows on a time axis, as one SVG."""

from trips.lineage.draw import svg
from trips.lineage.graph import Edge, Graph, Mark, Node, Record, Row
from trips.lineage.layout import PAPER, SCREEN, lay_out
from trips.lineage.read import read
from trips.lineage.table import legend, table

__all__ = [
    "PAPER",
    "SCREEN",
    "Edge",
    "Graph",
    "Mark",
    "Node",
    "Record",
    "Row",
    "lay_out",
    "legend",
    "read",
    "svg",
    "table",
]
