"""今日の窓口: its counts are its lists, its first thing is chosen by rule."""

from datetime import date

import pytest
import time_machine

from cityhall.models import ActedAs, OutgoingMail
from proposals.desk import home
from proposals.queries import desk_lists, last_open_day
from proposals.services import hearings, triage
from proposals.workflow import WORKFLOW, Step
from tests import make
from tests.make_talk import answered, ask, decided, hold

pytestmark = pytest.mark.django_db


def home_of(client):
    return client.get("/admin/").context["home"][0].context


def tiles_of(client):
    return {tile["label"]: tile["count"] for tile in home_of(client)["tiles"]}


def test_an_empty_morning_says_so(client, desk):
    page = client.get("/admin/").text

    assert "いまお待たせしているものはありません。" in page
    assert "担当している案件はありません。" in page
    assert "届いていない通知が" not in page


def test_the_counts_of_a_morning(client, desk):
    section = make.department("架空課")
    with time_machine.travel("2026-11-02T10:00:00+09:00"):
        make.submission()
        late = make.proposal(Step.HEARING, by=desk, section=section)
    with time_machine.travel("2026-11-20T10:00:00+09:00"):
        hearings.answer(late.hearings.get(), by=make.head(section), answer="yes")
        OutgoingMail.objects.update(state="sent")
        make.submission()
        OutgoingMail.objects.filter(state="queued").update(state="failed")

    with time_machine.travel("2026-11-24T10:00:00+09:00"):
        client.force_login(desk)
        found = tiles_of(client)

    counted = {"新着": 2, "期限を過ぎた": 1, "今日が期限": 1, "関係課の返事": 1, "届いていない通知": 1}
    assert found == counted | {"提案者から届いた": 0, "お知らせ待ち": 0, "確かめ待ち": 0}


def test_every_count_opens_a_list_of_that_many(client, desk):
    make.submission()
    answered(make.proposal(Step.SORTING, by=desk), desk)
    decided(make.department("架空課"))
    hold(make.submission())

    for tile in home_of(client)["tiles"][:7]:
        assert len(client.get(tile["url"]).context["rows"]) == tile["count"]


def test_the_left_column_counts_what_its_lists_show(client, desk):
    make.submission()
    answered(make.proposal(Step.SORTING, by=desk), desk)
    ask(make.proposal(Step.SORTING, by=desk), desk)
    decided(make.department("架空課"))
    hold(make.submission())

    groups = {group["title"]: group["links"] for group in client.get("/admin/").context["desk_lists"]}
    for link in groups["案件の一覧"]:
        if "count" in link and link["url"].startswith("/admin/proposals/proposal/?"):
            assert len(client.get(link["url"]).context["rows"]) == link["count"]


def test_the_first_thing_is_the_longest_overdue_then_due_today_then_what_waits_on_the_desk(client, desk):
    with time_machine.travel("2026-11-02T10:00:00+09:00"):
        overdue = make.submission(title="架空の遅れた提案")
    with time_machine.travel("2026-11-20T10:00:00+09:00"):
        today = make.submission(title="架空のきょうの提案")
    with time_machine.travel("2026-11-24T10:00:00+09:00"):
        later = make.submission(title="架空のこれからの提案")
        waiting = make.proposal(Step.HEARING, title="架空の返事待ち")
        client.force_login(desk)

        found = home_of(client)

    shown = [thing["row"].case for thing in [found["first"], *found["next_ones"]]]
    assert shown == [overdue, today, later]
    assert waiting not in shown
    assert found["first"]["deed"].button == "受付を完了する"


def test_whose_turn_names_the_longest_wait_of_each_holder(client, desk):
    make.proposal(Step.HEARING)
    first = make.submission()
    make.submission()

    turns = {turn["name"]: turn for turn in home_of(client)["turns"]}

    assert [turns["窓口"][key] for key in ("cases", "number", "days")] == [2, first.number, 0]
    assert turns["関係課"]["cases"] == 1
    assert turns["決裁"]["cases"] == 0


def test_news_is_what_came_since_the_last_open_day_of_this_city():
    tuesday, friday = date(2026, 11, 24), date(2026, 11, 20)

    assert last_open_day(tuesday) == friday
    assert last_open_day(tuesday, frozenset({friday})) == date(2026, 11, 19)


def test_a_count_goes_no_further_than_the_most_that_is_told(desk, monkeypatch):
    monkeypatch.setattr(home.queries, "MOST", 1)
    for _ in range(3):
        make.submission()

    assert home.queries.counts(new=desk_lists(desk)["new"]) == {"new": 2}
    assert home.left_column(desk)[1]["links"][2]["count"] == "1+"


def test_a_count_and_its_list_are_one_queryset(desk):
    make.submission()

    lists = desk_lists(desk)

    assert home.queries.counts(**lists) == {name: cases.count() for name, cases in lists.items()}


def test_the_home_asks_as_much_for_three_cases_as_for_one(client, desk, django_assert_num_queries):
    make.proposal(Step.HEARING, by=desk)
    client.get("/admin/")

    with django_assert_num_queries(17):
        client.get("/admin/")
    make.proposal(Step.HEARING, by=desk)
    make.proposal(Step.SORTING, by=desk)
    with django_assert_num_queries(17):
        client.get("/admin/")


# --- what came from the proposer, what is to be told ---------------------------


def test_what_the_proposer_did_is_news_until_the_desk_acts(client, desk):
    case = answered(make.proposal(Step.SORTING, by=desk), desk)

    before = home_of(client)
    triage.mark_read(case, by=desk)
    after = home_of(client)

    assert [thing["case"] for thing in before["news"]] == [case]
    assert after["news"] == []


def test_a_result_to_tell_comes_before_what_waits_longer_on_the_desk(client, desk):
    waiting = make.submission()
    ended = decided(make.department("架空課"), "no_go")

    found = home_of(client)

    assert [thing["row"].case for thing in [found["first"], *found["next_ones"]]] == [ended, waiting]
    assert found["first"]["deed"].button == "お知らせの文をひらく"
    assert "お知らせ待ち" in client.get("/admin/").text


def test_a_case_the_proposer_took_back_is_told_though_it_is_closed(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    WORKFLOW.carry_out(case, "withdraw_own", by=ActedAs.PROPOSER)

    found = home_of(client)

    assert found["news"][0]["words"] == "が提案を取り下げました"
    assert found["first"]["row"].case == case


def test_a_held_case_is_found_from_home_and_counted_apart_from_the_new_ones(client, desk):
    held, new = hold(make.submission()), make.submission()

    tiles = {tile["label"]: tile for tile in home_of(client)["tiles"]}

    for label, case in (("確かめ待ち", held), ("新着", new)):
        rows = client.get(tiles[label]["url"]).context["rows"]
        assert [row.case.number for row in rows] == [case.number]


def test_the_proposers_turn_is_counted_in_the_column_in_the_list_and_among_the_turns(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    ask(case, desk)

    page = client.get("/admin/")

    turns = {turn["holder"]: turn for turn in page.context["home"][0].context["turns"]}
    links = {link["name"]: link for group in page.context["desk_lists"] for link in group["links"]}
    assert (turns["proposer"]["cases"], links["提案者の返事待ち"]["count"]) == (1, 1)
    for url in (turns["proposer"]["url"], links["提案者の返事待ち"]["url"]):
        assert [row.turn for row in client.get(url).context["rows"]] == ["提案者"]


def test_a_case_released_later_keeps_the_day_it_was_sent(client, desk):
    with time_machine.travel("2026-11-20T10:00:00+09:00"):
        case = hold(make.submission())
    with time_machine.travel("2026-11-25T10:00:00+09:00"):
        client.force_login(desk)
        client.post(f"/admin/proposals/proposal/{case.number}/release/", {"version": case.version})

    case = make.reload(case)
    assert (case.is_held, str(case.received_on), str(case.first_contact_on)) == (
        False,
        "2026-11-20",
        "2026-11-20",
    )
