"""The desk's list and home at 10 cases and at 1,000: the same number of statements."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.load import many

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LIST = "/admin/proposals/proposal/"
MOST = 8


@pytest.fixture
def desk(client, monkeypatch):
    monkeypatch.setattr(many, "OPEN_SHARE", 0.5)
    monkeypatch.setattr(many, "chance", random.Random(3))  # the same cases whatever ran before
    person = make.desk()
    client.force_login(person)
    return person


def store(numbers, desk):
    many.store(numbers, [desk], [make.department("架空課")])


def asked(client, path):
    """The statements of a page both of whose kinds of memory are warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as statements:
        page = client.get(path)
    assert page.status_code == 200
    return len(statements)


NARROWINGS = [
    "",
    "?list=all",
    "?list=seeds",
    "?step=hearing",
    "?list=all&year=R8",
    "?q=防災",
    "?q=防災&holder=section",
]


def test_a_list_asks_as_much_for_a_thousand_cases_as_for_ten(client, desk):
    store(range(10), desk)
    few = {narrowing: asked(client, LIST + narrowing) for narrowing in NARROWINGS}

    store(range(10, 1000), desk)

    assert few == {narrowing: asked(client, LIST + narrowing) for narrowing in NARROWINGS}
    assert max(few.values()) <= MOST


def test_a_deep_page_asks_as_much_as_the_first(client, desk):
    store(range(150), desk)
    first = client.get(LIST, {"list": "all"})

    deep = client.get(first.context["next_url"]).context["next_url"]

    assert asked(client, deep) == asked(client, first.request["PATH_INFO"] + "?list=all") <= MOST


def test_the_home_asks_as_much_for_a_thousand_cases_as_for_a_hundred(client, desk):
    store(range(100), desk)
    few = asked(client, "/admin/")

    store(range(100, 1000), desk)

    assert few == asked(client, "/admin/")
