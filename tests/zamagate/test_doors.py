from io import BytesIO
from wsgiref.util import setup_testing_defaults

import pytest
from django.db import DataError, InterfaceError, OperationalError
from django.test import Client
from django.urls import path

from zamagate import urls
from zamagate.wsgi import application

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
}
FAILURES = {
    "data": DataError,
    "number": OverflowError,
    "away": OperationalError,
    "closed": InterfaceError,
    "bug": ZeroDivisionError,
}


def fail(request, how):
    raise FAILURES[how]


handler500 = urls.handler500
urlpatterns = [*urls.urlpatterns, path("fail/<how>/", fail)]


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("get", "/health/", 200),
        ("get", "/accounts/login/", 200),
        ("get", "/admin/", 302),
        ("post", "/accounts/login/", 403),
        ("get", "/no-such-page/", 404),
        ("get", "/fail/data/", 400),
        ("get", "/fail/number/", 400),
        ("get", "/fail/bug/", 500),
        ("get", "/fail/away/", 503),
        ("get", "/fail/closed/", 503),
    ],
)
def test_every_answer_carries_the_headers_and_the_right_status(visitor, method, url, status):
    answer = getattr(visitor, method)(url)

    assert answer.status_code == status
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_while_the_database_is_away_the_visitor_is_told_when_to_come_back(visitor):
    answer = visitor.get("/fail/away/")

    assert answer.headers["Retry-After"] == "60"


def test_what_was_written_while_the_database_was_away_is_kept_on_the_page(settings):
    settings.ROOT_URLCONF = __name__
    visitor = Client(raise_request_exception=False)

    page = visitor.post("/fail/away/", {"overview": "<b>" + "夜なかまで書いた文。" * 9, "go": "next"})

    assert (page.status_code, page.headers["Retry-After"]) == (503, "60")
    assert "書いた文は、この画面に残っています。" in page.text
    assert "&lt;b&gt;夜なかまで書いた文。" in page.text and 'name="go" value="next"' in page.text
    assert "もう一度送る</button>" in page.text


@pytest.mark.parametrize("url", ["/accounts/signup/", "/accounts/password/set/", "/accounts/password/reset/"])
def test_nobody_makes_an_account_for_themselves(client, url):
    assert client.get(url).status_code == 404


def test_the_admin_sends_strangers_to_the_one_login(client):
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")


def test_health_tells_what_works(client):
    answer = client.get("/health/")

    assert answer.json().keys() == {"database", "cache", "pdf"}
    assert (answer.json()["database"], answer.json()["cache"]) == ("ok", "ok")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
@pytest.mark.parametrize("url", ["/", "/health/", "/admin/", "/accounts/login/"])
def test_a_method_no_form_or_link_uses_is_refused(visitor, method, url):
    assert getattr(visitor, method)(url).status_code == 405


@pytest.mark.both
@pytest.mark.parametrize(
    "url",
    ["/section/cases/R8-0001%00/", "/propose/?theme=%00", "/files/logic-models/a%00", "/kpi/?as_of=%00"],
)
def test_an_address_with_a_nul_is_refused_before_any_database_is_asked(visitor, url):
    answer = visitor.get(url)

    assert answer.status_code == 400
    assert "送られたものが読めませんでした" in answer.text


def knock(body, *, length=None, kind="application/x-www-form-urlencoded"):
    """The status with which the site's own WSGI door answers."""
    environ, answers = {"PATH_INFO": "/propose/", "REQUEST_METHOD": "POST", "CONTENT_TYPE": kind}, []
    environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(length or len(body))}
    setup_testing_defaults(environ)
    b"".join(application(environ, lambda status, headers: answers.append(status)))
    return int(answers[0].split()[0])


MULTIPART = b'--B\r\nContent-Disposition: form-data; name="a"\r\n\r\nhalf'


def test_a_form_cut_off_in_the_middle_is_never_taken_for_a_whole_one():
    assert knock(b"track=proposal") == 403
    assert knock(b"track=proposal", length=900) == 400
    assert knock(MULTIPART, length=900, kind="multipart/form-data; boundary=B") == 400


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=B"])
@pytest.mark.parametrize(
    "charset",
    ["=shift_jis", "=utf-16", "=base64", "=undefined", " = unicode_escape", "=nosuch", "*=nosuch''x", ""],
)
def test_nothing_is_read_in_another_encoding(kind, charset):
    assert knock(b"a=\\ud800", kind=f"{kind}; charset{charset}") == 403


def test_a_form_too_long_is_read_to_its_end_so_that_the_answer_arrives():
    assert knock(b"a=" + b"x" * 3_000_000) == 400
