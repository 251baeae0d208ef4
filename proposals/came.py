"""How a case came to the desk that did not come through the form: by what, and through whom (経路)."""

from datetime import date

from django.db.models import Count, Exists, OuterRef

from cityhall import calendar
from proposals.models import Encounter, Proposal, ProposalRecord
from proposals.workflow import Kind

PAPER = "paper"
HOW = [(PAPER, "紙（持参・郵送・FAX）"), *Encounter.Kind.choices]
ROUTES = [("self", "本人から"), ("section", "庁内の課から"), ("outside", "庁外の方から")]


def in_words(how: str = "", route: str = "") -> str:
    """来庁で届きました（庁内の課から）."""
    by = "紙" if how == PAPER else dict(HOW).get(how, "")
    through = dict(ROUTES).get(route, "")
    return (f"{by}で届きました" if by else "届きました") + (f"（{through}）" if through else "")


def counted(today: date) -> dict:
    """Of the cases first spoken of in this fiscal year: by which way how many came."""
    year = calendar.fiscal_year(today)
    cases = Proposal.objects.filter(first_contact_on__range=calendar.fiscal_year_bounds(year), merged_on=None)
    came = ProposalRecord.objects.filter(kind=Kind.NOTE, subject=OuterRef("pk"))
    told = {
        route: Count("pk", filter=Exists(came.filter(data__came__route=route)))
        for route in ("section", "outside")
    }
    found = cases.aggregate(every=Count("pk"), **told)
    others = found["section"] + found["outside"]
    counted = found | {"self": found["every"] - others}
    lines = [{"name": name, "count": counted[route]} for route, name in ROUTES]
    return {"year": calendar.fiscal_year_label(year), "lines": lines}
