"""⑥ on the section's page: the verdict, what it needs, and who was first."""

import pytest
import time_machine
from django.utils import timezone

from cityhall.models import PostingKind, Role
from proposals.models import Condition, Decision
from proposals.services import decisions, hearings, triage
from proposals.workflow import Step
from tests import make, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return make.department("こども家庭課")


@pytest.fixture
def head(section):
    return make.head(section)


@pytest.fixture
def case(section):
    return make_section.to_decide(section)


def url(case, action="decide"):
    return f"/section/cases/{case.number}/{action}/"


def decide(head, case, **typed):
    return make_section.visit(head).post(url(case), make_section.verdict(case, **typed))


def send_back(head, case, **typed):
    return make_section.visit(head).post(url(case, "send-back"), {"version": case.version, **typed})


CONDITION = {
    "verdict": "go_if",
    "condition1_text": "開始を5月以降とする",
    "condition1_owner": "提案者",
    "condition1_due": "令和9年4月30日",
}


@pytest.mark.parametrize(
    ("verdict", "step"),
    [
        ("go", Step.ADOPTED),
        ("in_principle", Step.IN_PRINCIPLE),
        ("continue", Step.MATCHING),
        ("no_go", Step.DECLINED),
    ],
)
def test_a_verdict_moves_the_case_and_says_that_the_proposer_does_not_know_yet(verdict, step, head, case):
    response = make_section.visit(head).post(
        url(case), make_section.verdict(case, verdict=verdict), follow=True
    )

    decision = Decision.objects.get()
    assert make.reload(case).step == step
    assert (decision.decided_by, decision.draft_number, decision.authority) == (head, "座こ第412号", "own")
    assert "記録しました。提案者にはまだ届いていません。" in response.content.decode()


def test_a_conditional_adoption_keeps_its_conditions_with_owner_and_day(head, case):
    decide(head, case, **CONDITION)

    condition = Condition.objects.get()
    assert make.reload(case).step == Step.CONDITIONS
    assert (condition.text, condition.owner) == ("開始を5月以降とする", "提案者")
    assert condition.due_on.isoformat() == "2027-04-30"


def test_conditions_typed_before_another_verdict_was_chosen_are_not_recorded(head, case):
    decide(head, case, **CONDITION | {"verdict": "go"})

    assert make.reload(case).step == Step.ADOPTED
    assert not Condition.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"verdict": ""}, "verdict", "選んでください。"),
        ({"verdict": "withdraw"}, "verdict", "選べません"),
        ({"verdict": "no_go", "reason": " "}, "reason", "理由を書いてください。"),
        ({"verdict": "go_if"}, "condition1_text", "条件を書いてください。"),
        ({"verdict": "go_if", "condition2_text": "一つ"}, "condition2_owner", "だれが行うかを"),
        (CONDITION | {"condition1_due": "いつか"}, "condition1_due", "日付として読めません"),
        ({"draft_number": ""}, "draft_number", "お書きください。"),
        ({"authority": "none"}, "authority", "選べません"),
        ({"decided_on": ""}, "decided_on", "日を入れてください。"),
        ({"decided_on": "2026-02-30"}, "decided_on", "暦にない日です"),
        ({"decided_on": "1999-01-01"}, "decided_on", "判断に付された日から今日まで"),
        ({"decided_on": "2090-01-01"}, "decided_on", "判断に付された日から今日まで"),
        ({"password": ""}, "password", "パスワードを入れてください。"),
        ({"password": "ちがう"}, "password", "パスワードが違います。"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_recorded(typed, field, sentence, head, case):
    response = decide(head, case, **typed)

    assert sentence in response.context["form"].errors[field][0]
    assert make.reload(case).step == Step.DECISION


def test_the_summary_names_the_condition_in_which_something_is_missing(head, case):
    page = decide(head, case, verdict="go_if", condition2_text="一つ").text

    assert "条件2：だれが行うかを書いてください。" in page.split('class="z-errors"')[1].split("</ul>")[0]


def test_a_wrong_password_keeps_every_other_word_and_is_not_sent_back(head, case):
    response = decide(head, case, password="まちがいの合言葉", reason="残したい理由", **CONDITION)

    words = response.content.decode()
    assert "残したい理由" in words
    assert "開始を5月以降とする" in words
    assert "まちがいの合言葉" not in words


def test_the_password_of_another_person_is_no_password(section, case):
    one = make.head(section)
    one.set_password("べつの合言葉です")
    one.save()

    response = decide(one, case, password=make.PASSWORD)

    assert "password" in response.context["form"].errors


def test_after_many_wrong_passwords_even_the_right_one_waits(head, case):
    for _ in range(10):
        decide(head, case, password="ちがう")

    response = decide(head, case)

    assert "1分待ってから" in response.context["form"].errors["password"][0]


def test_a_day_after_the_case_came_to_six_may_be_written_as_an_era_date(section):
    with time_machine.travel("2026-10-01 09:00 +0900"):
        head, case = make.head(section), make_section.to_decide(section)
    with time_machine.travel("2026-10-20 09:00 +0900"):
        decide(head, case, decided_on="令和8年10月15日")

    assert make.reload(case).verdict_on.isoformat() == "2026-10-15"


def test_an_acting_head_is_offered_the_acting_authority(section, case):
    acting = make.user()
    make.posting(acting, Role.HEAD, section, kind=PostingKind.ACTING)

    response = make_section.visit(acting).get(url(case))

    assert response.context["form"]["authority"].value() == "acting"


def test_the_second_of_two_heads_reads_what_happened_and_keeps_the_own_words(section, head, case):
    seen = make_section.verdict(case, verdict="no_go", reason="後から書いた理由")
    decisions.decide(case, "go", by=make.head(section), decided_on=timezone.localdate(), reason="先の理由")

    response = make_section.visit(head).post(url(case), seen)

    words = response.content.decode()
    assert response.status_code == 409
    assert "先に所属長が記録しました（" in words
    assert "あなたの文はこの下に残しています。" in words
    assert "判断：採用　先の理由" in words
    assert "後から書いた理由" in words
    assert "判断を記録する" not in words
    assert Decision.objects.get().verdict == "adopted"


def test_a_page_overtaken_by_the_desk_shows_the_newer_state_and_then_records(head, case):
    seen = make_section.verdict(case, reason="残したい理由")
    triage.summarise(case, by=make.desk(), summary="書き直した要約")

    response = make_section.visit(head).post(url(case), seen)

    form = response.context["form"]
    assert response.status_code == 409
    assert "残したい理由" in response.content.decode()
    assert form["version"].value() == make.reload(case).version
    assert decide(head, make.reload(case)).status_code == 302


def test_a_page_without_its_version_is_asked_to_be_opened_again(head, case):
    response = decide(head, case, version="")

    assert "画面を開き直してから" in response.content.decode()
    assert make.reload(case).step == Step.DECISION


def test_the_head_reads_all_answers_even_when_a_late_sheet_is_still_out(section, head):
    late = make.department("都市整備課")
    desk = make.desk()
    case = make.proposal(Step.MATCHING, by=desk, section=section)
    hearings.ask(case, late, by=desk, reason="道路の工事があるため")
    for move in make._way_to(Step.DECISION)[3:]:
        move(make.reload(case), desk, section)

    response = make_section.visit(head).get(url(case))

    assert "一緒に考えます。" in response.content.decode()
    assert "返事待ち" in response.content.decode()


def test_an_earlier_decision_stands_above_the_new_one(section, head, case):
    decide(head, case, verdict="continue", reason="話し合いを続けるため")
    for move in make._way_to(Step.DECISION)[3:]:
        move(make.reload(case), make.desk(), section)

    response = make_section.visit(head).get(url(case))

    assert "前回の判断" in response.content.decode()
    assert "話し合いを続けるため" in response.content.decode()


def test_sending_back_leads_to_step_five_with_its_reason(head, case):
    response = send_back(head, case, reason="指標の現状値を確かめてから")

    assert response.url == f"/section/cases/{case.number}/"
    assert make.reload(case).step == Step.LOGIC_MODEL
    assert case.records.last().text.text == "指標の現状値を確かめてから"


def test_sending_back_needs_a_reason(head, case):
    response = send_back(head, case, reason="")

    assert "reason" in response.context["form"].errors
    assert make.reload(case).step == Step.DECISION


def test_sending_back_a_case_decided_meanwhile_keeps_the_words(section, head, case):
    version = case.version
    decisions.decide(case, "go", by=make.head(section), decided_on=timezone.localdate())

    response = make_section.visit(head).post(
        url(case, "send-back"), {"version": version, "reason": "出しそびれた理由"}
    )

    assert response.status_code == 409
    assert "出しそびれた理由" in response.content.decode()
    assert make.reload(case).step == Step.ADOPTED
