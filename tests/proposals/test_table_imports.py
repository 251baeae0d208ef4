"""A ledger brought to the desk's page, slice by slice."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cityhall.refusal import NotAllowed
from cityhall.tables import UnreadableTable
from proposals.models import LedgerRow, TableImport
from proposals.services import table_imports
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]

HEAD = "番号,区分,件名,団体名,団体区分,初回相談日,受付日\n"
GOOD = "{0},提案,架空の提案{0},架空団体,企業,2026-04-13,2026-04-20\n"
BAD = "{0},提案,架空の提案{0},架空団体,企業,2026-04-13,2026-04-01\n"


def file_of(*rows):
    return (HEAD + "".join(rows)).encode("cp932")


def no_project(case, *, key):
    pass


def brought(*rows, by=None):
    return table_imports.receive(file_of(*rows), kind="ledger", name="台帳.csv", by=by or make.desk())


def taken_in(batch):
    """The import after its last slice."""
    while table_imports.carry_on(batch.pk, open_project=no_project):
        pass
    batch.refresh_from_db()
    return batch


def test_a_file_only_brought_changes_nothing():
    batch = brought(GOOD.format("K1"))

    assert (batch.state, LedgerRow.objects.count()) == ("ready", 0)


@pytest.mark.parametrize("maker", ["manager", "admin"])
def test_only_the_desk_brings_a_ledger(maker):
    with pytest.raises(NotAllowed):
        brought(GOOD.format("K1"), by=getattr(make, maker)())


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "空です"),
        ("名前,値\n架空,1\n".encode(), "番号"),
        (b"\xff\xfe\x00", "保存して"),
        (bytes(table_imports.MOST_BYTES + 1), "10MBまで"),
    ],
)
def test_what_is_no_ledger_is_refused_and_not_kept(data, why):
    with pytest.raises(UnreadableTable, match=why):
        table_imports.receive(data, kind="ledger", name="台帳.csv", by=make.desk())

    assert not TableImport.objects.exists()


def test_good_rows_go_in_and_the_bad_ones_are_told_with_their_cells():
    batch = brought(GOOD.format("K1"), BAD.format("K2"), GOOD.format("K3"))
    table_imports.order(batch, by=make.desk())

    batch = taken_in(batch)

    assert (batch.state, batch.counts, batch.done) == (
        "done",
        {"取り込み": 2, "変更": 0, "変更なし": 0, "拒否": 1},
        2,
    )
    assert [(row["line"], row["key"], row["cells"][0]) for row in batch.refused] == [(3, "K2", "K2")]
    assert sorted(LedgerRow.objects.values_list("key", flat=True)) == ["K1", "K3"]
    assert bytes(batch.data) == b""


def test_a_long_file_goes_in_slice_by_slice_and_says_how_far_it_is(monkeypatch):
    monkeypatch.setattr(table_imports, "SLICE", 2)
    batch = brought(*(GOOD.format(f"K{n}") for n in range(5)))
    table_imports.order(batch, by=make.desk())

    is_more = table_imports.carry_on(batch.pk, open_project=no_project)

    batch.refresh_from_db()
    assert (is_more, batch.done, batch.total, LedgerRow.objects.count()) == (True, 2, 5, 2)
    assert taken_in(batch).counts["取り込み"] == 5


def test_a_row_refused_while_storing_is_not_tried_for_ever():
    def refuse(case, *, key):
        raise NotAllowed("架空の理由です。")

    batch = table_imports.order(brought(GOOD.format("K1")), by=make.desk())

    is_more = table_imports.carry_on(batch.pk, open_project=refuse)

    batch.refresh_from_db()
    assert (is_more, batch.state, batch.counts["拒否"]) == (False, "done", 1)
    assert batch.refused[0]["problems"] == [["行", "架空の理由です。"]]
    assert not LedgerRow.objects.exists()


def test_a_second_press_and_a_second_worker_change_nothing():
    batch, desk = brought(GOOD.format("K1")), make.desk()
    table_imports.order(batch, by=desk)
    table_imports.order(batch, by=desk)
    taken_in(batch)

    is_more = table_imports.carry_on(batch.pk, open_project=no_project)

    assert (is_more, LedgerRow.objects.count()) == (False, 1)


def test_what_a_worker_left_is_found_again():
    batch = table_imports.order(brought(GOOD.format("K1")), by=make.desk())
    TableImport.objects.filter(pk=batch.pk).update(state="taking")
    assert not table_imports.waiting().exists()

    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert list(table_imports.waiting()) == [batch]
        assert taken_in(batch).state == "done"


def test_a_file_whose_rows_are_all_stored_already_is_not_taken_in():
    taken_in(table_imports.order(brought(GOOD.format("K1")), by=make.desk()))

    with pytest.raises(NotAllowed, match="取り込む行がありません"):
        table_imports.order(brought(GOOD.format("K1")), by=make.desk())


def test_what_nobody_took_in_goes_after_a_week():
    brought(GOOD.format("K1"))

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert table_imports.forget_untaken() == 1
