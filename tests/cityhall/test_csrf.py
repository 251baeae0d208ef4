"""A form that came too late, or whose sender was logged out meanwhile: no word of it is lost."""

import pytest
from django.test import Client
from django.utils.html import escape

from tests import make

pytestmark = pytest.mark.django_db
LONG = "<b>夜なかまで書いていた、四十字よりも長い理由の文です。消えると、二度と同じには書けません。"
PAGE = "/section/cases/R8-0001/decide/"


@pytest.fixture
def visitor():
    return Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})


@pytest.fixture
def token(visitor):
    visitor.get("/accounts/login/")
    return visitor.cookies["csrftoken"].value


def test_whoever_was_logged_out_while_writing_gets_the_words_back(visitor, token):
    sent = {"reason": LONG, "version": "3", "csrfmiddlewaretoken": token}

    page = visitor.post("/section/cases/R8-0001/send-back/", sent)

    assert page.status_code == 403
    assert "ログインの時間が切れたため、まだ送られていません。" in page.text
    assert escape(LONG) in page.text
    assert 'name="version" value="3"' in page.text
    assert "もう一度送る</button>" in page.text


def test_a_password_is_neither_shown_nor_kept(visitor, token):
    sent = {"reason": LONG, "password": make.PASSWORD, "csrfmiddlewaretoken": token}

    page = visitor.post(PAGE, sent)

    assert escape(LONG) in page.text
    assert make.PASSWORD not in page.text
    assert "もう一度送る</button>" not in page.text


def test_a_press_without_words_leads_straight_to_the_login(visitor, token):
    answer = visitor.post(PAGE, {"version": "3", "csrfmiddlewaretoken": token})

    assert answer.url == f"/accounts/login/?next={PAGE}"


def test_a_form_of_another_site_gets_nothing_back():
    elsewhere = Client(enforce_csrf_checks=True, headers={"origin": "http://elsewhere.example"})

    page = elsewhere.post(PAGE, {"reason": LONG})

    assert page.status_code == 403
    assert escape(LONG) not in page.text


def test_a_login_that_came_too_late_is_filled_in_anew(visitor):
    page = visitor.post("/accounts/login/", {"login": "dare", "password": "himitsu"})

    assert page.status_code == 403
    assert "画面を開き直してから" in page.text
    assert "himitsu" not in page.text
