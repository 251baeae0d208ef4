"""Where one begins, and how one comes back to a draft."""

import re

import pytest
from django.test import Client

from cityhall.models import OutgoingMail
from proposals.models import Draft
from tests.make_public import CONSULTATION, PROPOSAL, begin, propose, write
from tests.proposals.test_propose_form import open_theme

pytestmark = pytest.mark.django_db
DRAFT_CODE = re.compile(r"(?:[2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4}")


def draft():
    return Draft.objects.get()


def code_on(page):
    return DRAFT_CODE.search(page.text)[0]


def test_a_theme_leads_to_the_form_already_chosen(visitor):
    theme = open_theme()
    start = visitor.get("/propose/", {"theme": theme.title})

    visitor.post("/propose/", start.context["errand"].initial)

    assert (draft().track, draft().answers) == ("proposal", {"answer_to": "theme", "theme": theme.number})
    assert visitor.get("/propose/2/").context["form"]["theme"].initial == theme.number


def test_who_has_not_chosen_is_asked_to_choose(visitor):
    page = visitor.post("/propose/", {})

    assert "今回のご用件を選んでください" in page.text
    assert not Draft.objects.exists()


def test_the_start_page_offers_to_go_on_where_one_stopped(visitor):
    begin(visitor)
    write(visitor, 1)
    write(visitor, 2, go="later", overview="")

    page = visitor.get("/propose/")

    assert "書きかけの相談があります" in page.text
    assert CONSULTATION["title"] in page.text
    assert page.context["go_on"] == "/propose/2/"


def test_a_draft_is_gone_on_with_on_another_device_by_its_code(visitor):
    begin(visitor, PROPOSAL)
    code = code_on(visitor.get("/propose/1/"))
    write(visitor, 1, PROPOSAL)
    elsewhere = Client()

    page = elsewhere.post("/propose/", {"go": "resume", "code": code.lower()}, follow=True)

    assert page.redirect_chain == [("/propose/2/", 302)]
    assert code_on(page) == code
    assert elsewhere.get("/propose/1/").context["form"]["address"].value() == PROPOSAL["address"]


@pytest.mark.parametrize("code", ["", "2222-2222-2222-2222", "\0", "あ" * 500, "' OR 1=1"])
def test_a_code_that_opens_nothing_is_told_kindly_and_stays(visitor, code):
    page = visitor.post("/propose/", {"go": "resume", "code": code})

    assert page.status_code == 200
    assert page.context["resume"].errors
    assert "zlg_draft" not in visitor.cookies


def test_trying_codes_has_an_end(visitor):
    pages = [visitor.post("/propose/", {"go": "resume", "code": "2" * 16}).status_code for _ in range(31)]

    assert (pages[0], pages[-1]) == (200, 429)


def test_the_code_of_a_draft_stands_in_no_address_and_in_no_letter(visitor):
    begin(visitor)
    code = code_on(visitor.get("/propose/1/"))

    page = propose(visitor)

    assert all(code not in address for address, _ in page.redirect_chain)
    assert code not in OutgoingMail.objects.get().body


def test_the_later_page_shows_the_code_and_can_close_the_draft_on_a_shared_machine(visitor):
    begin(visitor)
    code = code_on(visitor.get("/propose/1/"))

    page = visitor.post("/propose/1/", {"go": "later"}, follow=True)
    visitor.post("/propose/later/")

    assert code in page.text
    assert "書きかけ" not in visitor.get("/propose/").text
