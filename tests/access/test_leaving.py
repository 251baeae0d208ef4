"""Rights end with the posting: also for whoever is logged in at that moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.models import Posting, Role, User
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]

ROOMS = {
    Role.DESK: "/admin/",
    Role.ADMIN: "/admin/",
    Role.MEMBER: "/section/",
    Role.HEAD: "/section/",
    Role.MANAGER: "/kpi/",
}


@pytest.fixture(params=ROOMS, ids=str)
def inside(request, client):
    """Somebody in a room of their role: the person, the browser, the room's address."""
    person = make.user(request.param, make.department("架空の所管課"))
    client.force_login(person)
    assert client.get(ROOMS[request.param]).status_code == 200
    return person, client, ROOMS[request.param]


def test_a_posting_that_ends_closes_the_room_at_once(inside):
    person, client, room = inside

    Posting.objects.filter(user=person).update(valid_to=timezone.localdate() - timedelta(1))

    assert client.get(room).status_code == 404


def test_a_posting_that_ends_today_still_opens(inside):
    person, client, room = inside
    Posting.objects.filter(user=person).update(valid_to=timezone.localdate())

    assert client.get(room).status_code == 200


def test_an_account_that_is_closed_ends_its_session(inside):
    person, client, room = inside

    User.objects.filter(pk=person.pk).update(is_active=False)

    assert client.get(room).url.startswith("/accounts/login/")


def test_a_new_password_ends_the_sessions_of_the_old_one(inside):
    person, client, room = inside
    person.set_password("別の架空の合言葉")

    person.save()

    assert client.get(room).url.startswith("/accounts/login/")


def test_a_closed_account_does_not_log_in(client):
    make.desk(username="gone", is_active=False)

    answer = client.post("/accounts/login/", {"login": "gone", "password": make.PASSWORD}, follow=True)

    assert "_auth_user_id" not in client.session
    assert answer.status_code == 200


def test_whoever_has_no_posting_logs_in_to_nothing(client):
    client.force_login(make.user())

    assert {client.get(room).status_code for room in ROOMS.values()} == {404}


def test_after_logging_out_the_room_asks_for_the_login_again(inside):
    _, client, room = inside

    client.post("/accounts/logout/")

    assert client.get(room).url.startswith("/accounts/login/")
