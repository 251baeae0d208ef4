"""How every change of a draft begins and ends: the desk alone, locked, one version further."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, prefetch_related_objects

from cityhall import access
from cityhall.models import Role
from cityhall.records import constraints_in_words
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from logicmodels.models import EarlierDraft, LogicModel

Way = EarlierDraft.Way
STEPS = 100  # how far one may go back


@contextmanager
def drafting(model: LogicModel, *, by, version: int | None = None) -> Iterator[LogicModel]:
    """The draft as it is now with its boxes and arrows, locked, and saved one version further.

    Refuses others and a stale page.
    """
    access.require(by, Role.DESK)
    with transaction.atomic():
        draft = lock(model, version=version)
        prefetch_related_objects([draft], "nodes", "arrows")
        before = copy.deepcopy(draft.as_content())
        yield draft
        keep(draft, Way.BACK, content=before, by=by)
        _forget(draft)
        save(draft, by=by)
        draft._prefetched_objects_cache.clear()  # what was read before the deed is no longer so


def save(draft: LogicModel, *, by) -> None:
    """Save the draft one version further, under the name of who changed it."""
    draft.version += 1
    draft.changed_by = by
    save_or_refuse(draft)


def keep(draft: LogicModel, way: Way, *, content: dict, by) -> None:
    """Put what the draft was on the way back or forward."""
    EarlierDraft.objects.create(model=draft, way=way, content=content, by=by)


def _forget(draft: LogicModel) -> None:
    """After a new deed there is no way forward, and beyond `STEPS` none back."""
    back = draft.earlier.filter(way=Way.BACK).order_by("-pk")
    too_old = Q(way=Way.BACK, pk__lte=back.values("pk")[STEPS : STEPS + 1])
    draft.earlier.filter(Q(way=Way.FORWARD) | too_old).delete()


def save_or_refuse(row: models.Model) -> None:
    """Save a row; refuses in Japanese what its fields or a constraint forbid."""
    try:
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.is_relation])
    except ValidationError as error:
        raise NotAllowed("／".join(error.messages)) from error
    with constraints_in_words(row):
        row.save()


def at(items: list, index: int) -> object:
    """The item at this place of a list; refuses one that is no longer there."""
    if not 0 <= index < len(items):
        raise NotAllowed("直そうとしたものが、もうありません。画面を開き直してください。")
    return items[index]
