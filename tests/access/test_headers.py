"""What every kind of answer carries: the policy word by word, and cookies no script reads."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path

from proposals.services import receipts
from tests import make
from zamagate import urls

pytestmark = pytest.mark.django_db

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "object-src 'none'"
)
OF_A_FILE = "sandbox; default-src 'none'"
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# kind of answer: who, method, address, code
KINDS = {
    "public page": ("stranger", "get", "/", 200),
    "login": ("stranger", "get", "/accounts/login/", 200),
    "health": ("stranger", "get", "/health/", 200),
    "redirect to the login": ("stranger", "get", "/section/", 302),
    "redirect inside": ("desk", "get", "/section/", 302),
    "page of a section": ("head", "get", "/section/", 200),
    "figures": ("manager", "get", "/kpi/", 200),
    "a TRIP": ("desk", "get", "/trips/", 200),
    "desk": ("desk", "get", "/admin/", 200),
    "master": ("admin", "get", "/admin/cityhall/department/", 200),
    "script of the desk": ("desk", "get", "/admin/jsi18n/", 200),
    "not found": ("stranger", "get", "/no-such-page/", 404),
    "not for this person": ("admin", "get", "/section/", 404),
    "bad filter": ("admin", "get", "/admin/cityhall/department/?id__in=x", 400),
    "not by this method": ("stranger", "get", "/receipt/close/", 405),
    "without its token": ("desk", "post", "/admin/cityhall/department/add/", 403),
    "form without its token": ("stranger", "post", "/propose/", 403),
    "our mistake": ("stranger", "get", "/fail/", 500),
    "stylesheet": ("stranger", "get", "/static/css/base.css", 200),
    "script": ("stranger", "get", "/static/js/forms.js", 200),
    "script of Django": ("stranger", "get", "/static/admin/js/core.js", 200),
}


def fail(request):
    raise ZeroDivisionError


handler500 = urls.handler500
urlpatterns = [*urls.urlpatterns, path("fail/", fail)]


@pytest.fixture
def open_as(settings):
    """A browser that stands for an actor; static files come as WhiteNoise gives them."""
    settings.ROOT_URLCONF = __name__
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True

    def open_one(who="stranger"):
        client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        section = make.department("架空の所管課")
        make_one = {"head": lambda: make.head(section)}.get(who, getattr(make, who, None))
        if make_one:
            client.force_login(make_one())
        return client

    return open_one


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_carries_all_headers(open_as, kind):
    who, method, address, code = KINDS[kind]

    answer = getattr(open_as(who), method)(address)

    assert answer.status_code == code
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert in_any_order(answer.headers["Content-Security-Policy"]) == in_any_order(POLICY)
    assert answer.headers.get("X-Frame-Options", "DENY") == "DENY"


def in_any_order(policy):
    return sorted(policy.split("; "))


def test_a_policy_lets_nothing_in_from_outside_and_nothing_inline():
    allowed = set(re.findall(r"'[a-z-]+'|https?:\S*|data:|\*", POLICY))

    assert allowed == {"'self'", "'none'"}


def test_a_page_that_fails_tells_nothing_of_why(open_as):
    answer = open_as().get("/fail/")

    assert "ZeroDivisionError" not in answer.content.decode()


@pytest.mark.parametrize("kind", ["page of a section", "figures", "desk", "master", "login", "a TRIP"])
def test_pages_for_staff_are_kept_by_no_cache(open_as, kind):
    who, method, address, _ = KINDS[kind]

    answer = getattr(open_as(who), method)(address)

    assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", "))


# files


def test_a_file_leaves_in_a_sandbox_of_its_own(visits):
    answer = visits.seen("head", visits.path("files"))

    assert answer.headers["Content-Security-Policy"] == OF_A_FILE
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE


# cookies


def flags(cookie):
    return (bool(cookie["httponly"]), cookie["samesite"], cookie["path"])


def test_the_session_is_out_of_reach_of_scripts_and_other_sites(client):
    make.desk(username="desk")

    client.post("/accounts/login/", {"login": "desk", "password": make.PASSWORD})

    assert flags(client.cookies[settings.SESSION_COOKIE_NAME]) == (True, "Lax", "/")
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""


def test_logging_in_changes_the_session(client):
    make.desk(username="desk")
    client.cookies[settings.SESSION_COOKIE_NAME] = "k" * 32

    client.post("/accounts/login/", {"login": "desk", "password": make.PASSWORD})

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "k" * 32


def test_the_token_of_forms_is_out_of_reach_of_scripts(client):
    client.get("/accounts/login/")

    assert flags(client.cookies[settings.CSRF_COOKIE_NAME]) == (True, "Lax", "/")


def test_the_receipts_cookie_is_short_strict_and_for_its_page_alone(client):
    code = receipts.new_code()
    case = make.submission(code=code)

    client.post("/receipt/", {"number": case.number, "code": code})

    cookie = client.cookies["zlg_looking"]
    assert flags(cookie) == (True, "Strict", "/receipt/")
    assert cookie["max-age"] == 30 * 60
    assert code not in cookie.value
    assert settings.SESSION_COOKIE_NAME not in client.cookies
