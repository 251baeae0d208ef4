"""Arrows of a draft."""

from cityhall.refusal import NotAllowed
from logicmodels import content
from logicmodels.models import Arrow, LogicModel, Node
from logicmodels.services.desk import drafting, save_or_refuse


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
        if draft.arrows.count() >= content.ARROW_LIMIT:
            raise NotAllowed(f"矢印は{content.ARROW_LIMIT}本までです。")
        return _filled(Arrow(model=draft, source=source, target=target), evidence=evidence, reason=reason)


def edit_arrow(
    arrow: Arrow, *, by, evidence: str = "", reason: str = "", version: int | None = None
) -> Arrow:
    """Change how sure an arrow is and why; refuses one that is gone."""
    with drafting(arrow.model, by=by, version=version):
        return _filled(_current(arrow), evidence=evidence, reason=reason)


def remove_arrow(arrow: Arrow, *, by, version: int | None = None) -> None:
    """Take an arrow away; refuses one that is gone already."""
    with drafting(arrow.model, by=by, version=version):
        _current(arrow).delete()


def _filled(arrow: Arrow, *, evidence, reason) -> Arrow:
    arrow.evidence = evidence
    arrow.reason = content.words(reason, "理由", content.LONG_LIMIT)
    save_or_refuse(arrow)
    return arrow


def _current(arrow: Arrow) -> Arrow:
    current = Arrow.objects.filter(pk=arrow.pk).first()
    if current is None:
        raise NotAllowed("この矢印は、もうありません。")
    return current
