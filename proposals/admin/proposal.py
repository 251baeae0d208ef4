"""The cases in the desk's admin: every address our own view, cases by their number."""

from django.contrib import admin
from django.urls import path

from cityhall.access import role_required
from cityhall.models import Role
from proposals.admin import (
    announcing,
    case,
    deeds,
    entry,
    kept,
    listing,
    merging,
    moves,
    relations,
    seeds,
    talking,
    versions,
)
from proposals.models import Proposal

PAGES = [
    ("", listing.listing, "changelist"),
    ("add/", entry.add, "add"),
    ("kept/", kept.kept, "kept"),
    ("seeds/", seeds.store, "seeds"),
    ("without-next/", seeds.without_next, "without_next"),
    ("<str:number>/seeds/", seeds.case_seeds, "case_seeds"),
    ("<str:number>/seeds/<int:seed>/drop/", seeds.drop, "drop_seed"),
    ("<str:number>/change/", case.change, "change"),
    ("<str:number>/summary/", deeds.summary, "summary"),
    ("<str:number>/gate/", deeds.gate, "gate"),
    ("<str:number>/ask/", deeds.ask, "ask"),
    ("<str:number>/lead/", deeds.lead, "lead"),
    ("<str:number>/talk/", talking.talk, "talk"),
    ("<str:number>/read/", talking.read, "read"),
    ("<str:number>/contact/", talking.contact, "contact"),
    ("<str:number>/versions/", versions.versions, "versions"),
    ("<str:number>/announce/", announcing.announce, "announce"),
    ("<str:number>/receive/", deeds.receive, "receive"),
    ("<str:number>/handed/", deeds.handed, "handed"),
    ("<str:number>/release/", deeds.release, "release"),
    ("<str:number>/code/", deeds.code, "code"),
    ("<str:number>/waive/<int:running>/", deeds.waive, "waive"),
    ("<str:number>/merge/", merging.merge, "merge"),
    ("<str:number>/relate/", relations.relate, "relate"),
    ("<str:number>/relate/<str:other>/off/", relations.unrelate, "unrelate"),
    ("<str:number>/split/", relations.split, "split"),
    ("<str:number>/move/<slug:name>/", moves.move, "move"),
]


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin):
    """No stock view answers here, so no form saves a step and no list deletes a case."""

    def has_module_permission(self, request):
        return False  # the left column has the lists of cases

    def get_urls(self):
        return [
            path(
                route,
                self.admin_site.admin_view(role_required(Role.DESK)(view)),
                name=f"proposals_proposal_{name}",
            )
            for route, view, name in PAGES
        ]
