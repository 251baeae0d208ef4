"""What the cases bring to the pages of other floors: the desk's home and its left column."""

from django.urls import reverse

from cityhall.access import has_role
from cityhall.models import OutgoingMail, Role
from cityhall.panels import Panel, panel
from proposals.desk import home, kin, seeds
from proposals.desk.links import list_url
from proposals.models import Proposal
from proposals.pointers import RESTING, SENT_ON, without_next, without_officer
from proposals.schemes import BY_KEY

LETTERS = 30
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


@panel("proposal.case")
def next_place(proposal, user):
    """次の窓口: where a case was sent on, and who was told there, for the desk."""
    if proposal.step in SENT_ON and has_role(user, Role.DESK):
        records = list(proposal.records.filter(kind__in=("handed_on", "verdict", "note")).newest_first())
        sent_on = next((record for record in records if record.data.get("next_place")), None)
        context = {
            "case": proposal,
            "scheme": BY_KEY.get(sent_on.data.get("scheme")) if sent_on else None,
            "told": [record for record in records if record.data.get("handed_to")],
        }
        return Panel("次の窓口", "proposals/desk/_handed_panel.html", context, order=19, anchor="next-place")


@panel("proposal.case")
def letters(proposal, user):
    """お知らせの届き具合: the letters of a case and what became of each, for the desk."""
    found = list(OutgoingMail.objects.filter(about=proposal.number).defer("body")[:LETTERS])
    if found and has_role(user, Role.DESK):
        context = {"letters": found}
        return Panel(
            "お知らせの届き具合", "proposals/desk/_letters.html", context, order=90, anchor="letters"
        )


@panel("proposal.case")
def seeds_of(proposal, user):
    """種の条件: when a closed case shall be looked at again, for the desk."""
    if proposal.step in RESTING and has_role(user, Role.DESK):
        context = {
            "lines": seeds.lines(proposal),
            "case": proposal,
            "reopen_url": seeds.reopening(proposal),
        }
        return Panel("種の条件", "proposals/desk/_seeds_panel.html", context, order=20, anchor="seeds")


@panel("proposal.case")
def relations(proposal, user):
    """つながり: what belongs to the case, and on arrival what is like it, for the desk."""
    if has_role(user, Role.DESK):
        context = kin.kin(proposal)
        title = "似ている案件・つながり" if context["similar"] else "つながり"
        return Panel(title, "proposals/desk/_kin_panel.html", context, order=3, anchor="relations")
