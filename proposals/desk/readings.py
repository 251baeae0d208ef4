"""見立て: both readers side by side, viewpoint by viewpoint; no total, no rank, no line."""

from collections.abc import Iterable

from cityhall.models import User
from proposals.models import Assessment, Proposal
from proposals.viewpoints import GAP, READERS, VIEWPOINTS, Viewpoint

NOT_YET = "まだ"
HIDDEN = "自分の見立てを残すと見えます"


def readings(case: Proposal, user, marks: Iterable[Assessment]) -> dict:
    """What this person may see: of a viewpoint the other's mark only once the own is kept."""
    readers = {mark.reader_id: mark.reader for mark in marks}
    by_place = {(mark.viewpoint, mark.reader_id): mark for mark in marks}
    may_read = user.pk in readers or len(readers) < READERS
    return {
        "readers": list(readers.values()),
        "waits_for": READERS - len(readers),
        "may_read": may_read and case.is_open,
        "has_read": user.pk in readers,
        "done": sum(1 for v in VIEWPOINTS if all((v.number, pk) in by_place for pk in readers)),
        "of": len(VIEWPOINTS),
        "lines": [_line(v, user, readers, by_place, may_read) for v in VIEWPOINTS] if readers else [],
    }


def _line(viewpoint: Viewpoint, user, readers: dict, by_place: dict, may_read: bool) -> dict:
    is_shown = not may_read or (viewpoint.number, user.pk) in by_place
    cells = [
        _cell(viewpoint, by_place.get((viewpoint.number, pk)), is_shown or pk == user.pk) for pk in readers
    ]
    levels = [cell["level"] for cell in cells if cell["level"] is not None]
    gap = max(levels) - min(levels) if len(levels) == READERS else 0
    return {
        "viewpoint": viewpoint,
        "cells": cells,
        "gap": f"{gap}つの開き" if gap >= GAP else "",
        "comments": [(cell["reader"], cell["comment"]) for cell in cells if cell["comment"]],
    }


def _cell(viewpoint: Viewpoint, mark: Assessment | None, is_shown: bool) -> dict:
    if mark is None or not is_shown:
        words = HIDDEN if mark else NOT_YET
        return {"level": None, "words": words, "comment": "", "reader": ""}
    return {
        "level": mark.level,
        "words": viewpoint.anchors[mark.level],
        "comment": mark.comment,
        "reader": mark.reader,
    }


def marks_of(case: Proposal) -> list[Assessment]:
    """All marks of a case (of `find_case`), the first reader's first."""
    return [
        Assessment(viewpoint=viewpoint, level=level, comment=comment, reader=User(pk=pk, name=name))
        for _, viewpoint, level, comment, pk, name in sorted(case.marks or ())
    ]
