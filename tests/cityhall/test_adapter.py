import pytest

from cityhall.models import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def log_in(client):
    def post(person, **fields):
        credentials = {"login": person.username, "password": make.PASSWORD}
        return client.post("/accounts/login/", credentials | fields)

    return post


@pytest.mark.parametrize(
    ("role", "desk"),
    [
        (Role.DESK, "/admin/"),
        (Role.ADMIN, "/admin/"),
        (Role.HEAD, "/section/"),
        (Role.MEMBER, "/section/"),
        (Role.MANAGER, "/kpi/"),
        (None, "/"),
    ],
)
def test_everybody_lands_at_their_own_desk(log_in, role, desk):
    answer = log_in(make.user(role, make.department()))

    assert answer.url == desk


def test_whoever_asked_for_a_page_gets_that_page(log_in):
    answer = log_in(make.desk(), next="/kpi/")

    assert answer.url == "/kpi/"


def test_another_site_is_no_place_to_land(log_in):
    answer = log_in(make.desk(), next="https://evil.example/")

    assert answer.url == "/admin/"


def test_a_person_who_left_cannot_log_in(log_in):
    answer = log_in(make.desk(is_active=False))

    assert answer.url == "/accounts/inactive/"


def test_five_wrong_passwords_close_the_account_for_a_while(client, log_in):
    person = make.desk()
    for _ in range(5):
        log_in(person, password="違う合言葉")

    answer = log_in(person)

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
