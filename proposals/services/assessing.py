"""見立て: two readers look at a case from nine viewpoints; nothing is added up, nothing decided."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.text import is_blank
from proposals.models import Assessment, Category, Measure, Proposal
from proposals.services.recording import lock_unmerged, note_fact
from proposals.viewpoints import BY_NUMBER, EXPLAINED, LEVELS, READERS
from proposals.workflow import Kind

ENOUGH = "もう2人が読んでいます。気づいたことは「覚え」に書けます。"


@transaction.atomic
def assess(
    proposal: Proposal,
    *,
    by,
    marks: Mapping[int, tuple[int, str]],
    measures: Iterable[Measure] | None = None,
) -> None:
    """Keep how one reader sees a case: of each viewpoint a level 0–3 and a word; what is said anew replaces.

    `measures` are the 重点施策・基本姿勢 that viewpoint 1 rests on. Refuses: anybody but the desk, a third
    reader, a closed case, other levels and viewpoints, a 0 or 3 without a word, measures not in force.
    """
    posting = access.require(by, Role.DESK)
    case = lock_unmerged(proposal)
    _check(case, by, marks)
    known = {row.viewpoint: row for row in case.assessments.filter(reader=by)}
    said = {n: (level, comment.strip()) for n, (level, comment) in marks.items()}
    fresh = {n: mark for n, mark in said.items() if n not in known or _mark(known[n]) != mark}
    for number, (level, comment) in fresh.items():
        Assessment.objects.update_or_create(
            proposal=case, reader=by, viewpoint=number, defaults={"level": level, "comment": comment}
        )
    changed = {} if measures is None else _choose(case, list(measures))
    if fresh or changed:
        data = {"assessed": sorted(fresh), "changed": sorted(changed), "values": changed}
        note_fact(case, Kind.NOTE, actor=posting, data=data)


def _mark(row: Assessment) -> tuple[int, str]:
    return row.level, row.comment


def _check(case: Proposal, by, marks: Mapping[int, tuple[int, str]]) -> None:
    if not case.is_open:
        raise NotAllowed("この案件は終わっています。見立ては書けません。")
    others = case.assessments.exclude(reader=by).order_by().values("reader").distinct().count()
    if others >= READERS:
        raise NotAllowed(ENOUGH)
    for number, (level, comment) in marks.items():
        if number not in BY_NUMBER or level not in LEVELS:
            raise NotAllowed("見立ては、9つの観点に0から3で書きます。")
        if level in EXPLAINED and is_blank(comment):
            raise NotAllowed(f"観点{number}：{level}には、ひとことが要ります。")


def _choose(case: Proposal, measures: list[Measure]) -> dict:
    """Name the measures; refuses one that is neither in force nor named before."""
    before = list(case.measures.all())
    if set(before) == set(measures):
        return {}
    in_force = set(Measure.objects.in_force(timezone.localdate()))
    if not set(measures) <= in_force | set(before):
        raise NotAllowed("いまは使っていない施策です。画面を開き直して、選び直してください。")
    case.measures.set(measures)
    return {"measures": [_names(before), _names(measures)]}


def _names(measures: Iterable[Measure]) -> str:
    return "、".join(str(measure) for measure in measures)


@transaction.atomic
def categorise(proposal: Proposal, *, by, category: str, version: int | None = None) -> None:
    """Name what kind of case it may become (案件の種類), as the yearly report counts; refuses others."""
    posting = access.require(by, Role.DESK)
    case = lock_unmerged(proposal, version=version)
    if category and category not in Category.values:
        raise NotAllowed("案件の種類を、一覧から選んでください。")
    if category == case.category:
        return
    values = {"category": [case.get_category_display(), str(dict(Category.choices).get(category, ""))]}
    data = {"changed": ["category"], "values": values}
    note_fact(case, Kind.NOTE, actor=posting, data=data, changes={"category": category})
