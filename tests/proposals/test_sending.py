"""The last page: everything once more, sent once, held when in doubt."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.forms.propose import LATE
from proposals.models import Draft, Proposal, Submission, Track
from tests import make, make_files
from tests.make_public import CONSULTATION, PROPOSAL, begin, propose, send, write, write_all
from tests.proposals.test_propose_form import open_theme

pytestmark = pytest.mark.django_db
CODE = re.compile(r"(?:[2-9A-HJKMNP-Z]{5}-){5}[2-9A-HJKMNP-Z]{5}")


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)


def draft():
    return Draft.objects.get()


def test_sending_gives_a_number_and_a_code_that_opens_the_receipt(visitor):
    page = propose(visitor)

    case = Proposal.objects.get()
    assert case.number in page.text
    assert CODE.search(page.text)
    assert case.title in visitor.get("/receipt/").text
    assert not case.is_held


def test_a_proposal_keeps_every_word_and_its_files(visitor):
    begin(visitor, PROPOSAL)
    write(visitor, 1, PROPOSAL)
    write(visitor, 2, PROPOSAL)
    write(visitor, 3, PROPOSAL, brings_note="机と明かり", papers=[make_files.upload()])
    page = visitor.get("/propose/confirm/")

    send(visitor, page, PROPOSAL)

    kept = Submission.objects.get()
    assert kept.proposal.track == Track.PROPOSAL
    assert (kept.problem, kept.brings_note) == (PROPOSAL["problem"], "机と明かり")
    assert (len(kept.pledges), kept.attachments.count()) == (5, 1)


def test_a_theme_is_answered(visitor):
    theme = open_theme()

    propose(visitor, PROPOSAL, answer_to="theme", theme=theme.number)

    assert Submission.objects.get().theme == theme


def test_the_last_page_names_what_is_missing_in_every_part_and_sends_nothing(visitor):
    begin(visitor)
    write(visitor, 1, phone="12345")
    page = visitor.get("/propose/confirm/")

    page = send(visitor, page, notices="")

    assert '<a href="/propose/1/?back=confirm#id_phone">' in page.text
    assert '<a href="/propose/2/?back=confirm#id_title">件名をお書きください</a>' in page.text
    assert '<a href="#id_notices">' in page.text
    assert not Proposal.objects.exists()


def test_what_was_chosen_on_the_last_page_is_kept_too(visitor):
    page = write_all(visitor)

    send(visitor, page, go="later", publicity="ask")

    assert visitor.get("/propose/confirm/").context["form"]["publicity"].value() == "ask"


def test_the_code_is_shown_once_and_stands_in_no_address(visitor):
    page = propose(visitor)
    code = CODE.search(page.text)[0]

    again = visitor.get("/propose/sent/")

    assert code not in again.text
    assert "確認番号は、もうお見せできません" in again.text
    assert all(code not in address for address, _ in page.redirect_chain)


def test_pressing_twice_gives_one_case_and_one_code(visitor):
    page = write_all(visitor)

    codes = {CODE.search(send(visitor, page).text)[0] for _ in range(2)}

    assert (Proposal.objects.count(), len(codes)) == (1, 1)


def test_another_last_page_of_the_same_draft_is_told_the_number_alone(visitor):
    first = write_all(visitor)
    other = visitor.get("/propose/confirm/")
    send(visitor, first)

    page = send(visitor, other)

    assert "もう R8-" in page.text and "として受け付けています" in page.text
    assert not CODE.search(page.text)
    assert Proposal.objects.count() == 1


def test_going_back_into_a_draft_that_was_sent_says_so_and_gives_the_words_back(visitor):
    propose(visitor)
    number = Proposal.objects.get().number

    written = write(visitor, 2, overview="あ" * 50)
    pages = [visitor.get("/propose/2/"), visitor.get("/propose/later/"), written]

    assert {page.status_code for page in pages} == {409}
    assert all(f"この下書きは、{number} として受け付けています" in page.text for page in pages)
    assert "あ" * 50 in written.text


def test_a_new_draft_begins_after_one_was_sent(visitor):
    propose(visitor)

    propose(visitor, title="架空の、別のもう1つの提案")

    assert Proposal.objects.count() == 2


def test_what_was_changed_on_another_screen_is_shown_before_it_is_sent(visitor):
    page = write_all(visitor)
    write(visitor, 2, title="別の画面で直した件名")

    page = send(visitor, page)

    assert "ほかの画面で書き直されています" in page.text
    assert "別の画面で直した件名" in page.text
    assert not Proposal.objects.exists()
    send(visitor, page)
    assert Proposal.objects.get().title == "別の画面で直した件名"


@pytest.mark.parametrize("stamp", ["", "偽物", "a:b:c", "\0", "9" * 5000])
def test_a_last_page_without_our_stamp_is_shown_again_with_a_new_one(visitor, stamp):
    page = send(visitor, write_all(visitor), stamp=stamp)

    assert LATE in page.text
    assert not Proposal.objects.exists()
    assert "受け付けました" in send(visitor, page).text


def test_the_stamp_of_another_draft_is_none(visitor):
    page = write_all(visitor)
    write_all(visitor)

    assert LATE in send(visitor, page).text


def held(visitor, page, **changes):
    answer = send(visitor, page, **changes)
    assert "受け付けました" in answer.text
    return Proposal.objects.get().is_held


def test_who_fills_in_what_nobody_sees_is_held_for_the_desk_and_answered_like_any_other(visitor):
    assert held(visitor, write_all(visitor), fax="03-0000-0000")


def test_who_sends_in_an_instant_is_held(visitor):
    write_all(visitor)

    assert held(visitor, visitor.get("/propose/confirm/"))


def test_who_sends_without_end_is_held_and_never_refused(visitor, settings):
    settings.ZAMAGATE_LIMITS = settings.ZAMAGATE_LIMITS | {"submit": "1/h/ip"}
    propose(visitor)

    propose(visitor, title="架空の、別のもう1つの提案")

    assert list(Proposal.objects.order_by("pk").values_list("is_held", flat=True)) == [False, True]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("base", [CONSULTATION, PROPOSAL], ids=["consultation", "proposal"])
def test_sending_takes_fifteen_statements(visitor, base):
    make.submission()
    page = write_all(visitor, base)

    with CaptureQueriesContext(connection) as asked:
        send(visitor, page, base, follow=False)

    assert len(asked) == 15
