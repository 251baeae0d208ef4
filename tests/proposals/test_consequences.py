"""What becomes of each row of a ledger, in words."""

import pytest

from cityhall import closures
from proposals.ledger.consequences import Cell, line_of
from proposals.models import LedgerRow
from proposals.services import ledger
from tests.proposals.ledger_rows import ADOPTED, PROPOSAL, cells, table, take_in

pytestmark = pytest.mark.django_db


def lines(*rows):
    """The lines of the preview of these rows."""
    read = table(*rows)
    known = {row.key: row.values for row in LedgerRow.objects.all()}
    typed = dict(zip(read.lines, read.rows, strict=True))
    closed = closures.closed_days()
    return [
        line_of(outcome, reading, typed[reading.line], known.get(reading.key), closed)
        for outcome, reading in ledger.preview(read).rows
    ]


def test_a_new_row_comes_in():
    (line,) = lines(cells())

    assert (line.fate, line.says, line.needs_care) == ("新しく入ります。", [], False)


def test_a_refused_row_says_why_and_marks_the_cell():
    (line,) = lines(cells(受付日="2026-04-01"))

    assert line.fate == "入りません。"
    assert line.says == ["受付日：初回相談日より前の日です。"]
    assert line.cells[2] == Cell("2026-04-01", is_wrong=True)


def test_an_unchanged_row_does_nothing():
    take_in(cells())

    (line,) = lines(cells())

    assert (line.fate, line.needs_care) == ("同じです。何もしません。", False)


def test_a_changed_day_shows_both_and_what_the_figures_will_say():
    take_in(cells(ADOPTED))

    (line,) = lines(cells(ADOPTED, 庁内調整開始日="2026-04-28"))

    assert line.cells[3] == Cell("2026-04-28", was="2026-04-24")
    assert line.says == ["初回相談から庁内調整まで 9開庁日 → 11開庁日。"]


def test_a_first_verdict_raises_what_is_decided():
    take_in(cells())

    (line,) = lines(cells(PROPOSAL, 判断="見送り", 判断日="2026-06-01"))

    assert line.cells[4] == Cell("見送り", was="")
    assert line.says == ["判断日：空欄 → 2026-06-01。", "指標の「判断済み」が1つ増えます。"]


def test_a_changed_title_alone_says_so():
    take_in(cells())

    (line,) = lines(cells(件名="架空の提案01（改）"))

    assert line.says == ["件名だけです。"]


def test_changed_remarks_alone_say_so():
    take_in(cells())

    (line,) = lines(cells(備考="電話あり"))

    assert line.says == ["備考だけです。"]
