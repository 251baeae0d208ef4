"""Papers of the journeys leave through the one view for files, to the person they were made for."""

from cityhall.files import Download, file_kind
from trips import printing


@file_kind("journey")
def find_paper(user, name) -> Download | None:
    """The PDF of a map or a playbook as this person sees it now; one of older words is not found."""
    kind, _, rest = name.partition("_")
    key = rest.rpartition("-")[0]
    paper = printing.find(user, kind, key) if user.is_authenticated else None
    if paper is None or printing.place_of(user, paper).name != name:
        return None
    return Download(printing.place_of(user, paper), f"{paper.title}.pdf", "application/pdf")
