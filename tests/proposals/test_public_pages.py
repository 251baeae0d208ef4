import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.proposals.test_propose_form import open_theme

pytestmark = pytest.mark.django_db

CODE = re.compile(r"(?:[2-9A-HJKMNP-Z]{5}-){5}[2-9A-HJKMNP-Z]{5}")
PAGES = ["landing", "propose", "receipt", "themes", "handling", "privacy", "accessibility"]


def words(response):
    return response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_anybody_may_read_every_public_page(visitor, page):
    response = visitor.get(reverse(f"public:{page}"))

    assert response.status_code == 200
    assert words(response).count("<h1>") == 1


# --- landing and themes ---------------------------------------------------


def test_the_landing_page_invites_to_the_open_themes(visitor):
    theme = open_theme()

    page = words(visitor.get("/"))

    assert theme.title in page
    assert "困りごとをすべて見る（1件）" in page


def test_without_a_theme_the_landing_page_says_so_calmly(visitor):
    assert "いま公開している困りごとはありません。" in words(visitor.get("/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_themes_asks_as_much_for_one_as_for_three(visitor, django_assert_num_queries, count):
    for _ in range(count):
        open_theme()

    with django_assert_num_queries(1):
        visitor.get(reverse("public:themes"))


def test_a_form_of_another_page_that_came_too_late_offers_to_be_sent_again():
    visitor = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})

    response = visitor.post(reverse("public:receipt"), {"number": "R8-0001", "code": "あ" * 50})

    assert response.status_code == 403
    assert "あ" * 50 in words(response)


def test_a_form_of_another_site_is_not_offered_again():
    visitor = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver.example"})

    response = visitor.post(reverse("public:receipt"), {"number": "R8-0001", "code": "あ" * 50})

    assert response.status_code == 403
    assert "あ" * 50 not in words(response)
