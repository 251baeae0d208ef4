"""The survey's table taken in: looked at first, row by row, nothing twice, nobody back who left."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cityhall.tables import Table, UnreadableTable, read_table
from proposals.ledger.report import Outcome
from proposals.ledger.resources import HEADINGS
from proposals.models import Resource
from proposals.services import resource_rows, resources, table_imports
from tests import make, make_town, town_survey

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ROW = {
    "団体名": "架空ひだまり食堂",
    "団体区分": "市民活動団体",
    "活動の分野": "食の支援、居場所づくり",
    "区域": "座間市",
    "紹介してよいか": "はい",
    "それを聞いた日": "R8.10.1",
}


def table(*rows):
    told = [dict.fromkeys(HEADINGS, "") | row for row in rows]
    return Table("utf-8", list(HEADINGS), told, list(range(2, len(rows) + 2)))


def take_in(*rows, by=None):
    """The outcomes after storing."""
    report = resource_rows.preview(table(*rows))
    by = by or make.desk()
    wanted = (Outcome.NEW, Outcome.CHANGED)
    report.rows = [
        (resource_rows.store_row(outcome, reading, by=by) if outcome in wanted else outcome, reading)
        for outcome, reading in report.rows
    ]
    return report


def brought(data, name="調査.csv"):
    """A file brought and taken in whole."""
    desk = make.desk()
    batch = table_imports.receive(data, kind="resources", name=name, by=desk)
    table_imports.order(batch, by=desk)
    while table_imports.carry_on(batch.pk, open_project=None):
        pass
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize("made", [town_survey.as_csv, town_survey.as_xlsx])
def test_the_survey_of_sixty_goes_in_whole_and_a_second_time_changes_nothing(made):
    batch = brought(made())

    assert batch.counts == {"取り込み": 60, "変更": 0, "変更なし": 0, "拒否": 0}
    assert Resource.objects.kept().count() == 60
    assert Resource.objects.shown().count() == 52
    again = resource_rows.preview(read_table(made()))
    assert again.summary == "取り込み 0・変更 0・変更なし 60・拒否 0"


def test_looking_at_a_file_stores_nothing():
    resource_rows.preview(table(ROW))

    assert not Resource.objects.exists()


def test_a_changed_row_puts_right_what_it_says_and_leaves_what_it_does_not():
    take_in(ROW | {"出せるもの": "調理室", "電話番号": "046-252-7000"})

    report = take_in(ROW | {"区域": "座間市、大和市"})

    one = Resource.objects.get()
    assert report.summary == "取り込み 0・変更 1・変更なし 0・拒否 0"
    assert (one.areas, one.offers, one.phone) == (["座間市", "大和市"], "調理室", "046-252-7000")


def test_what_was_heard_on_an_older_day_does_not_stand_over_what_was_heard_since():
    take_in(ROW)
    one = Resource.objects.get()
    resources.say_consent(one, by=make.desk(), consent="no", on=date(2026, 11, 1))

    report = take_in(ROW)

    one.refresh_from_db()
    assert (report.summary, one.consent) == ("取り込み 0・変更 0・変更なし 1・拒否 0", "no")


def test_one_that_left_comes_back_by_no_older_file():
    take_in(ROW)
    resources.remove(Resource.objects.get(), by=make.desk(), reason="外してほしいと連絡")

    report = take_in(ROW)

    assert "外しています" in str(report.refused[0])
    assert not Resource.objects.kept().exists()


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("団体名", "", "空です"),
        ("団体区分", "こども食堂", "使えない言葉"),
        ("活動の分野", "食の支援、占い", "占い"),
        ("区域", "", "空です"),
        ("電話番号", "12", "電話番号として読めません"),
        ("メールアドレス", "だれか", "メールアドレスとして読めません"),
        ("メールアドレス", f"{'a' * 250}@example.com", "254字まで"),
        ("それを聞いた日", "", "聞いた日を書いて"),
        ("内容を確かめた日", str(timezone.localdate() + timedelta(3)), "今日までの日"),
        ("活動の内容", "あ" * 601, "600字まで"),
    ],
)
def test_a_row_is_refused_by_line_and_column_and_leaves_no_trace(column, cell, why):
    report = take_in(ROW | {column: cell})

    assert "（2行目）" in str(report.refused[0]) and why in str(report.refused[0])
    assert not Resource.objects.exists()


def test_the_second_of_two_equal_rows_is_refused_and_a_name_alike_is_told():
    make_town.resource({"name": "架空ひだまり食堂の会", "kind": "civic"}, by=make.desk())

    report = take_in(ROW, ROW)

    assert "2行目と同じ" in str(report.refused[0])
    assert report.rows[0][1].row.alike == "架空ひだまり食堂の会"


def test_a_file_of_something_else_is_refused_and_not_kept():
    with pytest.raises(UnreadableTable, match="活動の分野"):
        table_imports.receive("団体名\n架空\n".encode(), kind="resources", name="a.csv", by=make.desk())


def test_whom_to_call_is_not_kept_with_a_refused_row():
    wrong = town_survey.as_csv(2).replace("市民活動団体".encode(), "謎".encode())

    batch = brought(wrong)

    assert batch.counts["拒否"] == 1
    assert "town1@example.com" not in str(batch.refused)


def test_reading_a_file_costs_the_same_for_many_entries(django_assert_num_queries):
    brought(town_survey.as_csv(20))

    with django_assert_num_queries(1):
        resource_rows.preview(read_table(town_survey.as_csv()))
