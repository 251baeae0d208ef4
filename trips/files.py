"""Files of the journeys leave through the one view for files: photos to whoever works with the TRIP, printed
papers to the person they were made for."""

from functools import partial

from cityhall import readings
from cityhall.files import Download, file_kind
from cityhall.uploads import names
from proposals.files import WARNINGS, download_of
from trips import printing
from trips.models import Trip, TripFile


@file_kind("journey")
def find_paper(user, name) -> Download | None:
    """The PDF of a map or a playbook as this person sees it now; one of older words is not found."""
    kind, _, rest = name.partition("_")
    key = rest.rpartition("-")[0]
    paper = printing.find(user, kind, key) if user.is_authenticated else None
    if paper is None or printing.place_of(user, paper).name != name:
        return None
    return Download(printing.place_of(user, paper), f"{paper.title}.pdf", "application/pdf")


@file_kind("trip-file")
def find_trip_file(user, name) -> Download | None:
    """The photo or paper of this name, if this person works with its TRIP; each opening is noted."""
    seen = TripFile.objects.of(Trip.objects.worked_with_by(user))
    found = seen.select_related("trip").filter(name=name).first()
    if found is None:
        return None
    note = partial(readings.note, user, "写真・書類", found.trip.number, names.shown(found.original_name))
    return download_of(found, warning=WARNINGS.get(found.scan, ""), on_leaving=note)
