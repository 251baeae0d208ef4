"""A letter at the desk: what became of it, and what to do when it did not arrive."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cityhall import post, postman
from cityhall.models import OutgoingMail, Reading
from tests import make
from tests.services.sink import NO_SUCH_PERSON

pytestmark = pytest.mark.django_db

State = OutgoingMail.State


@pytest.fixture
def desk():
    return make.desk(name="架空窓口係")


@pytest.fixture
def as_desk(desk):
    client = Client()
    client.force_login(desk)
    return client


@pytest.fixture
def refused(sink):
    """The letter of a case whose address the mail server does not know."""
    sink.answers["RCPT"] = NO_SUCH_PERSON
    make.submission()
    postman.deliver_due()
    sink.answers.clear()
    return OutgoingMail.objects.get()


def url(letter, name="change"):
    return reverse(f"admin:cityhall_outgoingmail_{name}", args=[letter.pk])


def case_page(letter, name="change"):
    return reverse(f"admin:proposals_proposal_{name}", args=[letter.about])


def letters_page(letter):
    return case_page(letter, "letters")


def test_the_page_says_what_became_of_the_letter(as_desk, refused):
    page = as_desk.get(url(refused)).text

    for words in (
        "この通知は届いていません",
        "kaku@example.com",
        "この宛先は受け取れないと答えがありました（550）",
    ):
        assert words in page
    assert refused.about in page and "受け付けました" in page


def test_the_case_says_how_many_letters_did_not_arrive_and_leads_to_them(as_desk, refused):
    page, letters = (as_desk.get(where(refused)).text for where in (case_page, letters_page))

    assert "1通が届いていません。" in page and f'href="{letters_page(refused)}"' in page
    assert "この宛先は受け取れないと答えがありました" in letters and url(refused) in letters


def test_the_home_counts_it_and_leads_to_the_list(as_desk, refused):
    home = as_desk.get(reverse("admin:index")).text
    listing = reverse("admin:cityhall_outgoingmail_changelist") + "?undelivered=yes"

    assert f'href="{listing}"' in home and "が届いていません" in home
    assert refused.subject in as_desk.get(listing).text


def test_who_opens_a_letter_is_noted(as_desk, desk, refused):
    as_desk.get(url(refused))

    noted = Reading.objects.get()
    assert (noted.by, noted.what, noted.about, noted.detail) == (desk, "通知", refused.about, refused.subject)


def test_sent_again_to_the_right_address_it_arrives(as_desk, desk, refused, sink):
    answer = as_desk.post(url(refused, "resend"), {"to": "tadashii@example.com"}, follow=True)

    postman.deliver_due()
    again = OutgoingMail.objects.get(resend_of=refused)
    assert "もう一度送ります" in answer.text
    assert (again.state, again.asked_by, sink.messages[0]["To"]) == (State.SENT, desk, "tadashii@example.com")
    assert "架空窓口係" in as_desk.get(url(refused)).text


def test_two_presses_send_one_letter(as_desk, refused, sink):
    for _ in range(2):
        as_desk.post(url(refused, "resend"), {"to": refused.to})

    assert postman.deliver_due() == 1


def test_a_wrong_address_is_refused_and_kept(as_desk, refused):
    answer = as_desk.post(url(refused, "resend"), {"to": "これはアドレスではない"})

    assert "これはアドレスではない" in answer.text
    assert OutgoingMail.objects.count() == 1


def test_what_was_told_by_telephone_is_missing_no_more(as_desk, refused):
    answer = as_desk.post(url(refused, "settle"), follow=True)

    assert "ほかの方法で伝えたと記録しました" in answer.text
    assert "窓口が対応しました" in as_desk.get(letters_page(refused)).text
    assert not post.undelivered().exists()


def test_a_letter_on_its_way_refuses_in_words(as_desk):
    make.submission()
    OutgoingMail.objects.update(state=State.SENDING)
    letter = OutgoingMail.objects.get()

    for deed, typed in (("resend", {"to": letter.to}), ("settle", {})):
        answer = as_desk.post(url(letter, deed), typed, follow=True)
        assert "いま送っているところです" in answer.text


def test_when_it_is_tried_next_is_shown(as_desk, sink, time_machine):
    time_machine.move_to("2026-11-02T01:00:00Z", tick=False)
    sink.answers["RCPT"] = "451 4.7.1 greylisted"
    make.submission()
    postman.deliver_due()

    letter = OutgoingMail.objects.get()

    assert "令和8年11月2日（月） 10:01" in as_desk.get(url(letter)).text
    assert "次は 11月2日（月） 10:01" in as_desk.get(letters_page(letter)).text


@pytest.mark.parametrize("state", [State.QUEUED, State.SENT])
def test_a_secret_is_shown_to_nobody(as_desk, state):
    case = make.submission()
    secret = post.queue(
        key="one-time",
        to="kaku@example.com",
        subject="再発行の番号",
        body="12345678",
        about=case.number,
        is_secret=True,
        expires_at=timezone.now() + timedelta(minutes=15),
    )
    OutgoingMail.objects.filter(pk=secret.pk).update(state=state)

    pages = [as_desk.get(url(secret)).text, as_desk.get(letters_page(secret)).text]

    assert all("12345678" not in page and "再発行の番号" in page for page in pages)
    assert "もう一度送る" not in pages[0]


def test_deeds_asked_by_address_lead_back_to_the_letter(as_desk, refused):
    for deed in ("resend", "settle"):
        assert as_desk.get(url(refused, deed)).url == url(refused)


@pytest.mark.parametrize("pk", ["0", "x", "99999999999999999999", "%00"])
def test_a_letter_that_is_not_there_is_not_found(as_desk, pk):
    for tail in ("change/", "resend/", "settle/"):
        address = f"/admin/cityhall/outgoingmail/{pk}/{tail}"
        assert as_desk.get(address).status_code in (302, 400, 404)
        assert as_desk.post(address, {}).status_code in (400, 404)
