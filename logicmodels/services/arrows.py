"""Arrows of a draft."""

from cityhall.refusal import NotAllowed
from logicmodels import content
from logicmodels.models import Arrow, LogicModel, Node
from logicmodels.services.desk import drafting, save_or_refuse
from logicmodels.services.nodes import current as current_node


def add_arrow(
    model: LogicModel,
    *,
    by,
    source: Node,
    target: Node,
    evidence: str = "",
    reason: str = "",
    version: int | None = None,
) -> Arrow:
    """Draw an arrow; refuses a second one between the same boxes, one to itself, and another model's box."""
    with drafting(model, by=by, version=version) as draft:
        if {source.model_id, target.model_id} != {draft.pk}:
            raise NotAllowed("ほかのロジックモデルの箱には、矢印を引けません。")
        if len(draft.arrows.all()) >= content.ARROW_LIMIT:
            raise NotAllowed(f"矢印は{content.ARROW_LIMIT}本までです。")
        arrow = Arrow(model=draft, source=current_node(draft, source), target=current_node(draft, target))
        if _twin(draft, arrow):
            raise NotAllowed("この矢印は、もう引いてあります。")
        return _filled(arrow, evidence=evidence, reason=reason)


def edit_arrow(
    arrow: Arrow, *, by, evidence: str = "", reason: str = "", version: int | None = None
) -> Arrow:
    """Change how sure an arrow is and why; refuses one that is gone."""
    with drafting(arrow.model, by=by, version=version) as draft:
        return _filled(_current(draft, arrow), evidence=evidence, reason=reason)


def remove_arrow(arrow: Arrow, *, by, version: int | None = None) -> None:
    """Take an arrow away; refuses one that is gone already."""
    with drafting(arrow.model, by=by, version=version) as draft:
        _current(draft, arrow).delete()


def _filled(arrow: Arrow, *, evidence, reason) -> Arrow:
    arrow.evidence = evidence
    arrow.reason = content.words(reason, "理由", content.LONG_LIMIT)
    save_or_refuse(arrow)
    return arrow


def _twin(draft: LogicModel, arrow: Arrow) -> Arrow | None:
    ends = arrow.source_id, arrow.target_id
    return next((other for other in draft.arrows.all() if (other.source_id, other.target_id) == ends), None)


def _current(draft: LogicModel, arrow: Arrow) -> Arrow:
    """The arrow as it is now, known by its two boxes: one that came back by 元に戻す is a row of its own."""
    keys = {node.pk: node.key for node in draft.nodes.all()}
    ends = arrow.source.key, arrow.target.key
    for other in draft.arrows.all():
        if (keys[other.source_id], keys[other.target_id]) == ends:
            return other
    raise NotAllowed("この矢印は、もうありません。")
