"""The import of the 受付台帳: what is stored, what is corrected, what leaves no trace."""

from datetime import date

import pytest
from django.db import IntegrityError

from cityhall import records
from cityhall.refusal import NotAllowed
from cityhall.tables import Table, UnreadableTable
from proposals.facts import fold
from proposals.models import LedgerRow, Organization, Origin, Proposal, ProposalRecord
from proposals.services import advance, doubles, hearings, ledger, triage
from proposals.workflow import Kind, Step
from tests import make
from tests.proposals.ledger_rows import (
    ADOPTED,
    PROPOSAL,
    case,
    cells,
    reasons,
    table,
    take_in,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_row_becomes_a_case_with_its_own_number_and_records():
    report = take_in(cells(ADOPTED))

    proposal = case()
    assert report.summary == "取り込み 1・変更 0・変更なし 0・拒否 0"
    assert (proposal.number, proposal.origin, proposal.step) == ("R8-0001", Origin.LEDGER, Step.ADOPTED)
    assert proposal.adopted_on == date(2026, 7, 31)
    assert told(proposal) == [
        ("first_contact", "2026-04-13"),
        ("received", "2026-04-20"),
        ("coordination", "2026-04-24"),
        ("verdict", "2026-07-31"),
    ]


def test_what_the_ledger_does_not_hold_stays_empty():
    take_in(cells(ADOPTED))

    proposal = case()
    assert (proposal.department, proposal.logic_model_fixed_at, proposal.officer) == (None, None, None)
    assert (proposal.due_on, proposal.decisions.count()) == (None, 0)


def test_the_number_is_of_the_fiscal_year_in_which_the_case_arrived():
    take_in(
        cells(番号="A", 初回相談日="2026-03-30", 受付日="2026-03-31"),
        cells(番号="B", 初回相談日="2026-03-31", 受付日="2026-04-01"),
        cells(番号="C", 区分="相談", 初回相談日="2026-03-31", 受付日=""),
    )

    assert [case(key).number for key in "ABC"] == ["R7-0001", "R8-0001", "R7-0002"]


def test_the_same_file_twice_changes_nothing():
    take_in(cells(ADOPTED), cells(番号="P02", 重複元="P01"))
    before = ProposalRecord.objects.count()

    report = take_in(cells(ADOPTED), cells(番号="P02", 重複元="P01"))

    assert report.summary == "取り込み 0・変更 0・変更なし 2・拒否 0"
    assert ProposalRecord.objects.count() == before


def test_another_way_of_writing_the_same_row_is_no_change():
    take_in(cells(ADOPTED))

    report = take_in(cells(ADOPTED, 初回相談日="R8.4.13", 受付日="令和８年４月２０日", 番号=" P01 "))

    assert report.summary == "取り込み 0・変更 0・変更なし 1・拒否 0"


def test_a_changed_day_supersedes_its_record_with_the_reason():
    take_in(cells(ADOPTED))

    report = take_in(cells(ADOPTED, 受付日="2026-04-21"))

    corrected = ProposalRecord.objects.get(supersedes__isnull=False)
    assert report.summary == "取り込み 0・変更 1・変更なし 0・拒否 0"
    assert (corrected.kind, corrected.on, corrected.text.text) == (
        "received",
        date(2026, 4, 21),
        "台帳の訂正",
    )
    assert corrected.place == corrected.supersedes.place
    assert case().received_on == date(2026, 4, 21)
    assert case().number == "R8-0001"


def test_a_verdict_written_in_later_is_told_beside_what_is_known():
    take_in(cells())

    take_in(cells(ADOPTED))

    assert case().step == Step.ADOPTED
    assert ProposalRecord.objects.filter(supersedes__isnull=False, kind=Kind.VERDICT).count() == 0


def test_a_verdict_taken_out_of_the_file_is_taken_back():
    take_in(cells(ADOPTED))

    take_in(cells(ADOPTED, 判断="", 判断日=""))

    assert (case().verdict, case().adopted_on, case().step) == ("", None, Step.HEARING)
    assert case().step_entered_on == date(2026, 4, 24)


def test_days_may_move_together_later_and_back():
    take_in(cells())

    take_in(cells(初回相談日="2026-05-01", 受付日="2026-05-02"))
    assert (case().first_contact_on, case().received_on) == (date(2026, 5, 1), date(2026, 5, 2))
    take_in(cells())

    assert (case().first_contact_on, case().received_on) == (date(2026, 4, 13), date(2026, 4, 20))


def test_a_reopening_put_between_two_verdicts_of_one_day_keeps_their_order():
    same_day = {"判断": "継続協議", "判断日": "2026-07-31", "再判断": "採用", "再判断日": "2026-07-31"}
    take_in(cells(PROPOSAL, **same_day))

    take_in(cells(PROPOSAL, **same_day, 再開日="2026-07-31"))

    assert (case().verdict, case().step) == ("adopted", Step.ADOPTED)


def test_a_consultation_becomes_a_proposal_and_back_without_a_new_number():
    take_in(cells(区分="相談", 受付日=""))

    take_in(cells())
    assert (case().track, case().step) == ("proposal", Step.SORTING)
    take_in(cells(区分="相談", 受付日=""))

    assert (case().track, case().received_on, case().step) == ("consultation", None, Step.INTAKE)
    assert case().number == "R8-0001"


def test_changed_names_are_a_new_version_of_the_words():
    take_in(cells())

    take_in(cells(件名="架空の提案01（改）", 団体名="架空団体01改"))

    proposal = case()
    assert (proposal.title, proposal.organization.name) == ("架空の提案01（改）", "架空団体01改")
    assert [s.title for s in proposal.submissions.all()] == ["架空の提案01", "架空の提案01（改）"]


def test_the_note_of_a_change_names_the_columns_and_no_words():
    take_in(cells())

    take_in(cells(備考="架空の覚え", 件名="架空の別名"))

    note = case().records.get(kind=Kind.NOTE)
    assert note.data == {"columns": ["件名", "備考"]}


def test_the_columns_of_a_case_equal_a_recount_of_its_records():
    take_in(cells(ADOPTED), cells(番号="P02", 重複元="P01"))
    take_in(cells(ADOPTED, 再開日="2026-08-03"), cells(番号="P02", 初回相談日="2026-04-01", 重複元="P01"))

    for proposal in Proposal.objects.all():
        facts = vars(fold(proposal.records.effective()))
        assert {name: getattr(proposal, name) for name in facts} == facts
    assert records.first_bad(ProposalRecord) is None


def test_a_refused_row_leaves_no_trace_and_the_others_are_stored():
    report = take_in(cells(受付日="?"), cells(番号="P02"))

    assert report.summary == "取り込み 1・変更 0・変更なし 0・拒否 1"
    assert reasons(report)[0].startswith("P01（2行目） 受付日：「?」は日付として読めません。")
    assert not LedgerRow.objects.filter(key="P01").exists()
    assert Organization.objects.count() == 1


def test_a_refused_change_leaves_the_case_as_it_was():
    take_in(cells())

    take_in(cells(受付日="2026-04-01"))

    assert case().received_on == date(2026, 4, 20)


def test_the_second_row_of_a_number_is_refused():
    report = take_in(cells(), cells(件名="架空の別の提案"))

    assert reasons(report) == ["P01（3行目） 番号：この番号は、上の行にもあります。"]
    assert case().title == "架空の提案01"


def test_a_row_without_a_number_is_named_by_its_line():
    report = take_in(cells(番号=""))

    assert reasons(report) == ["番号なし（2行目） 番号：空です。必ず書いてください。"]


# --- the desk goes on -----------------------------------------------------


def test_a_case_the_desk_has_taken_further_keeps_its_step_when_its_row_is_corrected():
    take_in(cells())
    desk, section = make.desk(), make.department("架空の課")
    triage.pass_gate(case(), by=desk, note="確かめました。")
    hearings.ask(case(), section, by=desk, reason="同じ分野のため")
    advance(case(), "start_hearing", by=desk)

    take_in(cells(受付日="2026-04-21"))

    assert (case().step, case().received_on) == (Step.HEARING, date(2026, 4, 21))


def test_projects_are_opened_with_the_number_of_the_row():
    opened = []

    ledger.take_in(
        table(cells(ADOPTED, TRIP番号="T1"), cells(番号="P02")),
        open_project=lambda proposal, key: opened.append((proposal.number, key)),
    )

    assert opened == [("R8-0001", "T1"), ("R8-0002", "")]


def test_a_row_whose_project_cannot_be_opened_is_not_stored():
    def refuse(proposal, key):
        raise NotAllowed("開けません。")

    report = ledger.take_in(table(cells(ADOPTED)), open_project=refuse)

    assert reasons(report) == ["P01（2行目） 行：開けません。"]
    assert Proposal.objects.count() == 0


# --- the file -------------------------------------------------------------


def test_a_preview_stores_nothing():
    report = ledger.preview(table(cells(), cells(番号="P02", 受付日="")))

    assert report.summary == "取り込み 1・変更 0・変更なし 0・拒否 1"
    assert Proposal.objects.count() == 0


def test_a_file_without_the_needed_headings_is_no_ledger():
    with pytest.raises(UnreadableTable, match="番号・区分・件名・団体名・初回相談日の列が見つかりません"):
        ledger.preview(Table("utf-8", ["名前"], [], []))


def test_columns_nobody_reads_are_named():
    report = ledger.preview(Table("utf-8", [*cells(), "担当"], [], []))

    assert report.unread_columns == ["担当"]


def test_a_row_that_another_import_stored_meanwhile_is_refused_in_words():
    def meanwhile(proposal, key):
        raise IntegrityError("stored twice")

    report = ledger.take_in(table(cells()), open_project=meanwhile)

    assert reasons(report) == ["P01（2行目） 行：ほかの取込みと重なりました。もう一度取り込んでください。"]
    assert Proposal.objects.count() == 0


def test_a_case_the_desk_has_merged_stays_merged_when_its_row_is_corrected():
    take_in(cells(), cells(番号="P02"))
    doubles.merge(case("P02"), case("P01"), by=make.desk(), note="同じ提案のため")

    report = take_in(cells(番号="P02", 受付日="2026-04-21"))

    assert report.summary == "取り込み 0・変更 1・変更なし 0・拒否 0"
    assert (case("P02").step, case("P02").merged_into) == (Step.MERGED, case("P01"))
