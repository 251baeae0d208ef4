"""The cases in the desk's admin: every address our own view, cases by their number."""

from django.contrib import admin

from proposals.admin import (
    announcing,
    bulk,
    candidates,
    care,
    case,
    deciding,
    deeds,
    dossier,
    entry,
    export,
    handover,
    hints,
    history,
    introductions,
    jobs,
    kept,
    letters,
    listing,
    merging,
    moves,
    relations,
    seeds,
    sheets,
    summary,
    talking,
    versions,
    viewpoints,
)
from proposals.admin.pages import desk_paths
from proposals.models import Proposal

PAGES = [
    ("", listing.listing, "changelist"),
    ("add/", entry.add, "add"),
    ("kept/", kept.kept, "kept"),
    ("bulk/", bulk.bulk, "bulk"),
    ("export/", export.export, "export"),
    ("jobs/<slug:token>/", jobs.job, "job"),
    ("jobs/<slug:token>/file/", jobs.job_file, "job_file"),
    ("hints/", hints.hints, "hints"),
    ("hints/<int:pk>/join/", hints.join, "join_hint"),
    ("hints/<int:pk>/answer/", hints.answer, "answer_hint"),
    ("seeds/", seeds.store, "seeds"),
    ("introductions/", introductions.listing, "introductions"),
    ("<str:number>/introduce/", introductions.introduce, "introduce"),
    ("<str:number>/introductions/<int:running>/", introductions.look, "introduction"),
    ("<str:number>/introductions/<int:running>/edit/", introductions.edit, "edit_introduction"),
    ("<str:number>/introductions/<int:running>/result/", introductions.result, "introduction_result"),
    ("<str:number>/introductions/<int:running>/correct/", introductions.correct, "correct_introduction"),
    ("handover/", handover.hand_over, "handover"),
    ("without-next/", seeds.without_next, "without_next"),
    ("<str:number>/seeds/", seeds.case_seeds, "case_seeds"),
    ("<str:number>/dossier/", dossier.dossier, "dossier"),
    ("<str:number>/seeds/<int:seed>/drop/", seeds.drop, "drop_seed"),
    ("<str:number>/change/", case.change, "change"),
    ("<str:number>/summary/", summary.summary, "summary"),
    ("<str:number>/summary/settle/", summary.settle, "settle"),
    ("<str:number>/history/", history.history, "history"),
    ("<str:number>/letters/", letters.letters, "letters"),
    ("<str:number>/encounters/", care.encounter, "encounter"),
    ("<str:number>/encounters/<int:sequence>/", care.correct, "correct_encounter"),
    ("<str:number>/notes/", care.note, "note"),
    ("<str:number>/todos/", care.todo, "todo"),
    ("todos/<str:key>/done/", care.finish, "finish_todo"),
    ("<str:number>/viewpoints/", viewpoints.viewpoints, "viewpoints"),
    ("<str:number>/category/", care.category, "category"),
    ("<str:number>/undo/", care.undo, "undo"),
    ("<str:number>/gate/", deeds.gate, "gate"),
    ("<str:number>/ask/", deeds.ask, "ask"),
    ("<str:number>/consolidate/", sheets.consolidate, "consolidate"),
    ("<str:number>/questions/<int:wish>/", sheets.question, "question"),
    ("<str:number>/lead/", deeds.lead, "lead"),
    ("<str:number>/talk/", talking.talk, "talk"),
    ("<str:number>/talk/texts/", talking.texts, "texts"),
    ("<str:number>/read/", talking.read, "read"),
    ("<str:number>/contact/", talking.contact, "contact"),
    ("<str:number>/contact/edit/", talking.edit_contact, "edit_contact"),
    ("<str:number>/versions/", versions.versions, "versions"),
    ("<str:number>/joint/", deciding.name_joint, "joint"),
    ("<str:number>/fairness/", deciding.write_fairness, "fairness"),
    ("<str:number>/prepare/", deciding.prepare, "prepare"),
    ("<str:number>/prepare/discard/", deciding.discard, "discard"),
    ("<str:number>/announce/", announcing.announce, "announce"),
    ("<str:number>/letters/<int:running>/", announcing.sheet, "letter"),
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
    *candidates.PAGES,
]


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin):
    """No stock view answers here, so no form saves a step and no list deletes a case."""

    def has_module_permission(self, request):
        return False  # the left column has the lists of cases

    def get_urls(self):
        return desk_paths(self, PAGES)
