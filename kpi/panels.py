"""What 指標のまど adds to the pages of other rooms."""

from django.conf import settings

from cityhall.panels import Panel, panel
from kpi.models import Stay
from kpi.usual import usual_time
from proposals.told import told
from proposals.workflow import SIX_STEPS


@panel("proposal.section")
def days_of_case(proposal, user) -> Panel | None:
    """On a case as a section reads it: the open days in each step, by who had it."""
    stays = list(Stay.objects.filter(proposal=proposal))
    if not stays:
        return None
    return Panel("段階ごとの日数", "kpi/_stays.html", {"stays": stays}, order=80, anchor="days")


@panel("public.receipt.strip")
def usual_time_of_the_step(proposal, user) -> Panel | None:
    """Under the proposer's strip: how long this step usually lasts, once the city has agreed to say so."""
    if not settings.ZAMAGATE_SITE.get("shows_usual_time", False):
        return None
    now = told(proposal)
    usual = usual_time(now.step) if now.is_open and now.step in SIX_STEPS else None
    return Panel("ふつうの日数", "kpi/_usual_time.html", {"usual": usual}) if usual else None
