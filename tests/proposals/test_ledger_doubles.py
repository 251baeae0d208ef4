"""Rows of the ledger that speak of other rows, of sections and of organisations."""

from datetime import date

import pytest

from proposals.workflow import Step
from tests import make
from tests.proposals.ledger_rows import (
    ADOPTED,
    case,
    cells,
    reasons,
    take_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


# --- doubles --------------------------------------------------------------


def test_a_double_later_in_the_file_gives_its_earlier_first_contact_to_its_original():
    take_in(
        cells(番号="P02", 初回相談日="2026-04-01", 受付日="2026-04-10", 重複元="P01"),
        cells(),
    )

    double, original = case("P02"), case("P01")
    assert (double.step, double.merged_into) == (Step.MERGED, original)
    assert original.first_contact_on == date(2026, 4, 1)
    assert (original.number, double.number) == ("R8-0001", "R8-0002")


def test_a_double_corrected_or_taken_back_corrects_its_original():
    take_in(cells(), cells(番号="P02", 初回相談日="2026-04-01", 重複元="P01"), cells(番号="P03"))

    take_in(cells(番号="P02", 初回相談日="2026-04-02", 重複元="P01"))
    assert case("P01").first_contact_on == date(2026, 4, 2)
    take_in(cells(番号="P02", 初回相談日="2026-04-02", 重複元="P03"))
    assert case("P01").first_contact_on == date(2026, 4, 13)
    assert case("P03").first_contact_on == date(2026, 4, 2)
    take_in(cells(番号="P02", 初回相談日="2026-04-02"))

    assert case("P03").first_contact_on == date(2026, 4, 13)
    assert (case("P02").merged_into, case("P02").merged_on, case("P02").step) == (None, None, Step.SORTING)


def test_a_double_of_a_case_stored_before_or_sent_elsewhere_is_accepted():
    take_in(cells(), cells(番号="P02", 移送先="市民の声"))

    report = take_in(cells(番号="P03", 重複元="P01"), cells(番号="P04", 重複元="P02"))

    assert report.summary == "取り込み 2・変更 0・変更なし 0・拒否 0"
    assert case("P02").next_place == "市民の声"


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        ([cells(重複元="P99")], ["P01"]),
        ([cells(受付日=""), cells(番号="P02", 重複元="P01")], ["P01", "P02"]),
        ([cells(重複元="P02"), cells(番号="P02", 重複元="P03"), cells(番号="P03")], ["P01"]),
        ([cells(重複元="P02"), cells(番号="P02", 重複元="P01")], ["P01", "P02"]),
    ],
)
def test_a_double_of_what_is_missing_refused_or_a_double_is_refused(rows, refused):
    report = take_in(*rows)

    assert [reading.key for reading in report.refused] == refused


def test_an_original_known_from_an_earlier_file_cannot_become_a_double():
    take_in(cells(), cells(番号="P02", 重複元="P01"), cells(番号="P03"))

    report = take_in(cells(重複元="P03"))

    assert reasons(report) == ["P01（2行目） 重複元：この番号は、ほかの番号の重複元です。"]


def test_original_and_double_may_change_places_in_one_file():
    take_in(cells(), cells(番号="P02", 重複元="P01"))

    report = take_in(cells(重複元="P02"), cells(番号="P02"))

    assert report.summary == "取り込み 0・変更 2・変更なし 0・拒否 0"
    assert (case("P01").merged_into, case("P02").merged_into) == (case("P02"), None)


# --- sections, organisations ----------------------------------------------


def test_a_section_is_found_by_its_name_on_the_day_of_the_verdict():
    make.department("架空旧課", valid_from=None, valid_to=date(2026, 6, 30))
    make.department("架空新課", valid_from=date(2026, 7, 1))

    report = take_in(
        cells(ADOPTED, 所管課="架空新課"),
        cells(ADOPTED, 番号="P02", 所管課="架空旧課"),
        cells(番号="P03", 所管課="架空旧課"),
    )

    assert [reading.key for reading in report.refused] == ["P02"]
    assert "「架空旧課」は、2026-07-31にはない課です。" in reasons(report)[0]
    assert (case("P01").department.name, case("P03").department.name) == ("架空新課", "架空旧課")


def test_one_organisation_for_two_ways_of_writing_its_name_and_two_for_two_numbers():
    take_in(
        cells(団体名="株式会社架空"),
        cells(番号="P02", 団体名="㈱架空", 法人番号="4011001098993"),
        cells(番号="P03", 団体名="株式会社架空", 法人番号="7123456789012"),
    )

    assert case("P01").organization == case("P02").organization
    assert case("P01").organization.corporate_number == "4011001098993"
    assert case("P03").organization != case("P01").organization


def test_the_name_of_a_case_is_kept_as_typed():
    take_in(cells(団体名="株式会社架空"), cells(番号="P02", 団体名="㈱架空"))

    assert case("P02").submissions.get().organization_name == "㈱架空"
