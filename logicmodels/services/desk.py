"""How every change of a draft begins and ends: the desk alone, locked, one version further."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import models, transaction

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from logicmodels.models import EarlierDraft, LogicModel

Way = EarlierDraft.Way
STEPS = 100  # how far one may go back


@contextmanager
def drafting(model: LogicModel, *, by, version: int | None = None) -> Iterator[LogicModel]:
    """The draft as it is now, locked, and saved one version further; refuses others and a stale page."""
    access.require(by, Role.DESK)
    with transaction.atomic():
        draft = lock(model, version=version)
        before = draft.as_content()
        yield draft
        keep(draft, Way.BACK, content=before, by=by)
        draft.earlier.filter(way=Way.FORWARD).delete()
        save(draft, by=by)


def save(draft: LogicModel, *, by) -> None:
    """Save the draft one version further, under the name of who changed it."""
    draft.version += 1
    draft.changed_by = by
    save_or_refuse(draft)


def keep(draft: LogicModel, way: Way, *, content: dict, by) -> None:
    """Put what the draft was on the way back or forward; beyond `STEPS` the oldest is forgotten."""
    EarlierDraft.objects.create(model=draft, way=way, content=content, by=by)
    kept = draft.earlier.filter(way=way).values("pk")[STEPS:]
    draft.earlier.filter(pk__in=list(kept.values_list("pk", flat=True))).delete()


def save_or_refuse(row: models.Model) -> None:
    """Save a row; refuses in Japanese what its fields or a constraint forbid."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise NotAllowed("／".join(error.messages)) from error
    row.save()


def at(items: list, index: int) -> object:
    """The item at this place of a list; refuses one that is no longer there."""
    if not 0 <= index < len(items):
        raise NotAllowed("直そうとしたものが、もうありません。画面を開き直してください。")
    return items[index]
