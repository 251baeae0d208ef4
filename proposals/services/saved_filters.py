"""絞り込み: lists somebody narrowed and kept under a name, for themselves or for all of the desk."""

from django.db import IntegrityError, transaction

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from proposals.models import SavedFilter

MOST = 30  # a person keeps; more would be no list any more
SAME_NAME = "同じ名前の絞り込みが、もうあります。別の名前にしてください。"


@transaction.atomic
def keep(query: str, *, by, name: str, is_shared: bool = False) -> SavedFilter:
    """Keep a narrowed list under a name; the same list under the same name is kept once.

    Refuses anybody but the desk, a name used for another list, nothing to keep, and more than MOST.
    """
    access.require(by, Role.DESK)
    if not query:
        raise NotAllowed("先に一覧を絞り込んでください。")
    kept = SavedFilter.objects.filter(owner=by)
    if same := kept.filter(name=name).first():
        if same.query != query:
            raise NotAllowed(SAME_NAME)
        return share(same, by=by, is_shared=is_shared)
    if kept.count() >= MOST:
        raise NotAllowed(f"絞り込みは{MOST}個までです。使わないものを消してください。")
    try:
        with transaction.atomic():
            return SavedFilter.objects.create(owner=by, name=name, query=query, is_shared=is_shared)
    except IntegrityError:
        raise NotAllowed(SAME_NAME) from None


def share(kept: SavedFilter, *, by, is_shared: bool) -> SavedFilter:
    """Show it to all of the desk, or to its owner alone; refuses anybody but its owner."""
    _require_owner(kept, by)
    kept.is_shared = is_shared
    kept.save(update_fields=["is_shared"])
    return kept


def remove(kept: SavedFilter, *, by) -> None:
    """Forget it; refuses anybody but its owner."""
    _require_owner(kept, by)
    kept.delete()


def _require_owner(kept: SavedFilter, by) -> None:
    access.require(by, Role.DESK)
    if kept.owner_id != by.pk:
        raise NotAllowed("ほかの人の絞り込みは変えられません。")
