"""A letter's link leads to the very item, past the login."""

import re
from urllib.parse import urlsplit

import pytest

from cityhall.models import OutgoingMail
from tests import make
from tests.make_section import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return make.department(email="asked@example.com")


def link():
    """The page the section's last letter names, as a browser asks for it."""
    body = OutgoingMail.objects.filter(to="asked@example.com").latest("pk").body
    return urlsplit(re.search(r"https?://\S+", body)[0]).path


def log_in_at(client, page, person):
    login = client.get(page)
    form = client.get(login.url).content.decode()
    place = re.search(r'name="next" value="([^"]*)"', form)[1]
    told = {"login": person.username, "password": make.PASSWORD, "next": place}
    return client.post(login.url, told, follow=True)


def test_a_sheets_letter_leads_to_the_sheet(client, section):
    other = make.department()
    case = asked(other, section)

    answer = log_in_at(client, link(), make.member(section))

    assert answer.redirect_chain[-1][0] == f"/section/sheets/{case.number}/2/"
    assert case.latest_submission.title in answer.content.decode()


def test_whoever_is_of_another_section_finds_nothing_there(client, section):
    asked(section)

    answer = log_in_at(client, link(), make.member(make.department()))

    assert answer.status_code == 404


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_link_put_together_by_a_stranger_leads_home(client, section, place):
    told = {"login": make.member(section, username="reader").username, "password": make.PASSWORD}

    answer = client.post(f"/accounts/login/?next={place}", told | {"next": place})

    assert answer.url == "/section/"
