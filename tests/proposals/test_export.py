"""一覧の書き出し: the ledger's columns and where a case stands, in three encodings, no formula, no "?"."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from cityhall.models import Reading
from cityhall.tables import read_table
from proposals.ledger.columns import HEADINGS
from proposals.ledger.export import ALL_COLUMNS
from proposals.models import DeskJob, Proposal, Track
from proposals.services import jobs, ledger
from proposals.services.moves import leave
from proposals.workflow import Step
from tests import make
from tests.proposals.test_ledger import cells, take_in

pytestmark = pytest.mark.django_db
EXPORT = "/admin/proposals/proposal/export/"


def written(client, form="xlsx", query="list=all"):
    page = client.post(f"{EXPORT}?{query}", {"format": form, "token": form + query}, follow=True)
    return client.get(page.redirect_chain[-1][0] + "file/")


def table(client, form="xlsx", query="list=all"):
    return read_table(written(client, form, query).content)


@pytest.mark.parametrize("form", ["xlsx", "utf-8-sig", "cp932"])
def test_the_narrowed_list_is_written_in_its_order(client, desk, form):
    later = make.proposal(Step.SORTING, by=desk, fields=["環境"])
    sooner = make.submission(fields=["環境"])
    make.submission()

    read = table(client, form, "field=%E7%92%B0%E5%A2%83")

    assert read.columns == ALL_COLUMNS
    assert [row["受付番号"] for row in read.rows] == [sooner.number, later.number]
    assert [row["段階"] for row in read.rows] == ["①受付", "②内容整理"]
    assert (read.rows[0]["期限"], read.rows[0]["いまの番"]) == (sooner.due_on.isoformat(), "窓口")


@pytest.mark.both
@pytest.mark.parametrize("form", ["xlsx", "utf-8-sig", "cp932"])
def test_what_is_written_is_read_by_the_import_without_a_change(client, desk, form):
    make.department("架空課")
    take_in(
        cells(),
        cells(番号="P02", 区分="相談", 受付日="", 備考="二行の\n備考"),
        cells(番号="P03", 判断="継続協議", 判断日="2026-06-01", 再判断="採用", 再判断日="2026-07-01"),
        cells(番号="P04", 重複元="P01"),
        cells(番号="P05", 移送先="市民の声"),
        cells(番号="P06", 判断="見送り", 判断日="2026-06-01", 再開日="2026-06-02"),
    )  # fmt: skip
    make.submission(title="=1+1"), make.submission(track=Track.CONSULTATION)
    leave(make.submission(), "out_of_scope", by=desk, note="営業だけのため", next_place="架空の窓口")

    report = ledger.preview(table(client, form))

    assert report.summary == f"取り込み 0・変更 0・変更なし {Proposal.objects.count()}・拒否 0"


def test_a_row_under_our_number_that_is_another_case_is_taken_in(client, desk):
    case = make.submission()

    report = ledger.preview(read_ledger(cells(番号=case.number)))

    assert report.summary == "取り込み 1・変更 0・変更なし 0・拒否 0"


def read_ledger(row):
    lines = [",".join(row), ",".join(str(value) for value in row.values())]
    return read_table("\n".join(lines).encode())


def test_a_case_taken_further_is_written_as_it_is_now(client, desk):
    take_in(cells())
    case = Proposal.objects.get()
    leave(case, "out_of_scope", by=desk, note="営業だけのため", next_place="架空の窓口")

    row = table(client, query="list=all").rows[0]

    assert (row["番号"], row["判断"], row["判断日"]) == ("P01", "対象外", date.today().isoformat())


def test_a_cell_is_never_a_formula(client, desk):
    make.submission(title="=HYPERLINK(1)")

    assert "'=HYPERLINK" in written(client, "utf-8-sig").content.decode("utf-8-sig")


def test_signs_that_cp932_lacks_are_told_by_row_and_no_file_is_made(client, desk):
    make.submission()
    bad = make.submission(title="架空の髙橋𠮷🏠")

    page = client.post(f"{EXPORT}?list=all", {"format": "cp932", "token": "x"}, follow=True)

    assert [number for number, _ in page.context["skipped"]] == [bad.number]
    assert "「𠮷🏠」は、この文字コードでは書けません。" in page.text
    assert "ファイルを受け取る" not in page.text
    assert client.get(page.redirect_chain[-1][0] + "file/").status_code == 404


def test_who_took_what_out_is_noted_each_time(client, desk):
    make.submission()

    written(client, query="step=intake")
    written(client, query="step=intake")

    noted = Reading.objects.filter(what="一覧の書き出し")
    assert [(one.by, one.detail) for one in noted] == [(desk, "xlsx 1件 step=intake")] * 2
    assert DeskJob.objects.count() == 1


def test_a_list_is_not_taken_out_over_and_over(client, desk):
    cache.clear()
    make.submission()

    codes = [client.post(EXPORT, {"format": "xlsx", "token": f"t{n}"}).status_code for n in range(31)]

    assert codes == [302] * 30 + [429]


def test_a_bad_narrowing_is_told(client, desk):
    assert client.get(f"{EXPORT}?foo=1").status_code == 400
    assert "案件が選ばれていません。" in client.post(EXPORT, {"format": "xlsx"}).text


def test_a_file_is_its_owners_and_gone_after_a_day(client, desk, time_machine):
    make.submission()
    written(client)
    path = f"/admin/proposals/proposal/jobs/{DeskJob.objects.get().token}/file/"
    assert client.get(path)["Cache-Control"]
    client.force_login(make.desk())
    assert client.get(path).status_code == 404
    client.force_login(desk)

    time_machine.move_to(timezone.now() + jobs.FILE_KEPT + timedelta(minutes=1), tick=True)
    jobs.forget_old()

    client.force_login(desk)
    assert client.get(path).status_code == 404


def test_the_ledgers_columns_come_first():
    assert ALL_COLUMNS[: len(HEADINGS)] == HEADINGS
