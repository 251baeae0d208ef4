"""One press that does what a finding asks for, where that needs no thinking."""

from cityhall.refusal import NotAllowed
from logicmodels import content as shape
from logicmodels.checks.mends import mend_of
from logicmodels.models import LogicModel
from logicmodels.services.desk import drafting
from logicmodels.services.drafting import replace
from logicmodels.services.editions import findings_of


def mend(model: LogicModel, *, by, finding: str, version: int | None = None) -> None:
    """Carry out the mend of the finding with this key; refuses one that is gone or has no mend."""
    with drafting(model, by=by, version=version) as draft:
        content = draft.as_content()
        found = next((one for one in findings_of(draft) if one.key == finding), None)
        offered = found and mend_of(found.code, found.node, content)
        if offered is None:
            raise NotAllowed("この助言は、もうありません。画面を開き直してください。")
        replace(draft, shape.clean(offered.content))
