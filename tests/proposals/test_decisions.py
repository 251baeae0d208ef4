"""⑥ 案件化判断: the head of the section in charge decides, in words, on a possible day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.models import ActedAs, Role
from cityhall.workflow import NotAllowed, Stale
from proposals.facts import fold
from proposals.models import Decision, Proposal
from proposals.services import advance, decisions, hearings, matching
from proposals.workflow import Holder, Kind, Step, Verdict
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]

CONDITION = {"text": "費用の見込みを出す", "owner": "提案者"}
TARGETS = {
    "go": (Step.ADOPTED, Verdict.ADOPTED),
    "go_if": (Step.CONDITIONS, Verdict.CONDITIONAL),
    "in_principle": (Step.IN_PRINCIPLE, Verdict.IN_PRINCIPLE),
    "continue": (Step.MATCHING, Verdict.CONTINUED),
    "no_go": (Step.DECLINED, Verdict.DECLINED),
}


def day(days=0):
    return timezone.localdate() + timedelta(days=days)


def referred():
    """A case before ⑥ and the head who decides on it."""
    case = make.proposal(Step.DECISION)
    return case, make.head(case.department)


def decide(case, head, name="go", **fields):
    given = {"by": head, "decided_on": day(), "reason": "理由", **fields}
    if name == "go_if":
        given.setdefault("conditions", [CONDITION])
    return decisions.decide(case, name, **given)


@pytest.mark.parametrize("name", TARGETS)
def test_each_of_the_five_verdicts_leads_where_the_table_says(name):
    case, head = referred()
    step, verdict = TARGETS[name]

    decision = decide(case, head, name)

    case = make.reload(case)
    assert (case.step, case.verdict, case.verdict_on) == (step, verdict, day())
    assert (decision.verdict, decision.decided_by, decision.department) == (verdict, head, case.department)
    assert (decision.record.kind, decision.record.acted_as) == (Kind.VERDICT, ActedAs.HEAD)


def test_a_decision_keeps_what_the_head_had_before_them():
    case, head = referred()

    decision = decide(case, head, authority=Decision.Authority.ACTING, draft_number="架空第1号")

    assert decision.logic_model_label == "LM-R8-001 試行版 第1版"
    assert (decision.authority, decision.draft_number) == ("acting", "架空第1号")


def test_an_adopted_case_is_nobodys_turn_and_has_its_day():
    case, head = referred()

    decide(case, head)

    case = make.reload(case)
    assert (case.holder, case.due_on, case.adopted_on) == ("", None, day())


@pytest.mark.parametrize("who", ["desk", "manager", "admin", "member", "other_head", "leaver"])
@pytest.mark.parametrize("name", TARGETS)
def test_nobody_else_decides(who, name):
    case, _ = referred()
    make_one = {
        "member": lambda: make.member(case.department),
        "other_head": lambda: make.head(make.department("架空のほかの課")),
        "leaver": lambda: make.user(Role.HEAD, case.department, is_active=False),
    }
    person = make_one.get(who, getattr(make, who, None))()

    with pytest.raises(NotAllowed, match="所属長だけが行えます"):
        decide(case, person, name)

    assert (make.reload(case).step, Decision.objects.count()) == (Step.DECISION, 0)


@pytest.mark.parametrize("name", [name for name in TARGETS if name != "go"])
def test_all_but_an_adoption_need_a_reason(name):
    case, head = referred()

    with pytest.raises(NotAllowed, match="理由が必要です"):
        decide(case, head, name, reason="　")


def test_a_conditional_adoption_needs_a_condition():
    case, head = referred()

    with pytest.raises(NotAllowed, match="条件を1つ以上"):
        decide(case, head, "go_if", conditions=[])


@pytest.mark.parametrize("name", ["withdraw", "accept", "fulfil", ""])
def test_only_the_five_are_verdicts(name):
    case, head = referred()

    with pytest.raises(NotAllowed, match="結論を1つ"):
        decide(case, head, name)


@pytest.mark.parametrize("days", [-1, 1], ids=["before it came to six", "tomorrow"])
def test_the_day_lies_between_the_coming_and_today(days):
    case, head = referred()

    with pytest.raises(NotAllowed, match="判断に付された日から今日まで"):
        decide(case, head, decided_on=day(days))


@pytest.mark.parametrize("days", [0, 3, 5])
def test_a_day_since_then_is_taken(time_machine, days):
    time_machine.move_to("2026-07-01T03:00:00Z", tick=False)
    case, head = referred()
    came = day()
    time_machine.move_to("2026-07-06T03:00:00Z", tick=False)

    decision = decide(case, head, decided_on=came + timedelta(days=days))

    assert decision.record.on == make.reload(case).adopted_on == came + timedelta(days=days)


def test_a_case_not_before_step_six_is_not_decided():
    case = make.proposal(Step.LOGIC_MODEL)

    with pytest.raises(NotAllowed, match="いまの段階では"):
        decide(case, make.head(case.department))


def test_a_decision_from_an_old_page_is_refused():
    case, head = referred()

    with pytest.raises(Stale):
        decide(case, head, version=case.version - 1)


def test_a_second_decision_is_refused():
    case, head = referred()
    decide(case, head)

    with pytest.raises(NotAllowed, match="いまの段階では"):
        decide(case, head, "no_go")


def test_going_on_talking_leads_to_another_decision_that_follows_the_first():
    case, head = referred()
    first = decide(case, head, "continue")
    for name in ("start_model", "refer"):
        advance(case, name, by=make.desk())

    second = decide(case, head, "go")

    assert (second.follows, make.reload(case).verdict) == (first, Verdict.ADOPTED)


def test_the_head_may_send_a_case_back_with_a_reason():
    case, head = referred()

    advance(case, "back_to_model", by=head, note="図の矢印が足りない")

    case = make.reload(case)
    assert (case.step, case.holder, case.verdict) == (Step.LOGIC_MODEL, Holder.DESK, "")


# after the verdict


def adopted():
    case, head = referred()
    decide(case, head)
    return make.reload(case), head.postings.get()


def test_an_adopted_case_may_be_cancelled_before_it_starts_and_taken_up_again():
    case, actor = adopted()
    decisions.cancel_before_start(case, actor=actor, on=day(), reason="提案者の都合")

    advance(case, "reopen", by=make.desk(), note="都合がついた")

    case = make.reload(case)
    assert (case.step, case.cancelled_on, case.verdict) == (Step.HEARING, None, "")


def test_a_cancelled_case_is_no_adoption():
    case, actor = adopted()

    decisions.cancel_before_start(case, actor=actor, on=day(), reason="提案者の都合")

    case = make.reload(case)
    assert (case.cancelled_on, case.adopted_on, case.step) == (day(), None, Step.ADOPTED)


def test_a_case_is_cancelled_once():
    case, actor = adopted()
    decisions.cancel_before_start(case, actor=actor, on=day(), reason="提案者の都合")

    with pytest.raises(NotAllowed, match="案件化した案件にだけ"):
        decisions.cancel_before_start(case, actor=actor, on=day(), reason="提案者の都合")


@pytest.mark.parametrize("days", [-1, 1])
def test_a_case_is_cancelled_between_its_adoption_and_today(days):
    case, actor = adopted()

    with pytest.raises(NotAllowed, match="案件化の日から今日まで"):
        decisions.cancel_before_start(case, actor=actor, on=day(days), reason="提案者の都合")


def test_an_adopted_case_that_goes_on_is_not_reopened():
    case, _ = adopted()

    with pytest.raises(NotAllowed, match="開始前の中止を記録する"):
        advance(case, "reopen", by=make.desk(), note="もう一度")


def test_a_no_is_a_seed_and_comes_back_to_the_hearing():
    case, head = referred()
    decide(case, head, "no_go")

    advance(case, "reopen", by=make.desk(), note="事情が変わった")

    case = make.reload(case)
    assert (case.step, case.verdict, case.reopened_on) == (Step.HEARING, "", day())


def test_what_the_records_say_is_what_the_columns_say_after_all_of_this():
    case, head = referred()
    desk = make.desk()
    decide(case, head, "no_go")
    advance(case, "reopen", by=desk, note="再び")
    hearings.ask(make.reload(case), make.department(), by=desk, reason="新しい課にも")
    matching.choose_lead(make.reload(case), make.department("架空福祉課"), by=desk)

    case = Proposal.objects.get()
    assert {name: getattr(case, name) for name in vars(fold([]))} == vars(fold(case.records.effective()))
