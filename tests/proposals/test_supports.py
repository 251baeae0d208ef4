"""The table of 地域活動支援, taken in."""

import pytest

from cityhall.tables import Table, UnreadableTable
from proposals.ledger.supports import HEADINGS
from proposals.models import Delivery, Organization, Support
from proposals.services import supports

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ROW = {
    "提供者": "架空企業X",
    "提供者区分": "企業",
    "受け手": "架空こども食堂Y",
    "受け手区分": "市民活動団体",
    "目的": "食材の提供",
    "実施日": "2026-10-10",
    "窓口経由": "はい",
}


def take_in(*rows):
    return supports.take_in(Table("utf-8", HEADINGS, list(rows), list(range(2, len(rows) + 2))))


def test_deliveries_of_one_provider_recipient_and_purpose_are_one_support():
    report = take_in(ROW, ROW | {"実施日": "R8.11.14"}, ROW | {"目的": "場所の提供"})

    assert report.summary == "取り込み 3・変更 0・変更なし 0・拒否 0"
    assert (Support.objects.count(), Delivery.objects.count()) == (2, 3)


def test_two_equal_rows_are_one_delivery_and_a_second_import_changes_nothing():
    first = take_in(ROW, ROW)

    second = take_in(ROW, ROW)

    assert first.summary == "取り込み 1・変更 0・変更なし 1・拒否 0"
    assert second.summary == "取り込み 0・変更 0・変更なし 2・拒否 0"
    assert Delivery.objects.count() == 1


def test_a_row_without_a_day_is_a_promise():
    take_in(ROW | {"実施日": ""})

    assert (Support.objects.count(), Delivery.objects.count()) == (1, 0)


def test_what_the_desk_did_not_arrange_is_kept_apart():
    take_in(ROW, ROW | {"窓口経由": "いいえ"})

    assert sorted(Support.objects.values_list("via_desk", flat=True)) == [False, True]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("提供者", ""),
        ("提供者区分", "市"),
        ("受け手区分", "こども食堂"),
        ("目的", ""),
        ("実施日", "10月"),
        ("窓口経由", ""),
        ("窓口経由", "たぶん"),
    ],
)
def test_a_row_is_refused_by_line_and_column_and_leaves_no_trace(column, cell):
    report = take_in(ROW | {column: cell})

    assert f"（2行目） {column}：" in str(report.refused[0])
    assert Organization.objects.count() == 0


def test_nobody_supports_itself():
    report = take_in(ROW | {"受け手": "株式会社架空企業X", "受け手区分": "企業"})

    assert "同じ団体です" in str(report.refused[0])
    assert not Support.objects.exists()


def test_a_file_without_the_headings_is_no_table_of_supports():
    with pytest.raises(UnreadableTable, match="提供者区分"):
        supports.take_in(Table("utf-8", ["提供者"], [], []))
