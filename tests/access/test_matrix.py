"""The access matrix: every actor at every address the site knows, by GET and by POST (reliability.md §5)."""

import pytest
from django.urls import URLResolver, path
from django.urls.resolvers import RegexPattern

from tests.access.addresses import ADDRESSES, walk
from tests.access.city import ACTORS, CONTACT, TITLE
from tests.access.table import TABLE
from zamagate.urls import closed, urlpatterns

pytestmark = pytest.mark.django_db

SENT_TO = [name for name, row in TABLE.items() if row.sends is not None]
ABOUT_SOMETHING = [name for name in TABLE if ADDRESSES.get(name) and ADDRESSES[name].wanted]
# who has nothing to do with the cases of the section in charge
OUTSIDERS = ["stranger", "other_member", "other_head", "admin", "leaver"]


def code(answer):
    is_login = answer.status_code == 302 and answer.url.startswith("/accounts/login/?next=")
    return "login" if is_login else answer.status_code


def test_every_address_is_in_the_table_and_the_table_knows_no_other():
    assert set(TABLE) == set(ADDRESSES)


def test_an_address_nobody_listed_is_seen():
    resolver = URLResolver(RegexPattern(r"^/"), [*urlpatterns, path("new/", closed, name="new")])

    assert {address.name for address in walk(resolver)} - set(TABLE) == {"new"}


def test_no_view_takes_a_form_without_its_token():
    assert [name for name, address in ADDRESSES.items() if getattr(address.view, "csrf_exempt", False)] == []


@pytest.mark.parametrize("name", TABLE)
def test_who_may_open(visits, name):
    path = visits.path(name)

    codes = {actor: code(visits.seen(actor, path)) for actor in ACTORS}

    assert codes == TABLE[name].on_get()


@pytest.mark.parametrize("name", TABLE)
def test_asking_for_the_headers_alone_opens_no_more(visits, name):
    path = visits.path(name)

    codes = {actor: code(visits.go(actor, path, "head")) for actor in ("stranger", "desk", "other_head")}

    assert codes == {actor: code(visits.seen(actor, path)) for actor in codes}


@pytest.mark.parametrize("name", SENT_TO)
def test_who_may_send(visits, name):
    path = visits.path(name)

    codes = {actor: code(visits.go(actor, path, "post")) for actor in ACTORS}

    assert codes == TABLE[name].on_post()


@pytest.mark.parametrize("name", TABLE)
def test_no_page_tells_an_outsider_of_the_case_or_anybody_but_the_desk_whom_to_call(visits, name):
    path = visits.path(name)

    seen = {actor: visits.seen(actor, path).text_seen for actor in ACTORS}

    assert [actor for actor in OUTSIDERS if TITLE in seen[actor]] == []
    assert [(a, w) for a in ACTORS if a != "desk" for w in CONTACT.values() if w in seen[a]] == []


@pytest.mark.parametrize("name", ABOUT_SOMETHING)
def test_what_there_is_not_looks_like_what_one_may_not_see(visits, name):
    path = visits.path(name, absent=True)

    codes = {actor: code(visits.go(actor, path)) for actor in ("desk", "head", "other_head", "admin")}

    assert set(codes.values()) <= {404, 405, 302}
