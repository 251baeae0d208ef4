import pytest
from django.utils import timezone

from cityhall.models import ActedAs, OutgoingMail
from cityhall.refusal import NotAllowed
from proposals.models import Message
from proposals.services import advance, conversation, decisions, withdrawing
from proposals.services.announcing import announce
from proposals.workflow import OPEN, Kind, Step, Verdict
from tests import make
from tests.make_talk import ready_to_tell

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def decided(name="go", **more):
    case = make.proposal(Step.DECISION)
    head = make.head(case.department)
    decisions.decide(case, name, by=head, decided_on=timezone.localdate(), reason="理由", **more)
    return make.reload(case)


@pytest.mark.parametrize("step", OPEN[:-1])
def test_the_proposer_may_take_back_what_is_open(step):
    case = make.proposal(step)

    assert withdrawing.withdraw(case, note="社内の都合により", key="k") is True

    case = make.reload(case)
    record = case.records.last()
    assert (case.step, case.verdict, case.holder) == (Step.WITHDRAWN, Verdict.WITHDRAWN, "")
    assert (record.acted_as, record.text.text) == (ActedAs.PROPOSER, "社内の都合により")


def test_both_sides_get_a_letter_once():
    case = make.submission()

    withdrawing.withdraw(case, key="k")
    withdrawing.withdraw(case, key="k")

    about = OutgoingMail.objects.filter(about=case.number, key__contains="withdrawn")
    assert case.records.filter(kind=Kind.VERDICT).count() == 1
    assert [letter.to for letter in about.filter(to="kaku@example.com")] == ["kaku@example.com"]


def test_an_old_press_does_not_withdraw_what_was_taken_up_again():
    case = make.submission()
    withdrawing.withdraw(case, key="k")
    advance(make.reload(case), "reopen", by=make.desk(), note="もう一度とのお話")

    withdrawing.withdraw(case, key="k")

    assert make.reload(case).step == Step.INTAKE


@pytest.mark.parametrize("name", ["go", "in_principle", "no_go"])
def test_what_was_decided_in_secret_stays_and_the_wish_goes_to_the_desk(name):
    case = decided(name)

    assert withdrawing.withdraw(case, note="都合により", key="k") is False
    withdrawing.withdraw(case, note="都合により", key="k")

    wish = Message.objects.get()
    assert (wish.side, wish.text) == ("proposer", f"{withdrawing.WISH}\n\n都合により")
    assert make.reload(case).step == case.step


def test_what_still_waits_for_its_conditions_may_be_taken_back():
    case = decided("go_if", conditions=[{"text": "費用", "owner": "提案者"}])

    assert withdrawing.withdraw(case, key="k") is True


def test_an_end_the_proposer_knows_cannot_be_taken_back():
    case = decided("no_go")
    announce(ready_to_tell(case), by=make.desk(), text="今回は見送ります。")

    with pytest.raises(NotAllowed, match="終わっています"):
        withdrawing.withdraw(case, key="k")


def test_too_long_a_reason_is_refused():
    with pytest.raises(NotAllowed, match="1,000字まで"):
        withdrawing.withdraw(make.submission(), note="あ" * 1001, key="k")


def test_a_question_left_open_waits_no_longer_for_an_answer():
    case = make.proposal(Step.SORTING)
    conversation.ask(case, by=make.desk(), text="何曜日ですか。", key="q")

    withdrawing.withdraw(case, key="k")

    assert (make.reload(case).holder, make.reload(case).due_on) == ("", None)
