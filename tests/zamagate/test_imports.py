"""The import commands and `kpi`, as a shell sees them."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cityhall.tables import read_table, write_csv
from proposals.models import Delivery, Proposal
from trips.models import Trip, TripCase

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent.parent / "golden"


def run(name, *args):
    """What the command prints, and its exit code."""
    out = StringIO()
    try:
        call_command(name, *map(str, args), stdout=out)
    except SystemExit as stop:
        return out.getvalue(), stop.code
    except CommandError as error:
        return f"{error}\n", error.returncode
    return out.getvalue(), 0


@pytest.mark.both
def test_the_golden_ledger_is_taken_in_with_its_projects():
    printed = run("import_ledger", GOLDEN / "ledger.csv")

    assert printed == ("取り込み 12・変更 0・変更なし 0・拒否 0\n", 0)
    assert run("import_ledger", GOLDEN / "ledger.csv") == ("取り込み 0・変更 0・変更なし 12・拒否 0\n", 0)
    assert TripCase.objects.filter(trip__cancelled_on__isnull=True).count() == 4


@pytest.mark.both
def test_cases_with_one_number_share_a_project_and_a_corrected_row_leaves_it(tmp_path):
    head = "番号,区分,件名,団体名,初回相談日,受付日,判断,判断日,TRIP番号\n"
    row = "{0},提案,架空{0},架空団体,2026-04-13,2026-04-20,採用,2026-07-31,{1}\n"
    path = tmp_path / "台帳.csv"
    path.write_text(head + row.format("A", "T1") + row.format("B", "T1"))
    run("import_ledger", path)
    assert Trip.objects.count() == 1

    path.write_text(head + row.format("A", "T1") + row.format("B", "T2"))
    printed = run("import_ledger", path)

    assert printed == ("取り込み 0・変更 1・変更なし 1・拒否 0\n", 0)
    assert [trip.trip_cases.count() for trip in Trip.objects.all()] == [1, 1]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_the_ledger_is_read_in_the_encodings_of_excel(tmp_path, encoding):
    table = read_table(GOLDEN / "ledger.csv")
    path = tmp_path / "台帳.csv"
    path.write_bytes(write_csv(table.columns, [list(row.values()) for row in table.rows], encoding))

    assert run("import_ledger", path) == ("取り込み 12・変更 0・変更なし 0・拒否 0\n", 0)


def test_a_refused_row_is_printed_and_the_exit_code_is_one(tmp_path):
    path = tmp_path / "台帳.csv"
    path.write_text("番号,区分,件名,団体名,初回相談日,受付日\nA,提案,架空,架空団体,2026-04-13,\n")

    printed = run("import_ledger", path)

    assert printed == (
        "拒否 A（2行目） 受付日：提案には受付日が必要です。\n取り込み 0・変更 0・変更なし 0・拒否 1\n",
        1,
    )


def test_a_dry_run_says_the_same_and_stores_nothing():
    assert run("import_ledger", GOLDEN / "ledger.csv", "--dry-run") == (
        "取り込み 12・変更 0・変更なし 0・拒否 0\n",
        0,
    )
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("data", [b"", b"\x00\x01", "名前\n架空\n".encode()])
def test_a_file_that_cannot_be_read_ends_with_two(tmp_path, data):
    path = tmp_path / "台帳.csv"
    path.write_bytes(data)

    printed, code = run("import_ledger", path)

    assert code == 2
    assert printed.endswith("。\n")


def test_a_missing_file_ends_with_two(tmp_path):
    assert run("import_supports", tmp_path / "ない.csv")[1] == 2


@pytest.mark.both
def test_supports_are_taken_in_once():
    assert run("import_supports", GOLDEN / "supports.csv") == ("取り込み 7・変更 0・変更なし 0・拒否 0\n", 0)
    assert run("import_supports", GOLDEN / "supports.csv") == ("取り込み 0・変更 0・変更なし 7・拒否 0\n", 0)
    assert Delivery.objects.count() == 6


def test_the_year_and_the_day_may_be_written_in_japanese():
    printed, _ = run("kpi", "--year", "R8", "--as-of", "令和9年3月31日", "--format", "json")

    assert json.loads(printed)["as_of"] == "2027-03-31"


def test_the_text_names_year_day_and_five_figures():
    printed, _ = run("kpi", "--year", "2026", "--as-of", "2027-03-31")

    lines = printed.splitlines()
    assert lines[0] == "令和8年度の指標（令和9年3月31日 現在）"
    assert len(lines) == 6


@pytest.mark.parametrize("wrong", [("--year", "あした"), ("--as-of", "2027-02-30"), ("--year", "99999")])
def test_a_year_or_day_that_cannot_be_read_is_refused_in_japanese(wrong):
    printed, code = run("kpi", *wrong)

    assert code == 1
    assert printed.endswith("。\n")


def test_exit_codes_reach_the_shell(tmp_path):
    command = [sys.executable, "manage.py", "import_ledger", str(tmp_path / "ない.csv")]

    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)

    assert done.returncode == 2
    assert "開けません" in done.stderr
