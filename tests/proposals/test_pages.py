"""The pages anybody may read: what each shows, what it leaves out, what it asks of the database."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from proposals.forms import words as asked
from proposals.models import Proposal, Theme
from proposals.workflow import PUBLIC_WORDS
from tests import make, make_trips

pytestmark = pytest.mark.django_db

PAGES = ["landing", "themes", "status", "paper", "help", "handling", "privacy", "accessibility"]


def theme(**fields):
    today = timezone.localdate()
    told = {"title": "架空の困りごと", "background": "架空の背景", "expected": "架空の期待", **fields}
    return Theme.objects.create(department=make.department("架空課"), **{"published_on": today, **told})


def words(response):
    """What stands on the page, tags and repeated spaces away."""
    text = re.sub(r"<[^>]*>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_one_heading_one_main_and_a_way_past_the_head(visitor, page):
    response = visitor.get(reverse(f"public:{page}"))

    html = response.content.decode()
    assert response.status_code == 200
    assert (html.count("<h1"), html.count("<main"), html.count('href="#main"')) == (1, 1, 1)
    assert not response.cookies


@pytest.mark.parametrize("page", PAGES)
def test_no_heading_skips_a_level(visitor, page):
    theme()
    make.submission()

    levels = [
        int(n) for n in re.findall(r"<h([1-6])", visitor.get(reverse(f"public:{page}")).content.decode())
    ]

    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


# --- landing --------------------------------------------------------------


def test_the_landing_page_says_what_it_is_and_how_to_begin_before_anything_else(visitor):
    page = words(visitor.get("/"))

    told = [
        "座間市と一緒に取り組みませんか。",
        "相談・提案をはじめる",
        "受付番号で進みぐあいを見る",
        "10分ほど",
    ]
    places = [page.rindex(told[0]), *(page.index(text, page.rindex(told[0])) for text in told[1:])]
    assert places == sorted(places)
    assert places[-1] < page.index("受け取ってから、進めるかどうかが決まるまで")


def test_the_four_notices_and_the_six_steps_stand_in_full(visitor):
    page = words(visitor.get("/"))

    told = [*asked.NOTICES, *(text for name, text in PUBLIC_WORDS.values())]
    assert [text for text in told if text not in page] == []


def test_without_a_theme_the_landing_page_still_invites(visitor):
    assert "自由な提案は、いつでも受け付けています。" in words(visitor.get("/"))


def test_the_numbers_stand_on_the_landing_page_once_there_are_some(visitor):
    assert "これまでの提案" not in words(visitor.get("/")).split("市民協働課 市役所")[0]
    make.submission()

    page = words(visitor.get("/"))

    assert "確認・引き合わせの途中 1" in page
    assert "合計 1" in page


# --- the open troubles ----------------------------------------------------


def test_a_trouble_has_a_page_of_its_own(visitor):
    shown = theme(closes_on=timezone.localdate() + timedelta(30))

    page = words(visitor.get(f"/themes/{shown.number}/"))

    told = [shown.title, shown.background, shown.expected, "連携者募集", "架空課", shown.number]
    assert [text for text in told if text not in page] == []


def test_the_page_of_a_trouble_leads_to_the_form(visitor):
    shown = theme()

    assert f'href="/propose/?theme={shown.number}"' in visitor.get(shown.get_absolute_url()).content.decode()


@pytest.mark.parametrize("days", [{"published_on": None}, {"closes_on": date(2026, 4, 1)}])
def test_a_trouble_not_open_has_no_page(visitor, days):
    hidden = theme(**days)

    assert visitor.get(hidden.get_absolute_url()).status_code == 404
    assert hidden.title not in words(visitor.get("/themes/"))


@pytest.mark.parametrize("number", ["T-R8-99", "1", "%00", "い" * 50])
def test_a_number_nobody_has_is_not_found(visitor, number):
    assert visitor.get(f"/themes/{number}/").status_code in (400, 404)


def test_an_empty_list_invites_all_the_same(visitor):
    page = words(visitor.get("/themes/"))

    assert "いま公開している困りごとはありません。" in page
    assert "相談・提案をはじめる" in page


# --- what became of them --------------------------------------------------


def test_the_page_of_numbers_defines_every_row(visitor):
    make.submission()

    page = words(visitor.get("/status/"))

    assert "受け付けた提案 1" in page
    assert "お知らせするまではここに数えます。" in page
    assert f"令和{timezone.localdate().year - 2018}年" in page


def test_the_page_of_numbers_names_nobody(visitor):
    case = make.submission(title="架空の題名")

    page = words(visitor.get("/status/"))

    assert [text for text in (case.title, case.number, case.organization.name) if text in page] == []


def test_before_the_first_proposal_the_page_of_numbers_says_so(visitor):
    assert "まだ、受け付けた提案がありません。" in words(visitor.get("/status/"))


def test_a_city_that_does_not_show_the_numbers_shows_no_trace_of_them(visitor, settings):
    settings.ZAMAGATE_SITE = settings.ZAMAGATE_SITE | {"shows_status": False}
    make.submission()

    assert visitor.get("/status/").status_code == 404
    assert "これまでの提案" not in words(visitor.get("/"))


# --- about ----------------------------------------------------------------


def test_the_questions_people_ask_have_answers(visitor):
    page = words(visitor.get("/about/help/"))

    asked_often = [
        "お金",
        "どの課",
        "個人でも",
        "いつ分かりますか",
        "番号をなくしました",
        "直したい",
        "取り下げたい",
    ]
    assert [text for text in asked_often if text not in page] == []


def test_the_days_a_draft_is_kept_are_those_of_the_settings(visitor, settings):
    settings.DRAFT_DAYS = 17

    assert "最後に保存した日から17日" in words(visitor.get("/about/privacy/"))


def test_what_was_not_tried_is_said(visitor):
    page = words(visitor.get("/about/accessibility/"))

    assert "まだ確かめていません" in page
    assert "名乗ることはできません" in page


def test_search_engines_may_read_the_pages_and_nothing_anybody_wrote(visitor):
    answer = visitor.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /receipt/\n" in answer.content.decode()
    assert "Disallow: /\n" not in answer.content.decode()


# --- statements -----------------------------------------------------------


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_ask_as_much_for_one_as_for_thirty(visitor, django_assert_num_queries, count):
    for _ in range(count):
        shown = theme()
        make.submission()
    make_trips.history()

    for path, statements in {"/": 4, "/themes/": 1, shown.get_absolute_url(): 1, "/status/": 1}.items():
        with django_assert_num_queries(statements):
            visitor.get(path)


def test_pages_of_words_alone_ask_nothing(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        for page in ("paper", "help", "handling", "privacy", "accessibility", "robots"):
            visitor.get(reverse(f"public:{page}"))


def test_no_decision_moves_the_landing_page_before_it_is_announced(visitor):
    case = make.submission()
    Proposal.objects.filter(pk=case.pk).update(verdict="declined", verdict_on=timezone.localdate())

    assert "今回は実施に至らなかった 0" in words(visitor.get("/"))
