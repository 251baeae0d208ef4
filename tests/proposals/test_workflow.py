"""The six steps as a table, and the door they move through."""

import pytest
from django.utils import timezone

from cityhall.models import ActedAs, Role
from cityhall.workflow import NotAllowed, Stale
from proposals.models import Proposal
from proposals.services import advance, decisions, hearings, triage
from proposals.services.moves import OWN_SERVICE
from proposals.workflow import DECISIONS, OPEN, WORKFLOW, Kind, Step, Verdict
from tests import make

pytestmark = pytest.mark.django_db


def test_every_step_can_be_reached_from_intake():
    reached = {Step.INTAKE}
    for _ in Step:
        reached |= {row.target for row in WORKFLOW if row.source in reached}

    assert reached == set(Step)


def test_only_heads_leave_step_six_except_when_the_proposer_withdraws():
    rows = list(WORKFLOW.from_step(Step.DECISION))

    assert {row.role for row in rows if not row.name.startswith("withdraw")} == {Role.HEAD}
    assert set(DECISIONS) <= {row.name for row in rows}


def test_every_open_step_can_be_withdrawn_from():
    assert {row.source for row in WORKFLOW if row.name == "withdraw"} == set(OPEN)


def test_no_move_stands_twice_on_the_table():
    keys = [(row.name, row.source) for row in WORKFLOW]

    assert len(keys) == len(set(keys))


def test_advance_moves_the_case_and_records_person_and_posting():
    case, desk = make.submission(), make.desk()

    record = advance(case, "accept", by=desk)

    case.refresh_from_db()
    assert case.step == Step.SORTING
    assert (record.source, record.target, record.by) == (Step.INTAKE, Step.SORTING, desk)
    assert (record.posting.role, record.acted_as) == (Role.DESK, ActedAs.DESK)


def test_a_move_that_is_not_on_the_table_is_refused():
    case, desk = make.submission(), make.desk()

    with pytest.raises(NotAllowed, match="いまの段階では"):
        advance(case, "refer", by=desk)


@pytest.mark.parametrize("maker", ["manager", "admin"])
def test_somebody_without_the_desk_posting_is_refused(maker):
    case = make.submission()

    with pytest.raises(NotAllowed, match="窓口だけ"):
        advance(case, "accept", by=getattr(make, maker)())


def test_a_posting_that_has_ended_moves_nothing():
    case = make.submission()
    leaver = make.user()
    make.posting(leaver, Role.DESK, make.department("市民協働課"), valid_to=make.LONG_AGO)

    with pytest.raises(NotAllowed, match="窓口だけ"):
        advance(case, "accept", by=leaver)


def test_going_back_needs_a_reason():
    case, desk = make.proposal(Step.SORTING), make.desk()

    with pytest.raises(NotAllowed, match="理由が必要"):
        advance(case, "back_to_intake", by=desk, note="　")


def test_a_page_opened_before_a_colleagues_move_is_refused():
    case, desk = make.submission(), make.desk()
    seen = make.reload(case).version
    triage.summarise(case, by=desk, summary="要約")

    with pytest.raises(Stale, match="先に保存"):
        advance(case, "accept", by=desk, version=seen)


def test_a_consultation_stays_at_the_door_until_it_is_a_proposal():
    case = make.submission(track="consultation")

    with pytest.raises(NotAllowed, match="「提案」に切り替える"):
        advance(case, "accept", by=make.desk())


def test_leaving_sorting_names_the_gate_and_the_hearing():
    case = make.proposal(Step.SORTING)

    with pytest.raises(NotAllowed, match=r"受付の確かめ.*／つなぐシート"):
        advance(case, "start_hearing", by=make.desk())


def test_leaving_the_hearing_names_each_section_that_has_not_answered():
    section = make.department("架空環境課")
    case = make.proposal(Step.HEARING, section=section)

    with pytest.raises(NotAllowed, match="架空環境課の返事"):
        advance(case, "start_matching", by=make.desk())


def test_a_waived_hearing_no_longer_holds_the_case():
    desk = make.desk()
    case = make.proposal(Step.HEARING, by=desk)
    hearings.waive(case.hearings.get(), by=desk, reason="年度末で時間がとれないとのこと")

    advance(case, "start_matching", by=desk)

    assert make.reload(case).step == Step.MATCHING


def test_leaving_matching_needs_a_section_in_charge():
    case = make.proposal(Step.MATCHING)

    with pytest.raises(NotAllowed, match="所管課を決める"):
        advance(case, "start_model", by=make.desk())


def test_leaving_the_model_step_needs_a_fixed_trial_version():
    case = make.proposal(Step.LOGIC_MODEL)

    with pytest.raises(NotAllowed, match="試行版をつくる"):
        advance(case, "refer", by=make.desk())


def test_the_desk_cannot_decide_by_any_move():
    desk = make.desk()
    case = make.proposal(Step.DECISION, by=desk)

    for name in DECISIONS:
        with pytest.raises(NotAllowed):
            advance(case, name, by=desk)
        with pytest.raises(NotAllowed, match="所属長だけ"):
            decisions.decide(
                case,
                name,
                by=desk,
                decided_on=timezone.localdate(),
                reason="理由",
                conditions=[{"text": "x", "owner": "y"}],
            )
    assert make.reload(case).step == Step.DECISION


def test_a_head_of_another_section_cannot_decide():
    case = make.proposal(Step.DECISION, section=make.department("架空環境課"))
    other = make.head(make.department("架空福祉課"))

    with pytest.raises(NotAllowed, match="所属長だけ"):
        decisions.decide(case, "go", by=other, decided_on=timezone.localdate())


def test_who_holds_desk_and_head_decides_only_for_the_own_section():
    own = make.department("市民協働課")
    officer = make.desk()
    make.posting(officer, Role.HEAD, own)
    case = make.proposal(Step.DECISION, by=officer, section=own)

    decision = decisions.decide(case, "go", by=officer, decided_on=timezone.localdate())

    assert decision.record.acted_as == ActedAs.HEAD
    assert make.reload(case).verdict == Verdict.ADOPTED


def test_moves_with_facts_of_their_own_are_not_plain_moves():
    assert OWN_SERVICE & {row.name for row in WORKFLOW} == OWN_SERVICE


def test_the_holder_is_the_section_while_it_has_not_answered():
    case = make.proposal(Step.HEARING)

    assert case.holder == "section"

    hearing = case.hearings.get()
    hearings.answer(hearing, by=make.head(hearing.department), answer="yes")

    assert make.reload(case).holder == "desk"


def test_columns_equal_a_recount_of_the_trail():
    from proposals.facts import fold

    case = make.proposal(Step.DECISION)
    head = make.head(case.department)
    decisions.decide(case, "go", by=head, decided_on=timezone.localdate())

    for proposal in Proposal.objects.all():
        facts = fold(proposal.records.effective())
        assert {name: getattr(proposal, name) for name in vars(facts)} == vars(facts)


def test_the_first_sheet_starts_the_coordination_once():
    desk = make.desk()
    case = make.proposal(Step.SORTING, by=desk)
    triage.pass_gate(case, by=desk, note="対象です。")

    for name in ("架空環境課", "架空福祉課"):
        hearings.ask(case, make.department(name), by=desk, reason="担当のため")

    assert case.records.filter(kind=Kind.COORDINATION).count() == 1
