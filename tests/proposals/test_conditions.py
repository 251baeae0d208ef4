"""条件待ち: the conditions of a 条件付採用, settled one by one by the head, or lapsed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.workflow import NotAllowed, Stale
from proposals.services import advance, decisions
from proposals.workflow import Holder, Step, Verdict
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]

CONDITION = {"text": "費用の見込みを出す", "owner": "提案者"}


def day(days=0):
    return timezone.localdate() + timedelta(days=days)


def decide(case, head, *conditions):
    decisions.decide(
        case, "go_if", by=head, decided_on=day(), reason="理由", conditions=list(conditions) or [CONDITION]
    )


def conditional(*conditions):
    """A case that waits for its conditions, and the head who settles them."""
    case = make.proposal(Step.DECISION)
    head = make.head(case.department)
    decide(case, head, *conditions)
    return make.reload(case), head


def settle(condition, head, **fields):
    return decisions.settle_condition(condition, by=head, **{"on": day(), **fields})


def test_a_conditional_adoption_is_the_sections_turn_and_no_adoption_yet():
    case, _ = conditional()

    assert (case.holder, case.adopted_on) == (Holder.SECTION, None)


def test_conditions_are_met_one_by_one_and_the_last_days_counts(time_machine):
    time_machine.move_to("2026-07-01T03:00:00Z", tick=False)
    case, head = conditional(CONDITION, CONDITION | {"text": "場所を決める"})
    first, second = case.conditions.all()
    time_machine.move_to("2026-07-10T03:00:00Z", tick=False)
    settle(second, head, on=day(-2))
    settle(first, head, on=day(-5), waived_reason="要らなくなった")

    decisions.fulfil(case, by=head)

    case = make.reload(case)
    assert (case.step, case.verdict) == (Step.ADOPTED, Verdict.CONDITIONAL)
    assert case.adopted_on == case.conditions_met_on == day(-2)


def test_an_open_condition_holds_the_case_and_is_named():
    case, head = conditional()

    with pytest.raises(NotAllowed, match="条件「費用の見込みを出す」を満たすか、免じる"):
        decisions.fulfil(case, by=head)


def test_a_condition_is_settled_once():
    case, head = conditional()
    settle(case.conditions.get(), head)

    with pytest.raises(NotAllowed, match="もう確かめが済んでいます"):
        settle(case.conditions.get(), head)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_condition_is_settled_between_the_verdict_and_today(days):
    case, head = conditional()

    with pytest.raises(NotAllowed, match="判断日から今日まで"):
        settle(case.conditions.get(), head, on=day(days))


@pytest.mark.parametrize("who", ["desk", "manager", "admin", "member", "other_head"])
def test_only_the_head_settles_fulfils_and_lets_lapse(who):
    case, _ = conditional()
    make_one = {
        "member": lambda: make.member(case.department),
        "other_head": lambda: make.head(make.department("架空のほかの課")),
    }
    person = make_one.get(who, getattr(make, who, None))()

    with pytest.raises(NotAllowed, match="所属長だけ"):
        settle(case.conditions.get(), person)
    with pytest.raises(NotAllowed, match="所属長だけ"):
        decisions.fulfil(case, by=person)
    with pytest.raises(NotAllowed, match="所属長だけ"):
        decisions.lapse(case, by=person, reason="理由")


def test_conditions_that_will_not_come_true_end_the_case_with_a_reason():
    case, head = conditional()
    with pytest.raises(NotAllowed, match="理由が必要"):
        decisions.lapse(case, by=head, reason="")

    decisions.lapse(case, by=head, reason="費用が合わない")

    case = make.reload(case)
    assert (case.step, case.verdict, case.adopted_on) == (Step.DECLINED, Verdict.DECLINED, None)


def test_what_an_earlier_decision_asked_no_longer_counts():
    case, head = conditional()
    decisions.lapse(case, by=head, reason="費用が合わない")
    desk = make.desk()
    advance(case, "reopen", by=desk, note="費用の目処がついた")
    for name in ("start_matching", "start_model", "refer"):
        advance(case, name, by=desk)
    decide(case, head, CONDITION | {"text": "場所を決める"})
    settle(case.conditions.get(text="場所を決める"), head)

    decisions.fulfil(case, by=head)

    assert make.reload(case).step == Step.ADOPTED


def test_a_condition_of_a_closed_case_is_not_settled():
    case, head = conditional()
    decisions.lapse(case, by=head, reason="費用が合わない")

    with pytest.raises(NotAllowed, match="もう確かめが済んでいます"):
        settle(case.conditions.get(), head)


@pytest.mark.parametrize("verb", ["settle", "fulfil", "lapse"])
def test_an_old_page_settles_fulfils_and_ends_nothing(verb):
    case, head = conditional()
    old = case.version - 1
    acts = {
        "settle": lambda: settle(case.conditions.get(), head, version=old),
        "fulfil": lambda: decisions.fulfil(case, by=head, version=old),
        "lapse": lambda: decisions.lapse(case, by=head, reason="費用が合わない", version=old),
    }

    with pytest.raises(Stale):
        acts[verb]()

    assert make.reload(case).version == case.version
