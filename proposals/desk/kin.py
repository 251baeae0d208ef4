"""つながり: what a case belongs to, what was merged into it, what is like it."""

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from proposals.desk.opened import Opened
from proposals.models import Proposal, Relation
from proposals.similar import similar
from proposals.workflow import DESK_STEPS, Step

ON_ARRIVAL = (Step.INTAKE, Step.SORTING)  # later on the likely ones are looked up on their own page
HOW = {"": "まとめた", Relation.Kind.RELATED: "関連する", Relation.Kind.SPLIT: "分けた"}


def kin(opened: Opened) -> dict:
    """What the piece of the case's page needs."""
    case = opened.case
    known = relatives(case)
    near = similar(case, opened.told) if case.step in ON_ARRIVAL and not case.reopened_on else []
    met = {row["case"].pk for row in known}
    near = [one for one in near if one.case.pk not in met]
    return {"case": case, "known": known, "similar": near, "may_merge": case.step in DESK_STEPS}


def relatives(case: Proposal) -> list[dict]:
    """The cases linked with this one or merged into it, in one statement."""
    ours, theirs = Relation.objects.filter(first=case), Relation.objects.filter(second=case)
    found = Proposal.objects.filter(
        Q(merged_into=case) | Q(pk__in=ours.values("second")) | Q(pk__in=theirs.values("first"))
    )
    how = Coalesce(
        Subquery(ours.filter(second=OuterRef("pk")).values("kind")[:1]),
        Subquery(theirs.filter(first=OuterRef("pk")).values("kind")[:1]),
    )
    rows = found.annotate(how=how).select_related("organization").order_by("pk")
    return [
        {"case": row, "how": HOW[row.how or ""], "may_go": row.how == Relation.Kind.RELATED} for row in rows
    ]
