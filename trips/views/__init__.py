"""The pages of the TRIPs: the list, one TRIP, opening one, moving it on, writing about it, its reports."""

from trips.views.lineage import lineage_map
from trips.views.moving import move
from trips.views.opening import open_one
from trips.views.pages import page, trips
from trips.views.papers import paper, pdf
from trips.views.playbooks import playbook
from trips.views.reading import files, report
from trips.views.writing import write

__all__ = [
    "files",
    "lineage_map",
    "move",
    "open_one",
    "page",
    "paper",
    "pdf",
    "playbook",
    "report",
    "trips",
    "write",
]
