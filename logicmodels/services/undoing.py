"""Going back to what a draft was before the last deed, and forward again; nothing is lost on the way."""

from django.db import transaction

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from logicmodels.models import EarlierDraft, LogicModel
from logicmodels.services.desk import Way, keep, save
from logicmodels.services.drafting import replace

OTHER = {Way.BACK: Way.FORWARD, Way.FORWARD: Way.BACK}
NOTHING = {
    Way.BACK: "これより前の下書きは、ありません。",
    Way.FORWARD: "やり直せることは、ありません。",
}


@transaction.atomic
def go(model: LogicModel, way: str, *, by, version: int | None = None) -> EarlierDraft:
    """Go one deed back or forward, whoever did it; refuses a stale page, and where there is nothing."""
    access.require(by, Role.DESK)
    draft = lock(model, version=version)
    earlier = draft.earlier.filter(way=way).first()
    if earlier is None:
        raise NotAllowed(NOTHING[Way(way)])
    keep(draft, OTHER[Way(way)], content=draft.as_content(), by=earlier.by)
    replace(draft, earlier.content)
    EarlierDraft.objects.filter(pk=earlier.pk).delete()
    save(draft, by=by)
    return earlier
