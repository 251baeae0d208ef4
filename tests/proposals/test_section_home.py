"""What is asked of a section, the most urgent first."""

import pytest
import time_machine
from django.utils import timezone

from cityhall.models import Role
from proposals.models import Hearing, Theme
from proposals.services import advance, decision_drafts, decisions
from tests import make, make_deciding, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return make.department("こども家庭課")


@pytest.fixture
def head(section):
    return make.head(section)


def page(person):
    return make_section.visit(person).get("/section/")


def kinds(response):
    return [thing.kind for thing in response.context["things"]]


def test_nothing_to_do_is_said_in_a_calm_sentence(section):
    response = page(make.member(section))

    assert "いま、こども家庭課へのお願いはありません" in response.content.decode()


def test_a_head_sees_sheets_decisions_and_conditions_by_due_date(section, head):
    make_section.to_decide(section)
    make_section.conditional(head, section)
    make_section.asked(section)

    response = page(head)

    assert kinds(response) == ["つなぐシート", "条件の確認", "判断"]
    assert "お願いしていること　3件" in response.content.decode()


def test_a_member_is_asked_to_prepare_and_not_to_decide(section, head):
    make_section.to_decide(section)
    make_section.conditional(head, section)
    make_section.asked(section)

    response = page(make.member(section))

    assert kinds(response) == ["つなぐシート", "判断の下書き"]
    assert [thing.verb for thing in response.context["things"]] == ["返事を書く", "下書きを書く"]


def test_a_draft_of_a_decision_is_with_the_head_and_comes_back_with_words(section, head):
    member, case = make.member(section), make_section.to_decide(section)

    decision_drafts.save(case, by=member, said={}, draft_version=0, hands_up=True)
    assert [page(person).context["things"][0].verb for person in (head, member)] == [
        "確かめる",
        "下書きを見る",
    ]

    decision_drafts.send_back(make.reload(case), by=head, text="架空の言葉", draft_version=1)
    assert [page(person).context["things"][0].verb for person in (head, member)] == ["判断する", "書き直す"]


def test_whoever_leads_reads_which_sections_in_joint_charge_are_still_to_answer(section, head):
    make_deciding.referred(section, joint_with=[make.department("生活支援課")])

    assert page(head).context["things"][0].why == "共管の生活支援課の答えを待っています"


def test_a_late_sheet_stands_first_and_says_by_how_many_open_days(section, head):
    with time_machine.travel("2026-11-02 09:00 +0900"):
        case = make_section.asked(section)
        Hearing.objects.update(due_on="2026-11-10")
    with time_machine.travel("2026-11-13 09:00 +0900"):
        make_section.asked(section)

        things = page(head).context["things"]

    assert things[0].case == case
    assert (things[0].due.is_late, things[0].due.note) == (True, "3開庁日 超過")
    assert (things[1].due.is_late, things[1].due.note) == (False, "あと7開庁日")


def test_a_sheet_due_today_says_so(section, head):
    make_section.asked(section)
    Hearing.objects.update(due_on=timezone.localdate())

    things = page(head).context["things"]

    assert things[0].due.note == "今日まで"


def test_answered_sheets_and_closed_cases_are_no_longer_asked_for(section, head):
    done, left = make_section.asked(section), make_section.asked(section)
    make_section.visit(head).post(
        f"/section/sheets/{done.number}/1/", {"answer": "yes", "tellable": "desk", "version": 0}
    )
    advance(left, "withdraw", by=make.desk(), note="提案者の申し出")

    response = page(head)

    assert kinds(response) == []


def test_a_person_of_two_sections_sees_both_and_whose_each_is(section):
    other = make.department("生活支援課")
    both = make.head(section)
    make.posting(both, Role.MEMBER, other)
    make_section.asked(section)
    make_section.asked(other)

    things = page(both).context["things"]

    assert {thing.section for thing in things} == {section, other}
    assert "こども家庭課・生活支援課" in page(both).content.decode()


def test_another_sections_cases_appear_nowhere(section, head):
    other = make.department("都市整備課")
    make_section.asked(other, title="よその提案")
    make_section.to_decide(other, title="よその判断")
    Theme.objects.create(department=other, title="よその困りごと")

    words = page(head).content.decode()

    assert "よその" not in words
    assert "都市整備課" not in words


def test_settled_conditions_ask_for_the_adoption(section, head):
    case = make_section.conditional(head, section)
    decisions.settle_condition(case.conditions.get(), by=head, on=timezone.localdate())

    things = page(head).context["things"]

    assert things[0].why == "条件がすべて確かめられました。案件化を記録してください"


def test_a_section_reads_its_own_troubles(section, head):
    Theme.objects.create(department=section, title="夏休みの昼食")

    response = page(head)

    assert "夏休みの昼食" in response.content.decode()


def fill(section, head, times):
    for _ in range(times):
        make_section.asked(section)
        make_section.to_decide(section)
        make_section.conditional(head, section, texts=("一つ", "二つ"))
        Theme.objects.create(department=section, title="困りごと")


@pytest.mark.parametrize("times", [1, 3])
def test_home_asks_the_same_of_the_database_for_one_row_and_for_three(
    times, section, head, django_assert_num_queries
):
    fill(section, head, times)
    client = make_section.visit(head)

    with django_assert_num_queries(19):
        response = client.get("/section/")

    assert len(response.context["things"]) == 3 * times
