"""Letters of a TRIP: what its section has to see to at once."""

from django.template.loader import render_to_string
from django.urls import reverse

from cityhall import section_post
from cityhall.context import office
from cityhall.models import OutgoingMail
from proposals.mail.letter import address, plain
from trips.models import Report


def queue_returned(report: Report) -> OutgoingMail | None:
    """A report is to be written anew; what the desk wrote stands on the page alone."""
    trip = report.trip
    page = reverse("trips:write_one", args=[trip.number, "report", report.pk])
    said = {"report": report, "trip": trip, "site": office(), "url": address(page)}
    return section_post.queue(
        trip.department,
        key=f"{trip.number}:report:{report.pk}:returned:{report.version}",
        page=page,
        subject=f"【窓口】{report}の書き直しをお願いします（{trip.number}）",
        body=plain(render_to_string("trips/mail/returned.txt", said)),
        about=trip.number,
    )
