"""これまでの返事: what a section has answered, year by year, and what became of it."""

from datetime import date

from django.db.models import Min

from cityhall import calendar
from cityhall.models import Department
from proposals.models import Hearing
from proposals.topics import topics_of

LOOKED_AT = 60
SHOWN = 3
MOST = 200  # of a year; no section answers more


def replies(sections: list[Department]):
    """The sheets these sections have answered, newest first."""
    answered = Hearing.objects.of(sections).filter(answered_on__isnull=False).numbered()
    return answered.select_related("proposal", "department", "passed_to__department").order_by(
        "-answered_on", "-pk"
    )


def similar(sheet: Hearing) -> list[Hearing]:
    """The section's own answers on cases with a topic in common, newest first; of other sections none."""
    mine = set(sheet.topics or topics_of(sheet.proposal.fields))
    earlier = replies([sheet.department]).exclude(proposal=sheet.proposal_id)[:LOOKED_AT]
    return [one for one in earlier if mine & set(one.topics or topics_of(one.proposal.fields))][:SHOWN]


def told(sections: list[Department], chosen: str, today: date) -> dict:
    """What these sections answered in the chosen fiscal year, else in this one; and the other years."""
    days = Hearing.objects.of(sections).aggregate(first=Min("answered_on"))
    now = calendar.fiscal_year(today)
    years = range(calendar.fiscal_year(days["first"] or today), now + 1)
    year = int(chosen) if chosen in map(str, years) else now
    found = replies(sections).filter(answered_on__range=calendar.fiscal_year_bounds(year))
    return {"replies": list(found[:MOST]), "year": year, "years": [y for y in reversed(years) if y != year]}
