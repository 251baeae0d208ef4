"""The conditions of a 条件付採用: met, waived, all settled, or lapsed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from cityhall.models import PostingKind, Role
from proposals.seen import is_as_seen
from proposals.services import advance, decisions
from proposals.workflow import Step
from tests import make, make_section

pytestmark = pytest.mark.django_db


LAPSE = {
    "reason_code": "capacity",
    "reason": "提案者の体制が変わったため",
    "draft_number": "起案第9号",
    "authority": "own",
    "decided_on": timezone.localdate().isoformat(),
    "password": make.PASSWORD,
}


@pytest.fixture
def section():
    return make.department("こども家庭課")


@pytest.fixture
def head(section):
    return make.head(section)


@pytest.fixture
def case(head, section):
    return make_section.conditional(head, section, texts=("開始を5月以降", "大人を2人"))


def url(case, action=""):
    return f"/section/cases/{case.number}/conditions/{action}"


def settle(head, case, n, **typed):
    today = timezone.localdate().isoformat()
    sent = {"version": make.reload(case).version, "how": "met", "on": today, **typed}
    fields = {f"condition{n}-{name}": value for name, value in sent.items()}
    return make_section.visit(head).post(url(case, f"{n}/"), fields)


def close(head, case, action, **typed):
    fields = {f"{action}-{k}": v for k, v in {"version": make.reload(case).version, **typed}.items()}
    return make_section.visit(head).post(url(case, f"{action}/"), fields)


def states(case):
    return [(c.met_on, c.waived_on, c.waived_reason) for c in case.conditions.all()]


def test_a_condition_is_met_on_a_day(head, case):
    response = settle(head, case, 2, words="現地で確かめました")

    assert response.url == url(case)
    assert states(case) == [(None, None, ""), (timezone.localdate(), None, "")]


def test_a_condition_is_waived_with_a_reason(head, case):
    settle(head, case, 1, how="waived", words="工事が早く終わったため")

    assert states(case)[0] == (None, timezone.localdate(), "工事が早く終わったため")


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"how": ""}, "how", "選んでください。"),
        ({"how": "waived"}, "words", "免じる理由を書いてください。"),
        ({"on": ""}, "on", "日を入れてください。"),
    ],
)
def test_what_is_missing_is_said_at_its_field(typed, field, sentence, head, case):
    response = settle(head, case, 1, **typed)

    assert sentence in response.context["form"].errors[field][0]
    assert states(case)[0] == (None, None, "")


@pytest.mark.parametrize("on", [date(1999, 1, 1), date(2090, 1, 1)])
def test_a_day_before_the_verdict_or_after_today_is_refused_in_words(on, head, case):
    response = settle(head, case, 1, on=on.isoformat(), words="残したい文")

    assert "判断日から今日までの日" in response.content.decode()
    assert "残したい文" in response.content.decode()


def test_a_condition_settled_before_is_refused_with_the_newer_state(head, case):
    seen = case.version
    settle(head, case, 1)

    response = settle(head, case, 1, version=seen, how="waived", words="後の理由")

    assert response.status_code == 409
    assert "ほかの人が先に保存しました" in response.content.decode()
    assert states(case)[0] == (timezone.localdate(), None, "")


def test_a_condition_that_was_never_set_is_not_found(head, case):
    assert settle(head, case, 3).status_code == 404


def test_all_settled_conditions_adopt_the_case_on_the_last_day(head, case):
    settle(head, case, 1)
    settle(head, case, 2)

    response = close(head, case, "fulfil")

    case = make.reload(case)
    assert response.url == f"/section/cases/{case.number}/"
    assert (case.step, case.adopted_on) == (Step.ADOPTED, timezone.localdate())


def test_an_open_condition_holds_the_adoption_and_is_named(head, case):
    settle(head, case, 1)

    response = close(head, case, "fulfil")

    assert "条件「大人を2人」を満たすか、免じる" in response.content.decode()
    assert make.reload(case).step == Step.CONDITIONS


def test_the_button_for_the_adoption_stands_there_only_when_all_are_settled(head, case):
    before = make_section.visit(head).get(url(case)).content.decode()
    settle(head, case, 1)
    settle(head, case, 2)
    after = make_section.visit(head).get(url(case)).content.decode()

    assert "条件がそろった（案件化する）" not in before
    assert "条件がそろった（案件化する）" in after


def test_a_condition_whose_day_is_past_says_so(head, case):
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        page = make_section.visit(head).get(url(case)).text

    assert "開庁日 超過" in page.split('id="condition1"')[1]


def test_conditions_lapse_with_a_reason(head, case):
    response = close(head, case, "lapse", **LAPSE)

    assert response.url == f"/section/cases/{case.number}/"
    assert make.reload(case).step == Step.DECLINED


def test_the_end_of_the_conditions_is_a_decision_with_its_marks_and_what_was_seen(head, case):
    page = make_section.visit(head).get(url(case))
    before = page.context["seen"]

    close(head, case, "lapse", **LAPSE)

    first, last = case.decisions.all()
    assert (last.verdict, last.follows, last.decided_by) == ("declined", first, head)
    assert (last.reason_code, last.reason) == ("capacity", "提案者の体制が変わったため")
    assert (last.draft_number, last.authority) == ("起案第9号", "own")
    assert last.seen == before and is_as_seen(last)
    assert [row["state"] for row in last.seen["earlier"]["conditions"]] == ["まだ", "まだ"]
    told = make_section.visit(head).get(f"/section/cases/{case.number}/decisions/2/").content.decode()
    assert "起案第9号" in told and "開始を5月以降" in told


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"password": "ちがう"}, "password"),
        ({"draft_number": ""}, "draft_number"),
        ({"reason_code": ""}, "reason_code"),
        ({"decided_on": "1999-01-01"}, "decided_on"),
    ],
)
def test_conditions_do_not_lapse_without_the_marks_of_a_decision(typed, field, head, case):
    response = close(head, case, "lapse", **LAPSE | typed)

    assert field in response.context["lapse_form"].errors
    assert LAPSE["reason"] in response.content.decode()
    assert make.reload(case).step == Step.CONDITIONS


def test_who_acts_for_the_head_is_offered_to_decide_so(section, case):
    acting = make.user()
    make.posting(acting, Role.HEAD, section, kind=PostingKind.ACTING)

    page = make_section.visit(acting).get(url(case))

    assert page.context["lapse_form"]["authority"].value() == "acting"


def test_conditions_do_not_lapse_without_a_reason(head, case):
    response = close(head, case, "lapse", reason="")

    assert "lapse-reason" in response.content.decode()
    assert make.reload(case).step == Step.CONDITIONS


def test_a_second_head_who_comes_after_the_lapse_keeps_the_own_words(section, head, case):
    decisions.lapse(case, by=make.head(section), reason="体制が変わったため")

    response = settle(head, case, 1, words="後から書いた文")

    assert response.status_code == 409
    assert "後から書いた文" in response.content.decode()


def test_conditions_of_an_earlier_decision_no_longer_count(section, head, case):
    decisions.lapse(case, by=head, reason="体制が変わったため")
    desk = make.desk()
    advance(make.reload(case), "reopen", by=desk, note="体制が整ったため")
    for move in make._way_to(Step.DECISION)[2:]:
        move(make.reload(case), desk, section)
    decisions.decide(
        make.reload(case),
        "go_if",
        by=head,
        decided_on=timezone.localdate(),
        reason="残る条件のため",
        conditions=[{"text": "新しい条件", "owner": "提案者"}],
    )

    settle(head, case, 1)
    close(head, case, "fulfil")

    assert make.reload(case).step == Step.ADOPTED
