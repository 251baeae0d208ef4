"""What the cases bring to the pages of other floors: the desk's home and its left column."""

from django.urls import reverse
from django.utils import timezone

from cityhall.access import departments_of, has_role
from cityhall.models import Role
from cityhall.panels import Panel, panel
from proposals.desk import home
from proposals.desk.links import list_url
from proposals.introduced import met_names, parties, with_names
from proposals.models import Introduction, Match, Proposal
from proposals.pointers import without_next, without_officer
from proposals.services.matches import WRITTEN_AT
from proposals.told import told

GONE = 20


@panel("desk.home")
def desk_home(subject, user):
    """今日の窓口, for the desk."""
    if has_role(user, Role.DESK):
        return Panel("今日の窓口", "proposals/desk/_home.html", home.home(user), order=10)


@panel("desk.lists")
def desk_lists(subject, user):
    """The lists of cases with their counts, for the desk."""
    if has_role(user, Role.DESK):
        context = {"groups": home.left_column(user), "search": list_url()}
        return Panel("案件", "admin/nav_sidebar.html", context, order=10)


@panel("proposal.section")
def papers(proposal, user):
    """添付資料: the papers of a case, for whoever may see the case."""
    found = list(proposal.attachments.with_words())
    if found:
        return Panel("添付資料", "proposals/_case_papers.html", {"papers": found}, order=5, anchor="papers")


@panel("proposal.section")
def introductions(proposal, user):
    """引き合わせ: who meets whom, for whoever may see the case."""
    found = list(with_names(proposal.introductions.all()).order_by("-on", "-pk"))
    if found:
        mine = set(
            Introduction.objects.of(departments_of(user))
            .filter(proposal=proposal)
            .values_list("pk", flat=True)
        )
        lines = [{"met": row, "who": met_names(row), "may_print": row.pk in mine} for row in found]
        context = {"case": proposal, "lines": lines}
        return Panel(
            "引き合わせ", "proposals/_case_introductions.html", context, order=6, anchor="introductions"
        )


@panel("proposal.section")
def match(proposal, user):
    """組み合わせ: what the sides do together; a section that takes part writes its own gain."""
    found = Match.objects.filter(proposal=proposal).first()
    if found is None:
        return None
    own = {one.pk: one for one in departments_of(user, Role.MEMBER, Role.HEAD)}
    mine = found.parties.filter(department__in=own).select_related("department").order_by("pk")
    mine = list(mine) if own and proposal.step in WRITTEN_AT else []
    context = {"case": proposal, "match": found, "parties": parties(proposal), "mine": mine}
    return Panel("組み合わせ", "proposals/_case_match.html", context, order=7, anchor="match")


@panel("public.receipt")
def matched(proposal, user):
    """組み合わせ: what the proposer and the others do together, and the proposer's own gain."""
    found = Match.objects.filter(proposal=proposal).first()
    if found is None or told(proposal).is_pending:
        return None
    context = {"match": found, "parties": parties(proposal), "may_write": proposal.step in WRITTEN_AT}
    return Panel("組み合わせ", "proposals/_receipt_match.html", context, order=6, anchor="match")


@panel("public.receipt")
def meeting(proposal, user):
    """引き合わせ: the meetings to come, for the proposer."""
    coming = proposal.introductions.to_come().filter(on__gte=timezone.localdate())
    if lines := [{"met": row, "who": met_names(row)} for row in with_names(coming).order_by("on", "pk")]:
        return Panel(
            "引き合わせ", "proposals/_receipt_introductions.html", {"lines": lines}, order=5, anchor="meeting"
        )


@panel("desk.home")
def adrift(subject, user):
    """次がまだの案件: some cases rest without a next pointer; asked here alone, for it reads every "no"."""
    if has_role(user, Role.DESK) and without_next(Proposal.objects.order_by()).exists():
        return Panel("次がまだの案件", "proposals/desk/_adrift.html", order=15)


@panel("desk.home")
def officers_gone(subject, user):
    """担当がいなくなった案件: open cases whose officer has left the desk, for the desk."""
    if has_role(user, Role.DESK):
        found = without_officer(Proposal.objects.with_people()).order_by("pk")[:GONE]
        if cases := list(found):
            context = {"cases": cases, "url": reverse("admin:proposals_proposal_handover")}
            return Panel("担当がいなくなった案件", "proposals/desk/_officers_gone.html", context, order=20)
