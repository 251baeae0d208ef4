"""課に尋ねる for many cases at once: each may have words of its own, or be left out."""

import pytest

from proposals.models import DeskJob, Hearing
from proposals.workflow import Step
from tests import make
from tests.proposals.test_bulk import outcomes, press, section

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(desk):
    return [make.proposal(Step.SORTING, by=desk) for _ in range(3)]


def sheet_for(*sections, **told):
    day = {"due_on": "2099-01-05"}
    return {"departments": [one.pk for one in sections], "request": "tell", "reason": "同じ文"} | day | told


def own(case, **typed):
    return {f"{case.number}-{name}": value for name, value in typed.items()}


def test_a_case_is_asked_about_in_its_own_words_the_others_in_those_for_all(client, desk, three):
    one, two, _ = three
    words = own(one, request="meet", reason="この案件だけの文", due_on="2099-02-03")
    words |= own(two, skip="on", why="先に団体と話すため")

    answer = press(client, "ask", three, **sheet_for(section()), **words)

    sent = Hearing.objects.order_by("proposal_id")
    assert [(sheet.request, sheet.reason, str(sheet.due_on)) for sheet in sent] == [
        ("meet", "この案件だけの文", "2099-02-03"),
        ("tell", "同じ文", "2099-01-05"),
    ]
    assert [two.number, False, "飛ばすことにしました。先に団体と話すため"] in outcomes(client, answer)


def test_the_preview_begins_each_case_with_the_words_for_all(client, desk, three):
    page = press(client, "ask", three, go="look", **sheet_for(section()))

    forms = [row["own"] for row in page.context["reached"]]
    assert [form["reason"].value() for form in forms] == ["同じ文"] * 3
    assert not any(form.changed or form.errors for form in forms)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"due_on": "1999-01-01"}, "due_on"),
        ({"skip": "on"}, "why"),
        ({"why": "印を忘れた"}, "skip"),
    ],
)
def test_what_is_wrong_for_one_case_is_said_there_and_nothing_is_lost(client, desk, three, typed, field):
    words = own(three[0], **typed) | own(three[1], reason="消えてはいけない文")

    page = press(client, "ask", three, **sheet_for(section()), **words)

    first, second, _ = (row["own"] for row in page.context["reached"])
    assert field in first.errors and not second.errors
    assert "消えてはいけない文" in page.text
    assert not DeskJob.objects.exists()


def test_own_words_outlive_a_change_of_the_words_for_all_and_the_rest_follows_it(client, desk, three):
    words = own(three[0], reason="この案件だけの文") | own(three[1], reason="同じ文")

    edit = press(client, "ask", three, go="edit", **sheet_for(section()), **words)
    again = press(
        client,
        "ask",
        three,
        go="look",
        **sheet_for(section(), reason="新しい文"),
        **own(three[0], reason="この案件だけの文"),
    )

    assert [field.html_name for field in edit.context["kept"]] == [f"{three[0].number}-reason"]
    told = [row["own"]["reason"].value() for row in again.context["reached"]]
    assert told == ["この案件だけの文", "新しい文", "新しい文"]
