"""What 指標のまど adds to the pages of other rooms."""

from cityhall.panels import Panel, panel
from kpi.models import Stay


@panel("proposal.section")
def days_of_case(proposal, user) -> Panel | None:
    """On a case as a section reads it: the open days in each step, by who had it."""
    stays = list(Stay.objects.filter(proposal=proposal))
    if not stays:
        return None
    return Panel("段階ごとの日数", "kpi/_stays.html", {"stays": stays}, order=80, anchor="days")
