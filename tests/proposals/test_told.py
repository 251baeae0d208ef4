from datetime import date

import pytest
import time_machine
from django.utils import timezone

from proposals import receipt
from proposals.models import Origin, Proposal
from proposals.services import advance, conversation, decisions, doubles, hearings, moves
from proposals.services.announcing import announce
from proposals.services.recording import correct
from proposals.told import told
from proposals.workflow import SIX_STEPS, Holder, Kind, Step, Verdict
from tests import make
from tests.make_talk import ready_to_tell

pytestmark = pytest.mark.django_db

CONDITIONS = [{"text": "費用", "owner": "提案者"}]


def now(case):
    return told(make.reload(case))


def decide(case, name):
    head = make.head(make.reload(case).department)
    conditions = CONDITIONS if name == "go_if" else []
    told = {"decided_on": timezone.localdate(), "reason": "理由", "conditions": conditions}
    return decisions.decide(case, name, by=head, **told)


def tell(case):
    announce(ready_to_tell(case), by=make.desk(), text="お知らせします。")


@pytest.mark.parametrize("step", SIX_STEPS)
def test_an_open_case_is_told_as_it_is(step):
    case = make.proposal(step)

    known = told(case)

    assert (known.step, known.holder, known.since_on) == (step, case.holder, case.holder_since_on)
    assert (known.place, known.is_pending, known.is_open) == (SIX_STEPS.index(step) + 1, False, True)


@pytest.mark.parametrize("name", ["go", "go_if", "in_principle", "continue", "no_go"])
def test_a_verdict_changes_nothing_until_it_is_announced(name):
    with time_machine.travel("2026-11-02 10:00+09:00"):
        case = make.proposal(Step.DECISION)
        before = told(case)
    with time_machine.travel("2026-11-18 10:00+09:00"):
        decide(case, name)

        known = now(case)

    assert (known.step, known.holder, known.since_on) == (before.step, before.holder, before.since_on)
    assert (known.place, known.is_pending, known.is_open, known.verdict) == (6, True, True, "")
    assert known.spans == before.spans


def test_what_follows_a_continuation_stays_hidden_with_it():
    case, desk = make.proposal(Step.DECISION), make.desk()
    decide(case, "continue")
    advance(make.reload(case), "start_model", by=desk)
    conversation.tell(case, by=desk, text="もう少しお待ちください。", key="k")

    assert (now(case).step, now(case).holder) == (Step.DECISION, Holder.DECIDER)


def test_a_continuation_once_announced_shows_the_case_where_it_is():
    case = make.proposal(Step.DECISION)
    decide(case, "continue")

    tell(case)

    assert (now(case).place, now(case).is_pending, now(case).verdict) == (4, False, Verdict.CONTINUED)


def test_conditions_once_announced_show_and_their_fulfilment_only_when_it_is():
    case = make.proposal(Step.DECISION)
    decide(case, "go_if")
    tell(case)
    waiting = now(case)
    head = make.head(case.department)
    decisions.settle_condition(case.conditions.get(), by=head, on=timezone.localdate())
    decisions.fulfil(make.reload(case), by=head)

    assert (waiting.step, waiting.verdict, waiting.is_pending) == (
        Step.CONDITIONS,
        Verdict.CONDITIONAL,
        False,
    )
    assert (now(case).step, now(case).verdict, now(case).is_pending) == (
        Step.CONDITIONS,
        Verdict.CONDITIONAL,
        True,
    )
    tell(case)
    assert (now(case).step, now(case).verdict, now(case).is_pending) == (
        Step.ADOPTED,
        Verdict.ADOPTED,
        False,
    )


def test_conditions_that_lapse_are_a_secret_too():
    case = make.proposal(Step.DECISION)
    decide(case, "go_if")
    tell(case)

    decisions.lapse(make.reload(case), by=make.head(case.department), reason="費用の見込みがないため")

    assert (now(case).step, now(case).is_pending) == (Step.CONDITIONS, True)


@pytest.mark.parametrize("is_told", [True, False])
def test_a_case_taken_up_again_stands_where_it_stands(is_told):
    case = make.proposal(Step.DECISION)
    decide(case, "no_go")
    if is_told:
        tell(case)

    advance(make.reload(case), "reopen", by=make.desk(), note="決まりが変わったため")

    assert (now(case).place, now(case).is_pending, now(case).verdict) == (3, False, "")


def test_an_end_is_told_since_the_day_it_was_announced():
    with time_machine.travel("2026-11-02 10:00+09:00"):
        case = make.proposal(Step.DECISION)
        decide(case, "no_go")
    with time_machine.travel("2026-11-18 10:00+09:00"):
        tell(case)

        assert (now(case).step, now(case).since_on) == (Step.DECLINED, date(2026, 11, 18))


@pytest.mark.parametrize(
    ("step", "place"), [(Step.INTAKE, 1), (Step.SORTING, 2), (Step.MATCHING, 4), (Step.DECISION, 6)]
)
def test_a_case_that_left_early_stands_at_the_step_it_had_reached(step, place):
    case = make.proposal(step)

    advance(case, "withdraw", by=make.desk(), note="提案者から電話があったため")

    assert (now(case).place, now(case).is_open, now(case).holder) == (place, False, "")


def test_a_case_merged_or_sent_elsewhere_is_told_at_once():
    merged, sent = make.submission(), make.submission()
    doubles.merge(merged, make.submission(), by=make.desk(), note="同じ内容")
    moves.leave(sent, "hand_on", by=make.desk(), note="要望のため", next_place="市民の声")

    assert [now(case).step for case in (merged, sent)] == [Step.MERGED, Step.HANDED_ON]


def test_a_correction_of_an_early_day_tells_nothing_of_a_pending_verdict():
    case = make.proposal(Step.DECISION)
    decide(case, "no_go")
    actor = make.desk().postings.get()
    record = case.records.get(kind=Kind.RECEIVED)

    correct(record, actor=actor, on=record.on, reason="書き間違い")

    assert (now(case).step, now(case).is_pending) == (Step.DECISION, True)


def test_a_column_that_no_record_explains_is_no_announcement():
    case = make.proposal(Step.DECISION)
    Proposal.objects.filter(pk=case.pk).update(step=Step.DECLINED, holder="")

    assert (now(case).place, now(case).is_pending) == (6, True)


def test_what_the_old_ledger_decided_was_told_long_ago():
    case = make.proposal(Step.DECISION)
    Proposal.objects.filter(pk=case.pk).update(
        step=Step.DECLINED, holder="", origin=Origin.LEDGER, announced_on=timezone.localdate()
    )

    assert (now(case).step, now(case).is_open) == (Step.DECLINED, False)


def test_a_question_answered_while_a_verdict_is_pending_leaves_the_turn_with_the_section():
    case = make.proposal(Step.DECISION)
    conversation.ask(case, by=make.desk(), text="費用はどなたが負担しますか。", key="k")
    decide(case, "go")

    conversation.reply(case, text="当社です。", key="r")

    assert (now(case).holder, now(case).is_pending) == (Holder.DECIDER, True)


def test_an_answer_of_a_section_gives_the_turn_back():
    case = make.proposal(Step.HEARING)
    hearing = case.hearings.get()

    hearings.answer(hearing, by=make.head(hearing.department), answer="yes")

    assert now(case).holder == Holder.DESK


def test_the_days_of_a_double_are_not_shown_to_the_proposer_of_the_original():
    with time_machine.travel("2026-11-02 10:00+09:00"):
        double = make.proposal(Step.SORTING)
    with time_machine.travel("2026-11-10 10:00+09:00"):
        original = make.proposal(Step.SORTING)
        before = now(original)
    with time_machine.travel("2026-11-12 10:00+09:00"):
        doubles.merge(make.reload(double), make.reload(original), by=make.desk(), note="同じ内容のため")

        assert make.reload(original).first_contact_on == date(2026, 11, 2)
        assert (now(original).spans, now(original).since_on) == (before.spans, before.since_on)


def test_an_adoption_cancelled_before_its_start_stays_a_secret_until_it_is_told():
    case = make.proposal(Step.DECISION)
    decide(case, "go")
    actor = make.desk().postings.get()
    decisions.cancel_before_start(case, actor=actor, on=timezone.localdate(), reason="都合により")
    assert (now(case).place, now(case).is_pending) == (6, True)

    tell(case)

    strip = receipt.strip(make.reload(case), now(case), [])
    assert (strip["step"], strip["turn"], strip["turn_note"]) == ("始める前に中止", "終わっています", "")
