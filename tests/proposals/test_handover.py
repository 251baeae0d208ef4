"""担当の引継ぎ: all of one officer's work goes to another at once, with a record a case."""

import pytest
from django.utils import timezone

from cityhall.models import Role
from cityhall.refusal import NotAllowed, Stale
from proposals.models import Proposal, Todo
from proposals.services import advance, handover, triage
from proposals.workflow import Kind, Step
from tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/proposals/proposal/handover/"
WHY = "4月の人事異動のため"


@pytest.fixture
def leaver():
    return make.desk(name="架空の前任")


@pytest.fixture
def heir():
    return make.desk(name="架空の後任")


def case_of(officer, step=Step.INTAKE):
    case = make.proposal(step, by=officer)
    triage.summarise(case, by=officer, summary="架空の要約", officer=officer)
    return make.reload(case)


def todo_of(officer, **fields):
    return Todo.objects.create(text="架空のすること", owner=officer, key=f"k{Todo.objects.count()}", **fields)


def typed(leaver, heir, **fields):
    return {"person": leaver.pk, "to": heir.pk, "reason": WHY, "go": "look"} | fields


def test_open_cases_and_todos_go_and_each_case_says_so(leaver, heir, desk):
    case, todo = case_of(leaver), todo_of(leaver)

    count = handover.hand_over(leaver, to=heir, by=desk, reason=WHY)

    record = case.records.get(kind=Kind.HANDOVER)
    todo.refresh_from_db()
    assert (count, make.reload(case).officer, todo.owner) == (1, heir, heir)
    assert (record.text.text, record.by) == (f"担当：架空の前任 → 架空の後任。{WHY}", desk)


def test_what_is_over_or_anothers_stays(leaver, heir, desk):
    ended, other, done = case_of(leaver), case_of(desk), todo_of(leaver, done_at=timezone.now())
    case_of(leaver)
    advance(ended, "withdraw", by=desk, note="申し出のため")

    handover.hand_over(leaver, to=heir, by=desk, reason=WHY)

    done.refresh_from_db()
    assert [make.reload(ended).officer, make.reload(other).officer, done.owner] == [leaver, desk, leaver]


def test_a_case_keeps_its_turn_and_its_day(leaver, heir, desk):
    case = case_of(leaver, Step.HEARING)

    handover.hand_over(leaver, to=heir, by=desk, reason=WHY)

    after = make.reload(case)
    assert (after.step, after.holder, after.due_on) == (case.step, case.holder, case.due_on)


def test_what_makes_no_sense_is_refused(leaver, heir, desk):
    section = make.member(make.department())
    refusals = {
        "同じです": lambda: handover.hand_over(leaver, to=leaver, by=desk, reason=WHY),
        "いま窓口にいません": lambda: handover.hand_over(leaver, to=section, by=desk, reason=WHY),
        "いまはありません": lambda: handover.hand_over(leaver, to=heir, by=desk, reason=WHY),
        "わけ": lambda: handover.hand_over(leaver, to=heir, by=desk, reason="　"),
        "窓口だけ": lambda: handover.hand_over(leaver, to=heir, by=section, reason=WHY),
    }

    for words, deed in refusals.items():
        with pytest.raises(NotAllowed, match=words):
            deed()


def test_nothing_unseen_is_handed_over(leaver, heir, desk):
    case_of(leaver)
    seen = handover.burden_of(leaver).mark
    late = case_of(leaver)

    with pytest.raises(Stale, match="引き継ぐものが変わりました"):
        handover.hand_over(leaver, to=heir, by=desk, reason=WHY, seen=seen)

    assert make.reload(late).officer == leaver


# --- the page -----------------------------------------------------------------


def test_first_it_is_looked_at_and_nothing_changes(client, desk, leaver, heir):
    case, todo = case_of(leaver), todo_of(leaver)

    page = client.post(ADDRESS, typed(leaver, heir))

    assert case.number in page.text
    assert todo.text in page.text
    assert make.reload(case).officer == leaver


def test_pressed_twice_it_is_done_once(client, desk, leaver, heir):
    case = case_of(leaver)
    sent = typed(leaver, heir, go="do", seen=handover.burden_of(leaver).mark)

    first, second = client.post(ADDRESS, sent, follow=True), client.post(ADDRESS, sent)

    assert "架空の前任の案件1件とすることを、架空の後任へ引き継ぎました。" in first.text
    assert second.status_code == 200
    assert case.records.filter(kind=Kind.HANDOVER).count() == 1


def test_a_case_come_meanwhile_is_shown_before_it_goes(client, desk, leaver, heir):
    case_of(leaver)
    sent = typed(leaver, heir, go="do", seen=handover.burden_of(leaver).mark)
    late = case_of(leaver)

    page = client.post(ADDRESS, sent)

    assert "引き継ぐものが変わりました" in page.text
    assert late.number in page.text
    assert not Proposal.objects.filter(officer=heir).exists()


@pytest.mark.parametrize("field", ["person", "to", "reason"])
def test_what_is_missing_is_said(client, desk, leaver, heir, field):
    case_of(leaver)

    page = client.post(ADDRESS, typed(leaver, heir, **{field: ""}))

    assert page.context["form"].errors[field]


def test_a_case_whose_officer_left_is_named_at_the_home(client, desk, leaver):
    case = case_of(leaver)
    before = client.get("/admin/").text

    leaver.postings.filter(role=Role.DESK).update(valid_to="2026-04-02")

    after = client.get("/admin/").text
    assert "担当がいなくなった案件" not in before
    assert "担当がいなくなった案件" in after
    assert f"{case.number} {case.title}" in after
