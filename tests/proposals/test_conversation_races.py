"""Desk and proposer at the same moment (reliability.md M4, D1)."""

import pytest
from django.utils import timezone

from cityhall.workflow import NotAllowed
from proposals.models import Message, ProposalRecord
from proposals.services import conversation, decisions, withdrawing
from proposals.workflow import Holder, Kind, Step
from tests import make
from tests.together import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def test_a_reply_pressed_four_times_at_once_is_one_message():
    case = make.proposal(Step.SORTING)
    conversation.ask(case, by=make.desk(), text="何曜日ですか。", key="q")

    outcomes = at_once(*[lambda: conversation.reply(case, text="平日です。", key="r")] * 4)

    assert failures(outcomes) == []
    assert set(outcomes) == {Message.objects.get(key="r")}
    assert ProposalRecord.objects.filter(kind=Kind.REPLY).count() == 1


def test_a_question_pressed_four_times_at_once_is_one_question():
    case, people = make.proposal(Step.SORTING), [make.desk() for _ in "1234"]

    outcomes = at_once(
        *(lambda by=by: conversation.ask(case, by=by, text="何曜日ですか。", key="q") for by in people)
    )

    assert failures(outcomes) == []
    assert ProposalRecord.objects.filter(kind=Kind.QUESTION).count() == 1


def test_a_question_answered_while_the_desk_asks_another_leaves_the_other_open():
    case, desk = make.proposal(Step.SORTING), make.desk()
    first = conversation.ask(case, by=desk, text="何曜日ですか。", key="1")

    outcomes = at_once(
        lambda: conversation.reply(case, text="平日です。", key="r", seen=first.pk),
        lambda: conversation.ask(case, by=desk, text="何人ですか。", key="2"),
    )

    assert failures(outcomes) == []
    assert [message.key for message in case.messages.open_questions()] == ["2"]
    assert make.reload(case).holder == Holder.PROPOSER


def test_a_withdrawal_and_a_decision_at_once_end_the_case_once():
    case = make.proposal(Step.DECISION)
    head = make.head(case.department)

    withdrawn, decided = at_once(
        lambda: withdrawing.withdraw(case, key="w"),
        lambda: decisions.decide(case, "no_go", by=head, decided_on=timezone.localdate(), reason="理由"),
    )

    ended_as = Step.WITHDRAWN if withdrawn else Step.DECLINED
    assert (type(decided) is NotAllowed) is withdrawn
    assert make.reload(case).step == ended_as
    assert case.records.filter(kind=Kind.VERDICT).count() == 1
    assert Message.objects.count() == (0 if withdrawn else 1)


def test_two_withdrawals_at_once_are_one():
    case = make.submission()

    outcomes = at_once(*[lambda: withdrawing.withdraw(case, key="w")] * 2)

    assert outcomes == [True, True]
    assert case.records.filter(kind=Kind.VERDICT).count() == 1
