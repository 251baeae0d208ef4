"""A row of the ledger, read without a database: what is refused, what is accepted, what it becomes."""

from datetime import date

import pytest

from proposals.facts import Facts
from proposals.ledger.events import entered_on, events, with_steps
from proposals.ledger.rows import read
from proposals.models import OrganizationKind
from proposals.workflow import Step
from tests.proposals.ledger_rows import ADOPTED, PROPOSAL, cells

CONSULTATION = PROPOSAL | {"区分": "相談", "受付日": ""}
CONDITIONAL = PROPOSAL | {"判断": "条件付採用", "判断日": "2026-07-31"}
CONTINUED = PROPOSAL | {"判断": "継続協議", "判断日": "2026-07-31"}
AGAIN = {"再開日": "2026-08-01", "再判断": "採用", "再判断日": "2026-09-01"}


@pytest.mark.parametrize(
    ("base", "changed", "column"),
    [
        (PROPOSAL, {"番号": ""}, "番号"),
        (PROPOSAL, {"番号": " \u200b"}, "番号"),
        (PROPOSAL, {"件名": ""}, "件名"),
        (PROPOSAL, {"団体名": "　"}, "団体名"),
        (PROPOSAL, {"初回相談日": ""}, "初回相談日"),
        (PROPOSAL, {"区分": ""}, "区分"),
        (PROPOSAL, {"区分": "ていあん"}, "区分"),
        (PROPOSAL, {"団体区分": "会社"}, "団体区分"),
        (PROPOSAL, {"団体区分": "市"}, "団体区分"),
        (PROPOSAL, {"判断": "不採用", "判断日": "2026-07-31"}, "判断"),
        (PROPOSAL, {"受付日": "2026-02-30"}, "受付日"),
        (PROPOSAL, {"受付日": "来週"}, "受付日"),
        (PROPOSAL, {"初回相談日": "1920-04-01"}, "初回相談日"),
        (PROPOSAL, {"庁内調整開始日": "2099-04-01"}, "庁内調整開始日"),
        (PROPOSAL, {"件名": "文字化け\ufffd"}, "件名"),
        (PROPOSAL, {"件名": "一\n二"}, "件名"),
        (PROPOSAL, {"件名": "あ" * 501}, "件名"),
        (PROPOSAL, {"備考": "一\x00"}, "備考"),
        (PROPOSAL, {"": "余り"}, "列"),
        (PROPOSAL, {"法人番号": "1234567890123"}, "法人番号"),
        (PROPOSAL, {"法人番号": "12345"}, "法人番号"),
        (PROPOSAL, {"受付日": "2026-04-12"}, "受付日"),
        (PROPOSAL, {"庁内調整開始日": "2026-04-12"}, "庁内調整開始日"),
        (PROPOSAL, {"受付日": ""}, "受付日"),
        (CONSULTATION, {"受付日": "2026-04-20"}, "受付日"),
        (PROPOSAL, {"判断": "採用"}, "判断日"),
        (PROPOSAL, {"判断日": "2026-07-31"}, "判断"),
        (PROPOSAL, {"判断": "採用", "判断日": "2026-04-19"}, "判断日"),
        (CONTINUED, {"再判断": "採用"}, "再判断日"),
        (CONTINUED, {"再判断日": "2026-09-01"}, "再判断"),
        (CONTINUED, {"再判断": "採用", "再判断日": "2026-07-30"}, "再判断日"),
        (PROPOSAL, {"再開日": "2026-08-01"}, "再開日"),
        (ADOPTED, {"再開日": "2026-07-30"}, "再開日"),
        (ADOPTED, AGAIN | {"再開日": "2026-09-02"}, "再開日"),
        (PROPOSAL, {"再判断": "採用", "再判断日": "2026-09-01"}, "再判断"),
        (ADOPTED, {"再判断": "見送り", "再判断日": "2026-09-01"}, "再開日"),
        (ADOPTED, {"条件充足日": "2026-08-01"}, "条件充足日"),
        (PROPOSAL, {"条件充足日": "2026-08-01"}, "条件充足日"),
        (CONDITIONAL, {"条件充足日": "2026-07-30"}, "条件充足日"),
        (CONDITIONAL, AGAIN | {"条件充足日": "2026-09-02"}, "条件充足日"),
        (PROPOSAL, {"開始前中止日": "2026-08-01"}, "開始前中止日"),
        (ADOPTED, {"開始前中止日": "2026-07-30"}, "開始前中止日"),
        (ADOPTED, AGAIN | {"再判断": "見送り", "開始前中止日": "2026-09-02"}, "開始前中止日"),
        (PROPOSAL, {"TRIP番号": "T1"}, "TRIP番号"),
        (CONTINUED, {"TRIP番号": "T1"}, "TRIP番号"),
        (PROPOSAL, {"重複元": "P02", "移送先": "市民の声"}, "重複元"),
        (PROPOSAL, {"重複元": "P01"}, "重複元"),
    ],
)
def test_a_row_is_refused_by_column(base, changed, column):
    _, problems = read(cells(base, **changed))

    assert [problem.column for problem in problems] == [column]
    assert problems[0].reason.endswith("。")


def test_every_reason_is_named_at_once():
    _, problems = read(cells(区分="?", 受付日="?"))

    assert [problem.column for problem in problems] == ["区分", "受付日"]


def test_a_reason_stands_on_one_line():
    _, problems = read(cells(受付日="来\n週"))

    assert "\n" not in str(problems[0])


@pytest.mark.parametrize(
    ("base", "changed"),
    [
        (PROPOSAL, {"受付日": "2026-04-13"}),
        (PROPOSAL, {"庁内調整開始日": "2026-04-13"}),  # before 受付: it began as a 相談
        (PROPOSAL, {"受付日": "R8.4.20", "初回相談日": "令和８年４月１３日"}),
        (PROPOSAL, {"受付日": "2098-04-20"}),
        (PROPOSAL, {"団体区分": "", "法人番号": "３０００-０２０１-４１００３"}),
        (PROPOSAL, {"団体区分": "ＮＰＯ法人"}),
        (PROPOSAL, {"件名": "あ" * 400, "備考": "一\r\n二\t三"}),
        (PROPOSAL, {"移送先": "市民の声"}),
        (ADOPTED, {"所管課": "", "庁内調整開始日": "", "TRIP番号": ""}),
        (ADOPTED, {"TRIP番号": "T1", "開始前中止日": "2026-07-31"}),
        (ADOPTED, {"再開日": "2026-07-31", "再判断": "見送り", "再判断日": "2026-07-31"}),
        (ADOPTED, {"再開日": "2026-08-01"}),
        (CONDITIONAL, {"条件充足日": "2026-07-31", "開始前中止日": "2026-08-31"}),
        (CONTINUED, {"再判断": "採用", "再判断日": "2026-07-31"}),
        (CONTINUED, AGAIN),
        (CONSULTATION, {"庁内調整開始日": "2026-05-01"}),
    ],
)
def test_a_row_is_accepted(base, changed):
    row, problems = read(cells(base, **changed))

    assert problems == []
    assert row is not None


def test_an_empty_kind_is_other_and_names_stay_as_typed():
    row, _ = read(cells(団体区分="", 件名="①㈱髙﨑 の提案 "))

    assert (row.kind, row.title) == (OrganizationKind.OTHER, "①㈱髙﨑 の提案 ")


@pytest.mark.parametrize(
    ("base", "changed", "step", "entered"),
    [
        (CONSULTATION, {}, Step.INTAKE, "2026-04-13"),
        (CONSULTATION, {"庁内調整開始日": "2026-05-01"}, Step.INTAKE, "2026-04-13"),
        (PROPOSAL, {}, Step.SORTING, "2026-04-20"),
        (PROPOSAL, {"庁内調整開始日": "2026-04-24"}, Step.HEARING, "2026-04-24"),
        (PROPOSAL, {"庁内調整開始日": "2026-04-15"}, Step.HEARING, "2026-04-20"),
        (CONTINUED, {}, Step.MATCHING, "2026-07-31"),
        (CONDITIONAL, {}, Step.CONDITIONS, "2026-07-31"),
        (CONDITIONAL, {"条件充足日": "2026-08-31"}, Step.ADOPTED, "2026-08-31"),
        (ADOPTED, {}, Step.ADOPTED, "2026-07-31"),
        (ADOPTED, {"開始前中止日": "2026-08-31"}, Step.ADOPTED, "2026-07-31"),
        (ADOPTED, {"再開日": "2026-08-01"}, Step.HEARING, "2026-08-01"),
        (ADOPTED, AGAIN | {"再判断": "趣旨採用"}, Step.IN_PRINCIPLE, "2026-09-01"),
        (PROPOSAL, {"判断": "見送り", "判断日": "2026-07-31"}, Step.DECLINED, "2026-07-31"),
        (PROPOSAL, {"判断": "取下げ", "判断日": "2026-07-31"}, Step.WITHDRAWN, "2026-07-31"),
        (PROPOSAL, {"判断": "対象外", "判断日": "2026-07-31"}, Step.OUT_OF_SCOPE, "2026-07-31"),
        (PROPOSAL, {"移送先": "市民の声"}, Step.HANDED_ON, "2026-04-20"),
        (ADOPTED, {"重複元": "P02"}, Step.MERGED, "2026-07-31"),
    ],
)
def test_what_a_row_becomes(base, changed, step, entered):
    row, _ = read(cells(base, **changed))

    stepped = with_steps(sorted(events(row), key=lambda event: event.on))

    assert (stepped[-1].target, entered_on(stepped)) == (step, date.fromisoformat(entered))


def test_a_condition_met_after_the_case_was_cancelled_makes_no_project():
    row, _ = read(cells(CONDITIONAL, 開始前中止日="2026-08-01", 条件充足日="2026-08-31"))
    facts = Facts()

    for event in sorted(events(row), key=lambda event: event.on):
        facts.take(event)

    assert (facts.adopted_on, facts.cancelled_on) == (None, date(2026, 8, 1))
