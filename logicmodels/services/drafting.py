"""A draft as a whole: starting it, filling it, and the words around the picture."""

from django.db import transaction
from django.utils import timezone

from cityhall import access, calendar, numbers
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from logicmodels import content as shape
from logicmodels.diagram import tidied
from logicmodels.models import Arrow, LogicModel, Node
from logicmodels.prefill import content_from
from logicmodels.services.desk import at, drafting, save_or_refuse
from proposals.models import Proposal
from proposals.workflow import OPEN, Step

# A draft may be begun from ② on (the paper says "before matching", the flow says step ⑤).
DRAFT_AT = [step for step in OPEN if step != Step.INTAKE] + [Step.ADOPTED]


@transaction.atomic
def start(proposal: Proposal | None, *, by, title: str = "", content: dict | None = None) -> LogicModel:
    """Begin a draft with this content, or filled from the form of its case.

    Refuses a case before ②, a closed one, and a second model of a case. Without a case the title tells models
    apart: a second of the same title is refused.
    """
    access.require(by, Role.DESK)
    if proposal is not None:
        proposal = lock(proposal)
        _refuse_unless_ready(proposal)
    model = _numbered(proposal, title or getattr(proposal, "title", ""), by)
    if proposal is None:
        _refuse_namesake(model)
    save_or_refuse(model)
    if content is not None:
        _write(model, shape.clean(content))
    elif proposal is not None:
        _write(model, content_from(proposal.latest_submission))
    return model


@transaction.atomic
def bring_in(raw: object, *, by=None, proposal: Proposal | None = None) -> LogicModel:
    """Begin a draft with the content of a file; `by` is None where the machine's own command brings it.

    Refuses bad content with the place named, one without a title, and a case as `start` does.
    """
    if by is not None:
        access.require(by, Role.DESK)
    content = shape.clean(raw)
    if not content["title"]:
        raise shape.BadContent("title", "空です")
    if proposal is not None:
        proposal = lock(proposal)
        _refuse_unless_ready(proposal)
    model = _numbered(proposal, content["title"], by)
    save_or_refuse(model)
    _write(model, content)
    return model


def _numbered(proposal: Proposal | None, title: str, by) -> LogicModel:
    year = calendar.fiscal_year(timezone.localdate())
    number = f"LM-{calendar.era_year(year)}-{numbers.next_number('model', year):03}"
    return LogicModel(number=number, proposal=proposal, title=shape.words(title, "題"), changed_by=by)


def _refuse_namesake(model):
    """The counter's row is locked by now, so two presses at once come one after the other."""
    if twin := LogicModel.objects.filter(proposal=None, title=model.title).first():
        raise NotAllowed(f"同じ題の {twin.number} が、もうあります。見分けのつく題にしてください。")


def _refuse_unless_ready(proposal):
    if proposal.step not in DRAFT_AT:
        raise NotAllowed("ロジックモデルは、②内容整理から、動いている案件で始められます。")
    if LogicModel.objects.filter(proposal=proposal).exists():
        raise NotAllowed("この案件には、もうロジックモデルがあります。")


def import_content(model: LogicModel, content: dict, *, by, version: int | None = None) -> LogicModel:
    """Put a whole content in the place of the draft; refuses bad content with the place named."""
    with drafting(model, by=by, version=version) as draft:
        content = shape.clean(content)
        replace(draft, content | {"title": content["title"] or draft.title})
    return draft


def replace(draft: LogicModel, content: dict) -> None:
    """Put clean content in the place of all the draft holds; the caller holds its lock."""
    draft.nodes.all().delete()
    draft.title = content["title"]
    _write(draft, content)


def edit_words(
    model: LogicModel,
    *,
    by,
    title: str,
    core: str = "",
    external_factors: list[str] = (),
    negative_effects: list[str] = (),
    version: int | None = None,
) -> LogicModel:
    """Change title, ロジックの核, external factors and negative effects; refuses an empty title."""
    if not title.strip():
        raise NotAllowed("題を入れてください。")
    with drafting(model, by=by, version=version) as draft:
        _take(
            draft,
            title=title,
            core=core,
            external_factors=[text for text in external_factors if text.strip()],
            negative_effects=[text for text in negative_effects if text.strip()],
        )
    return draft


def add_assumption(model: LogicModel, *, by, version: int | None = None, **told: str) -> None:
    """Say what the chain rests on (前提); refuses one without words, and one on a box that is not there."""
    with drafting(model, by=by, version=version) as draft:
        _take(draft, assumptions=[*draft.assumptions, _said(told)])


def edit_assumption(model: LogicModel, index: int, *, by, version: int | None = None, **told: str) -> None:
    """Change one assumption; refuses one that is gone."""
    with drafting(model, by=by, version=version) as draft:
        at(draft.assumptions, index)
        _take(draft, assumptions=[*draft.assumptions[:index], _said(told), *draft.assumptions[index + 1 :]])


def remove_assumption(model: LogicModel, index: int, *, by, version: int | None = None) -> None:
    """Take one assumption away; refuses one that is gone already."""
    with drafting(model, by=by, version=version) as draft:
        draft.assumptions.remove(at(draft.assumptions, index))


def _said(told: dict) -> dict:
    if not told.get("text", "").strip():
        raise NotAllowed("前提を、文で書いてください。")
    return told


def _take(draft: LogicModel, **changes) -> None:
    """Put these parts of the content on the draft, in their clean shape; refuses bad ones."""
    content = shape.clean(draft.as_content() | changes)
    for part in changes:
        setattr(draft, part, content[part])


def tidy(model: LogicModel, *, by, version: int | None = None) -> None:
    """Reorder the boxes so that fewer arrows cross (並びを整える); a column keeps its boxes."""
    with drafting(model, by=by, version=version) as draft:
        order = [node["id"] for node in tidied(draft.as_content())["nodes"]]
        nodes = list(draft.nodes.all())
        for node in nodes:
            node.place = order.index(node.key) + 1
        Node.objects.bulk_update(nodes, ["place"])


def _write(draft: LogicModel, content: dict) -> None:
    """Write content into an empty draft."""
    draft.core, draft.assumptions = content["core"], content["assumptions"]
    draft.external_factors, draft.negative_effects = content["external_factors"], content["negative_effects"]
    draft.save()
    nodes = Node.objects.bulk_create(
        Node(
            model=draft,
            key=node["id"],
            place=place,
            **{k: node[k] for k in ("column", "text", "side", "indicators")},
        )
        for place, node in enumerate(content["nodes"], start=1)
    )
    by_key = {node.key: node for node in nodes}
    Arrow.objects.bulk_create(
        Arrow(
            model=draft,
            source=by_key[arrow["from"]],
            target=by_key[arrow["to"]],
            reason=arrow["reason"],
            evidence=arrow["evidence"],
        )
        for arrow in content["arrows"]
    )
