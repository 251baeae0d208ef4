"""The walk along a trail: corrected, late written and out of order."""

from datetime import date
from types import SimpleNamespace

import pytest

from proposals.spans import spans

UNTIL = date(2026, 12, 31)


def record(pk, day, kind="move", source="", target="", holder="desk", supersedes=None, place=None, by="desk"):
    return SimpleNamespace(
        pk=pk,
        place=place or pk,
        on=date(2026, 6, day),
        kind=kind,
        source=source,
        target=target,
        holder=holder,
        supersedes_id=supersedes,
        acted_as=by,
    )


FIRST = record(1, 1, "first_contact", target="intake")
ACCEPT = record(2, 3, source="intake", target="sorting")
ASKED = record(3, 5, "asked", target="sorting")
START = record(4, 5, source="sorting", target="hearing", holder="section")


def walk(*records, until=UNTIL):
    return [
        (span.step, span.holder, span.entered_on.day, span.left_on and span.left_on.day)
        for span in spans(records, until=until)
    ]


def test_a_span_ends_where_the_next_begins_and_the_last_lasts():
    assert walk(FIRST, ACCEPT, ASKED, START) == [
        ("intake", "desk", 1, 3),
        ("sorting", "desk", 3, 5),
        ("hearing", "section", 5, None),
    ]


def test_the_holder_changes_within_a_step():
    answered = record(5, 9, "answered", target="hearing", holder="desk")

    assert walk(FIRST, ACCEPT, START, answered)[-2:] == [
        ("hearing", "section", 5, 9),
        ("hearing", "desk", 9, None),
    ]


def test_what_happens_after_the_day_is_not_known_on_it():
    assert walk(FIRST, ACCEPT, START, until=date(2026, 6, 4)) == [
        ("intake", "desk", 1, 3),
        ("sorting", "desk", 3, None),
    ]


def test_a_verdict_written_down_late_ends_the_span_on_its_own_day():
    refer = record(5, 8, source="hearing", target="decision", holder="decider")
    paper = record(6, 15, "model_fixed", target="decision", holder="decider")
    verdict = record(7, 12, "verdict", source="decision", target="adopted", holder="")

    assert walk(FIRST, ACCEPT, START, refer, paper, verdict)[-1] == ("decision", "decider", 8, 12)


def test_a_corrected_day_moves_the_change_and_keeps_the_move():
    corrected = record(5, 2, target="hearing", supersedes=2, place=2)

    assert walk(FIRST, ACCEPT, START, corrected)[:2] == [("intake", "desk", 1, 2), ("sorting", "desk", 2, 5)]


def test_a_note_changes_nothing():
    assert walk(FIRST, record(2, 4, "note", target="hearing", holder="section")) == [
        ("intake", "desk", 1, None)
    ]


@pytest.mark.parametrize(("by", "known"), [("ledger", 1), ("desk", 2)])
def test_time_between_two_entries_of_the_old_ledger_is_not_known(by, known):
    first = record(1, 1, "first_contact", target="intake", by="ledger")
    moved = record(2, 3, "received", source="intake", target="sorting", by=by)

    assert len(walk(first, moved)) == known
