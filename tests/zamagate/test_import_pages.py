"""受付台帳の取込み at the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cityhall.tables import read_table, write_xlsx
from proposals.models import LedgerRow, TableImport
from tests import make
from zamagate.tasks import take_in_table, take_in_waiting_tables

pytestmark = pytest.mark.django_db

COLUMNS = ["番号", "区分", "件名", "団体名", "団体区分", "初回相談日", "受付日", "庁内調整開始日"]
GOOD = ["K1", "提案", "架空の提案", "架空団体", "企業", "2026-04-13", "2026-04-20", ""]
BAD = ["K2", "提案", "架空の提案2", "架空団体", "企業", "2026-05-11", "2026-05-12", "2026-05-01"]
BAD_TOO = ["K3", "提案", "架空の提案3", "架空団体", "謎", "2026-05-11", "2026-05-12", ""]


@pytest.fixture
def desk(client):
    client.force_login(make.desk())
    return client


def sheet(*rows, encoding="xlsx"):
    if encoding == "xlsx":
        return write_xlsx(COLUMNS, rows, title="台帳")
    return "\n".join(",".join(row) for row in [COLUMNS, *rows]).encode(encoding)


def bring(client, data, name="台帳.xlsx"):
    return client.post(
        reverse("admin:import_bring", args=["ledger"]), {"file": SimpleUploadedFile(name, data)}, follow=True
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "xlsx"])
def test_every_kind_of_file_is_shown_before_anything_changes(desk, encoding):
    page = bring(desk, sheet(GOOD, BAD, encoding=encoding))

    assert page.status_code == 200
    body = page.content.decode()
    assert "1行を除いて、1件を取り込む" in body
    assert "庁内調整開始日：初回相談日より前の日です。" in body
    assert not LedgerRow.objects.exists()


def test_taking_in_leaves_the_two_bad_rows_out_and_gives_them_back(desk):
    bring(desk, sheet(GOOD, BAD, BAD_TOO))
    batch = TableImport.objects.get()
    address = reverse("admin:import_look", args=["ledger", batch.token])
    assert "取り込んでいます" in desk.post(address, follow=True).content.decode()

    take_in_table(batch.pk)

    page = desk.get(address).content.decode()
    assert "取り込みました" in page
    assert [row.key for row in LedgerRow.objects.all()] == ["K1"]
    given = desk.get(reverse("admin:import_refused", args=["ledger", batch.token]))
    rows = read_table(given.content).rows
    assert [row["番号"] for row in rows] == ["K2", "K3"]
    assert rows[0]["入らない理由"] == "庁内調整開始日：初回相談日より前の日です。"


def test_a_mended_file_shows_what_would_change_and_comes_in_once(desk):
    bring(desk, sheet(GOOD))
    desk.post(reverse("admin:import_look", args=["ledger", TableImport.objects.get().token]))
    take_in_waiting_tables()

    page = bring(desk, sheet([*GOOD[:7], "2026-04-24"])).content.decode()

    assert "<ins>2026-04-24</ins>" in page
    assert "初回相談から庁内調整まで まだ → 9開庁日。" in page
    assert LedgerRow.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("空.csv", b"", "ファイルが空です"),
        ("絵.png", b"\x89PNG\r\n\x1a\n\x00\x00", "CSV（UTF-8、CP932）で保存"),
        ("別の表.csv", "名前,電話\n架空,1\n".encode(), "番号"),
        ("古い.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "パスワードを外し"),
    ],
)
def test_what_is_no_ledger_is_refused_at_the_field(desk, name, data, why):
    page = bring(desk, data, name)

    assert page.status_code == 200
    assert why in page.content.decode()
    assert not TableImport.objects.exists()


def test_a_press_without_a_file_says_what_to_do(desk):
    page = desk.post(reverse("admin:import_bring", args=["ledger"]))

    assert "取り込む表のファイルを選んでください。" in page.content.decode()


def test_a_file_that_holds_nothing_new_has_no_button(desk):
    page = bring(desk, sheet(BAD)).content.decode()

    assert "件を取り込む" not in page
    assert "直した表を選び直す" in page


@pytest.mark.parametrize("maker", ["manager", "admin"])
def test_others_do_not_find_the_pages(client, maker):
    client.force_login(getattr(make, maker)())

    assert client.get(reverse("admin:import_bring", args=["ledger"])).status_code == 404
    assert client.get(reverse("admin:import_look", args=["ledger", "a" * 32])).status_code == 404
