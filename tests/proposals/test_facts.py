"""What the trail says: a pure fold over records, as of any day (ledger.md)."""

from datetime import date
from itertools import permutations
from typing import NamedTuple

import pytest

from proposals.facts import FACT_KINDS, Facts, fold
from proposals.workflow import Kind, Verdict


class Row(NamedTuple):
    """As much of a record as the fold asks for."""

    kind: str
    on: date
    place: int
    verdict: str = ""
    acted_as: str = ""


def day(text):
    return date.fromisoformat(f"2026-{text}")


def trail(*rows):
    """Records in the order they were written: "06-01 verdict adopted"."""
    split = (row.split() for row in rows)
    return [Row(kind, day(on), n, *verdict) for n, (on, kind, *verdict) in enumerate(split, 1)]


def facts(*rows, until=None):
    return fold(trail(*rows), until=until and day(until))


BEGUN = ["04-13 first_contact", "04-20 received", "04-24 coordination"]


def test_no_records_say_nothing():
    assert fold([]) == Facts()


def test_the_days_of_a_case():
    said = facts(*BEGUN, "07-31 verdict adopted")

    assert said == Facts(
        first_contact_on=day("04-13"),
        received_on=day("04-20"),
        coordination_started_on=day("04-24"),
        verdict=Verdict.ADOPTED,
        verdict_on=day("07-31"),
        adopted_on=day("07-31"),
    )


def test_the_order_of_writing_makes_no_difference_when_the_days_differ():
    rows = trail(*BEGUN, "07-31 verdict adopted")

    assert len({tuple(vars(fold(order)).values()) for order in permutations(rows)}) == 1


def test_on_one_day_the_place_decides():
    rows = ["07-31 verdict adopted", "07-31 reopened", "07-31 verdict declined"]

    assert facts(*rows).verdict == Verdict.DECLINED
    assert facts(*reversed(rows)).verdict == Verdict.ADOPTED


@pytest.mark.parametrize(
    ("until", "verdict", "adopted_on"),
    [
        ("04-12", "", None),
        ("07-30", "", None),
        ("07-31", "adopted", "07-31"),
        ("08-15", "adopted", "07-31"),
        ("08-16", "", None),
        ("09-01", "declined", None),
    ],
)
def test_as_of_a_day_only_what_happened_by_then_counts(until, verdict, adopted_on):
    said = facts(*BEGUN, "07-31 verdict adopted", "08-16 reopened", "09-01 verdict declined", until=until)

    assert (said.verdict, said.adopted_on) == (verdict, adopted_on and day(adopted_on))


def test_before_the_first_contact_there_is_nothing():
    assert facts(*BEGUN, until="04-12") == Facts()


def test_the_earliest_contact_the_first_receipt_and_the_first_coordination_count():
    said = facts(*BEGUN, "04-10 first_contact", "05-01 first_contact", "05-01 received", "05-01 coordination")

    assert (said.first_contact_on, said.received_on, said.coordination_started_on) == (
        day("04-10"),
        day("04-20"),
        day("04-24"),
    )


@pytest.mark.parametrize("verdict", list(Verdict), ids=str)
def test_every_verdict_but_going_on_talking_closes_a_case(verdict):
    assert facts(f"07-31 verdict {verdict}").is_closed is (verdict != Verdict.CONTINUED)


@pytest.mark.parametrize("verdict", [v for v in Verdict if v != Verdict.ADOPTED], ids=str)
def test_only_an_adoption_adopts(verdict):
    assert facts(f"07-31 verdict {verdict}").adopted_on is None


def test_a_conditional_adoption_adopts_when_its_conditions_are_met():
    rows = ["07-31 verdict conditional", "09-15 conditions_met"]

    assert facts(*rows, until="09-14").adopted_on is None
    assert facts(*rows).adopted_on == facts(*rows).conditions_met_on == day("09-15")


def test_conditions_that_lapse_leave_no_adoption():
    said = facts("07-31 verdict conditional", "09-15 verdict declined")

    assert (said.verdict, said.adopted_on, said.conditions_met_on) == (Verdict.DECLINED, None, None)


def test_a_later_verdict_takes_the_place_of_the_one_before_it():
    said = facts("07-31 verdict continued", "09-15 verdict adopted")

    assert (said.verdict, said.verdict_on, said.adopted_on) == (Verdict.ADOPTED, day("09-15"), day("09-15"))


def test_cancelling_before_the_start_takes_the_adoption_but_not_the_verdict():
    said = facts("07-31 verdict adopted", "08-20 cancelled")

    assert (said.verdict, said.cancelled_on, said.adopted_on) == (Verdict.ADOPTED, day("08-20"), None)


def test_conditions_met_after_a_cancellation_adopt_nothing():
    assert facts("07-31 verdict conditional", "08-20 cancelled", "08-25 conditions_met").adopted_on is None


def test_taking_a_case_up_again_forgets_its_verdict_and_keeps_its_beginning():
    said = facts(*BEGUN, "07-31 verdict adopted", "08-20 cancelled", "09-01 reopened")

    assert said == facts(*BEGUN, "09-01 reopened")
    assert (said.reopened_on, said.received_on, said.is_closed) == (day("09-01"), day("04-20"), False)


def test_what_was_announced_is_announced_until_the_next_verdict():
    told = ["07-31 verdict continued", "08-05 announced continued"]

    assert facts(*told).announced_on == day("08-05")
    assert facts(*told, "09-15 verdict adopted").announced_on is None
    assert facts("07-31 verdict declined", "08-05 announced declined", "09-01 reopened").announced_on is None


def test_conditions_met_are_announced_apart_also_when_the_condition_was_told_later():
    told = ["07-31 verdict conditional", "08-10 announced conditional", "08-08 conditions_met"]

    assert facts(*told[:2]).announced_on == day("08-10")
    assert facts(*told).announced_on is None
    assert facts(*told, "08-11 announced adopted").announced_on == day("08-11")


def test_a_case_handed_on_and_taken_up_again_is_no_longer_handed_on():
    assert facts("05-01 handed_on").transferred_on == day("05-01")
    assert facts("05-01 handed_on", "05-09 reopened").transferred_on is None


def test_a_double_knows_its_day():
    assert facts("05-01 merged").merged_on == day("05-01")


@pytest.mark.parametrize("kind", [k for k in Kind if k not in FACT_KINDS], ids=str)
def test_other_records_change_no_fact(kind):
    assert facts(f"05-01 {kind}") == Facts()


@pytest.mark.parametrize("kind", FACT_KINDS, ids=str)
def test_every_kind_that_tells_a_fact_tells_one(kind):
    verdict = " adopted" if kind == Kind.VERDICT else ""

    assert facts(f"05-01 {kind}{verdict}") != Facts()
