"""Two summaries at once: nothing is lost, one is chosen, and a third saving shows the page again."""

import pytest

from proposals.differences import joined
from proposals.models import Todo
from proposals.services import triage
from proposals.workflow import Kind, Step
from tests import make

pytestmark = pytest.mark.django_db
BASE = "配食で安否を確かめる。費用は求めない。"
THEIRS = "配食で安否を確かめ、家族に知らせる。費用は求めない。"
MINE = "配食で安否を確かめる。費用は団体が持つ。"


@pytest.fixture
def colleague():
    return make.desk(name="架空同僚")


def url(case, deed="summary"):
    return f"/admin/proposals/proposal/{case.number}/{deed}/"


@pytest.fixture
def case(client, desk, colleague):
    """A case whose summary a colleague saved while this officer wrote."""
    case = make.proposal(Step.SORTING, by=desk)
    triage.summarise(case, by=desk, summary=BASE)
    return make.reload(case)


@pytest.fixture
def overtaken(client, case, colleague):
    opened = {"version": case.version, "was": f"\n{BASE}", "summary": MINE, "officer": ""}
    triage.summarise(case, by=colleague, summary=THEIRS)
    return client.post(url(case), opened)


def choose(client, case, page, choice, **changes):
    form = page.context["form"]
    hidden = {name: form[name].value() or "" for name in ("version", "was", "base", "mine", "key", "officer")}
    told = {"choice": choice, "joined": form["joined"].value(), **hidden, **changes}
    return client.post(url(case, "summary/settle"), told)


@pytest.mark.parametrize(
    ("theirs", "mine", "both", "touches"),
    [
        ("あ。え。う。", "あ。い。お。", "あ。え。お。", False),
        ("あ。え。う。", "あ。お。う。", "あ。え。お。う。", True),
        ("あ。え。う。", "あ。え。う。", "あ。え。う。", False),
        ("あ。い。う。え。", "お。あ。い。う。", "お。あ。い。う。え。", False),
        ("い。う。", "あ。い。", "い。", False),
        ("", "あ。い。う。え。", "え。", False),
    ],
)
def test_two_rewritings_are_joined_where_they_do_not_touch(theirs, mine, both, touches):
    assert joined("あ。い。う。", theirs, mine) == (both, touches)


def test_both_texts_are_shown_and_nothing_is_written(case, overtaken):
    assert overtaken.status_code == 409
    for words in ("架空同僚さんが保存しました", "家族に知らせる", "団体が持つ", "両方を生かす"):
        assert words in overtaken.text
    assert make.reload(case).summary == THEIRS


def test_both_are_kept_in_a_joined_text(client, case, overtaken):
    choose(client, case, overtaken, "both")

    assert make.reload(case).summary == "配食で安否を確かめ、家族に知らせる。費用は団体が持つ。"


def test_the_own_text_is_saved_and_the_colleague_told(client, case, overtaken, colleague):
    choose(client, case, overtaken, "mine")

    assert make.reload(case).summary == MINE
    assert Todo.objects.get().owner == colleague


def test_the_saved_text_stays_and_the_own_is_kept_in_the_record(client, case, overtaken):
    for _ in range(2):
        choose(client, case, overtaken, "theirs")

    discarded = case.records.filter(kind=Kind.NOTE, data__has_key="discarded").get()
    assert (make.reload(case).summary, discarded.text.text) == (THEIRS, MINE)


def test_two_presses_save_once(client, case, overtaken):
    responses = [choose(client, case, overtaken, "mine") for _ in range(2)]

    assert [response.status_code for response in responses] == [302, 302]
    assert Todo.objects.count() == 1


def test_a_third_saving_in_between_shows_the_page_again_with_the_newer_text(
    client, case, overtaken, colleague
):
    triage.summarise(case, by=colleague, summary="三度目の文。")

    again = choose(client, case, overtaken, "both", joined="わたしの直した文。")

    assert again.status_code == 409
    assert "三度目の文。" in again.text
    assert "わたしの直した文。" in again.text
    assert make.reload(case).summary == "三度目の文。"
    choose(client, case, again, "mine")
    assert make.reload(case).summary == "わたしの直した文。"


def test_the_officer_a_colleague_chose_meanwhile_stays(client, desk, case, colleague):
    opened = {"version": case.version, "was": f"\n{BASE}", "summary": MINE, "officer": ""}
    triage.summarise(case, by=colleague, summary=THEIRS, officer=colleague)
    page = client.post(url(case), opened)

    choose(client, case, page, "both")

    assert make.reload(case).officer == colleague


def test_a_page_without_a_choice_asks_for_one(client, case, overtaken):
    page = choose(client, case, overtaken, "")

    assert "選んでください" in page.text
    assert make.reload(case).summary == THEIRS
