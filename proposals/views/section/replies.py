"""これまでの返事: what a section has answered, year by year, and what became of it."""

from cityhall import calendar
from cityhall.models import Department
from proposals.models import Hearing
from proposals.topics import topics_of

LOOKED_AT = 60
SHOWN = 3


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


def by_year(sections: list[Department], year: int) -> list[Hearing]:
    """What these sections answered in a fiscal year, newest first."""
    first, last = calendar.fiscal_year_bounds(year)
    return list(replies(sections).filter(answered_on__range=(first, last)))
