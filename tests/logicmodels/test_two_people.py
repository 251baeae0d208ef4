"""Two people on one draft: each sees what the other saved, and no word of either is lost."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from logicmodels import services
from tests import make
from tests import make_logicmodels as lm

pytestmark = [pytest.mark.django_db, pytest.mark.both]

MOST = 10  # statements of a save, that of the session and of who is logged in among them


@pytest.fixture
def draft(desk):
    return lm.model(by=desk)


def url(name, draft, *args):
    return reverse(f"logicmodels:{name}", args=[draft.number, *args])


def opened(client, address):
    """What a browser would send of the page's form."""
    page = client.get(address).content.decode()
    return hidden(page)


def hidden(page):
    form = page[page.index("<form", page.index('id="panel"')) :]
    names = {name: re.search(rf'name="{name}" value="([^"]*)"', form)[1] for name in ("version", "seen")}
    return {name: unescape(value) for name, value in names.items()}


def colleague(draft, key, **words):
    box = lm.node(draft, key)
    told = {"column": box.column, "text": box.text, "side": box.side}
    services.edit_node(box, by=make.desk(), **told | words)


# --- forms ------------------------------------------------------------------


def test_what_others_did_elsewhere_stops_nobody(client, draft):
    page = url("node", draft, "cook")
    form = opened(client, page)
    services.add_node(draft, by=make.desk(), column="input", text="ほかの人の箱")
    colleague(draft, "short", text="ほかの人の言葉")

    answer = client.post(page, form | {"column": "input", "text": "わたしの言葉", "side": "proposer"})

    assert answer.status_code == 302
    assert (lm.node(draft, "cook").text, lm.node(draft, "short").text) == ("わたしの言葉", "ほかの人の言葉")


def test_a_field_only_the_other_changed_is_taken_over(client, draft):
    page = url("node", draft, "cook")
    form = opened(client, page)
    colleague(draft, "cook", side="other")

    client.post(page, form | {"column": "input", "text": "わたしの言葉", "side": "proposer"})

    box = lm.node(draft, "cook")
    assert (box.text, box.side) == ("わたしの言葉", "other")


def test_where_both_changed_the_words_both_are_shown_and_one_is_chosen(client, draft):
    page = url("node", draft, "cook")
    form = opened(client, page)
    colleague(draft, "cook", text="ほかの人の言葉")
    mine = {"column": "input", "text": "わたしの言葉", "side": "proposer"}

    answer = client.post(page, form | mine)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "わたしの言葉</textarea>" in shown
    assert "ほかの人が「ほかの人の言葉」に直しました" in shown
    assert lm.node(draft, "cook").text == "ほかの人の言葉"
    assert client.post(page, hidden(shown) | mine).status_code == 302
    assert lm.node(draft, "cook").text == "わたしの言葉"


def test_a_third_save_in_between_is_shown_again(client, draft):
    page = url("node", draft, "cook")
    form = opened(client, page)
    mine = {"column": "input", "text": "わたしの言葉", "side": "proposer"}
    colleague(draft, "cook", text="二人目の言葉")
    form = hidden(client.post(page, form | mine).content.decode())
    colleague(draft, "cook", text="三人目の言葉")

    answer = client.post(page, form | mine)

    assert answer.status_code == 409
    assert "三人目の言葉" in answer.content.decode()


@pytest.mark.parametrize("seen", ["", "[]", "no json", "null", "7"])
def test_a_form_that_does_not_say_what_it_showed_writes_over_nobody(client, draft, seen):
    page = url("node", draft, "cook")
    form = opened(client, page)
    colleague(draft, "cook", text="ほかの人の言葉")

    answer = client.post(page, form | {"seen": seen, "column": "input", "text": "わたしの言葉"})

    assert answer.status_code == 409
    assert "わたしの言葉</textarea>" in answer.content.decode()
    assert lm.node(draft, "cook").text == "ほかの人の言葉"


def test_an_indicator_others_changed_is_looked_at_first(client, draft):
    page = url("indicator", draft, "short", 1)
    form = opened(client, page)
    services.edit_indicator(lm.node(draft, "short"), 0, by=make.desk(), name="ほかの指標")

    answer = client.post(page, form | {"name": "わたしの指標"})

    assert answer.status_code == 409
    assert "わたしの指標" in answer.content.decode()
    assert lm.node(draft, "short").indicators[0]["name"] == "ほかの指標"


def test_words_around_and_arrows_are_merged_field_by_field(client, draft):
    words, arrow = url("words", draft), url("arrow", draft, "cook", "activity")
    forms = [opened(client, words), opened(client, arrow)]
    services.edit_words(draft, by=make.desk(), title=draft.title, core="ほかの人の核")
    services.edit_arrow(lm.arrow(draft, "cook", "activity"), by=make.desk(), evidence="A", reason="現場の声")

    client.post(words, forms[0] | {"title": "わたしの題", "core": draft.core, "external_factors": "物価"})
    client.post(arrow, forms[1] | {"evidence": "C", "reason": "わたしの理由"})

    draft.refresh_from_db()
    drawn = lm.arrow(draft, "cook", "activity")
    assert (draft.title, draft.core) == ("わたしの題", "ほかの人の核")
    assert (drawn.evidence, drawn.reason) == ("A", "わたしの理由")


def test_a_box_is_added_once_by_two_presses_and_beside_what_others_added(client, draft):
    page = url("add_node", draft, "output")
    form = opened(client, page)
    services.add_node(draft, by=make.desk(), column="output", text="ほかの人の箱")

    answers = [client.post(page, form | {"column": "output", "text": "冊子"}) for _ in range(2)]

    added = draft.nodes.get(text="冊子")
    assert [answer["Location"] for answer in answers] == [url("node", draft, added.key)] * 2


def test_a_box_that_came_back_by_undo_is_still_the_one_whose_page_is_open(client, draft):
    page = url("node", draft, "cook")
    form = opened(client, page)
    services.remove_node(lm.node(draft, "cook"), by=make.desk())
    services.go(draft, "back", by=make.desk())

    answer = client.post(page, form | {"column": "input", "text": "わたしの言葉", "side": "proposer"})

    assert answer.status_code == 302
    assert lm.node(draft, "cook").text == "わたしの言葉"


def test_a_deed_that_takes_away_waits_for_what_others_saved(client, draft):
    seen = draft.version
    colleague(draft, "cook", text="ほかの人の言葉")

    page = client.post(url("remove_node", draft, "cook"), {"version": seen}, follow=True).content.decode()

    assert "ほかの人が先に保存しました" in page
    assert lm.node(draft, "cook")


def test_an_assumption_stays_with_its_arrow_when_its_box_comes_back(desk):
    told = {"text": "毎月ひらける", "from": "input", "to": "activity", "check_on": ""}
    draft = lm.model(lm.sound(assumptions=[told]), by=desk)
    services.remove_node(lm.node(draft, "activity"), by=desk)

    services.go(draft, "back", by=desk)

    draft.refresh_from_db()
    assert draft.assumptions == [told]


# --- asking what changed -----------------------------------------------------


def test_who_asks_with_the_newest_revision_is_told_that_nothing_changed(client, draft):
    for address in (draft.get_absolute_url(), url("node", draft, "cook")):
        revision = unescape(re.search(r'data-revision="([^"]+)"', client.get(address).content.decode())[1])
        with CaptureQueriesContext(connection) as asked:
            unchanged = client.get(address, headers={"If-None-Match": revision})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert len(asked) <= 4

    colleague(draft, "cook", text="ほかの人の言葉")

    changed = client.get(address, headers={"If-None-Match": revision})
    assert changed.status_code == 200
    assert "ほかの人の言葉" in changed.content.decode()


def test_no_browser_keeps_a_page_of_the_draft(client, draft):
    answer = client.get(draft.get_absolute_url())

    assert not {"ETag", "Last-Modified"} & set(answer.headers)


# --- what it costs -------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "args", "told"),
    [
        ("node", ["n7"], {"column": "activity", "text": "別の言葉"}),
        ("add_node", ["short"], {"column": "short", "text": "新しい箱"}),
        ("move_node", ["n7"], {"way": "right"}),
        ("move_node", ["n7"], {"column": "mid", "before": "n4"}),
        ("add_arrow", [], {"source": "n197", "target": "n0", "evidence": "C", "reason": "記録"}),
        ("add_indicator", ["n7"], {"name": "回数"}),
        ("words", [], {"title": "別の題"}),
    ],
)
def test_a_save_in_the_largest_model_asks_the_database_ten_times_at_most(client, desk, name, args, told):
    draft = lm.model(lm.random_model(199, 399), by=desk)
    client.get(draft.get_absolute_url())

    with CaptureQueriesContext(connection) as asked:
        answer = client.post(url(name, draft, *args), told | {"version": draft.version})

    statements = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert answer.status_code == 302
    assert len(statements) <= MOST, "\n".join(one[:200] for one in statements)
