"""The public form in its parts: what is typed is kept, told back, sent once."""

import re
from datetime import timedelta
from urllib.parse import quote_from_bytes

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cityhall.models import OutgoingMail
from proposals.forms.propose import LATE
from proposals.models import Attachment, Draft, Proposal, Submission, Track
from tests import make, make_files
from tests.make_public import CONSULTATION, PROPOSAL, begin, propose, send, write, write_all
from tests.proposals.test_propose_form import open_theme

pytestmark = pytest.mark.django_db
CODE = re.compile(r"(?:[2-9A-HJKMNP-Z]{5}-){5}[2-9A-HJKMNP-Z]{5}")
DRAFT_CODE = re.compile(r"(?:[2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4}")
GARBLED = ["", "x", "偽物".encode().decode("latin-1"), "a:b:c", '"2222-2222-2222-2222":1:x', "9" * 3000]


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def visitor():
    return Client()


def draft():
    return Draft.objects.get()


def code_on(page):
    return DRAFT_CODE.search(page.text)[0]


# where one begins


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


# parts


def test_what_is_typed_is_kept_whatever_it_is(visitor):
    begin(visitor)

    page = write(visitor, 2, title="短い", overview="長" * 500)

    assert "2か所、直していただきたいところがあります" in page.text
    assert '<a href="#id_title">件名：5字以上でお書きください（いま 2字）。</a>' in page.text
    assert '<a href="#id_overview">概要を400字までに短くしてください（いま 500字）</a>' in page.text
    assert "＊ 100字ほど短くしてください。400字まで書けます。" in page.text
    assert (draft().answers["title"], draft().answers["overview"]) == ("短い", "長" * 500)
    assert "maxlength" not in page.text


@pytest.mark.parametrize(
    ("go", "lands"), [("next", "/propose/3/"), ("back", "/propose/1/"), ("later", "/propose/later/")]
)
def test_every_button_saves_first(visitor, go, lands):
    begin(visitor, PROPOSAL)

    answer = write(visitor, 2, PROPOSAL, go=go)

    assert (answer.url, draft().answers["problem"]) == (lands, PROPOSAL["problem"])


def test_a_consultation_has_no_third_part_and_is_asked_no_more_than_it_needs(visitor):
    begin(visitor)

    answer = write(visitor, 2)

    assert answer.url == "/propose/confirm/"
    assert "problem" not in visitor.get("/propose/2/").context["form"].fields


def test_a_consultation_becomes_a_proposal_and_back_without_losing_a_word(visitor):
    begin(visitor, PROPOSAL)
    write(visitor, 2, PROPOSAL)

    write(visitor, 2, PROPOSAL, go="consult")
    write(visitor, 2, go="propose", title="相談のあいだに直した件名")

    form = visitor.get("/propose/2/").context["form"]
    assert form["problem"].value() == PROPOSAL["problem"]
    assert (form["title"].value(), draft().track) == ("相談のあいだに直した件名", "proposal")


def test_mending_an_answer_leads_back_to_the_last_page(visitor):
    write_all(visitor)

    answer = visitor.post(
        "/propose/2/?back=confirm", CONSULTATION | {"go": "next", "title": "直した件名です"}
    )

    assert answer.url == "/propose/confirm/"
    assert "直した件名です" in visitor.get(answer.url).text


def test_a_field_to_be_mended_says_what_is_wrong_when_one_comes_to_it(visitor):
    begin(visitor)
    write(visitor, 2, overview="短い", go="later")

    page = visitor.get("/propose/2/?back=confirm")

    assert "20字以上でお書きください（いま 2字）。" in page.text
    assert "直していただきたいところがあります" not in page.text


def test_saving_by_itself_answers_with_the_time_and_the_last_day(visitor, time_machine):
    time_machine.move_to("2026-11-02T10:32:00+09:00")
    begin(visitor)

    answer = write(visitor, 2, go="keep", overview="まだ途中")

    assert answer.json() == {"saved": "令和8年11月2日（月） 10:32", "until": "12月2日（水）"}
    assert draft().answers["overview"] == "まだ途中"


@pytest.mark.parametrize("part", [0, 4, 9, 99999999999999999999])
def test_there_is_no_other_part(visitor, part):
    begin(visitor)

    assert visitor.get(f"/propose/{part}/").status_code == 404


# files


def add(visitor, *uploads, go="add", **words):
    return write(visitor, 3, PROPOSAL, go=go, papers=list(uploads), **words)


def test_a_file_is_added_listed_opened_and_taken_off(visitor):
    begin(visitor, PROPOSAL)

    answer = add(visitor, make_files.upload("図面①.png"))

    page, paper = visitor.get(answer.url), Attachment.objects.get()
    assert answer.url == "/propose/3/#files"
    assert "図面①.png" in page.text
    assert visitor.get(f"/propose/files/{paper.name}").status_code == 200
    write(visitor, 3, PROPOSAL, go="", remove=paper.name)
    assert not Attachment.objects.exists()


def test_files_chosen_but_not_added_come_with_the_next_button(visitor):
    begin(visitor, PROPOSAL)

    answer = add(visitor, make_files.upload(), go="next")

    assert (answer.url, Attachment.objects.count()) == ("/propose/confirm/", 1)


def test_a_refused_file_is_told_and_the_words_beside_it_stay(visitor):
    begin(visitor, PROPOSAL)
    harmful = make_files.upload("a.exe", b"MZ")

    page = add(visitor, make_files.upload(), harmful, brings_note="机と明かり", rights="")

    assert "「a.exe」は受け取れませんでした。" in page.text
    assert page.text.count("直していただきたいところがあります") == 1
    assert "知的財産を選んでください" not in page.text
    assert (Attachment.objects.count(), draft().answers["brings_note"]) == (1, "机と明かり")


def test_a_file_of_somebody_elses_draft_is_not_there(visitor):
    begin(visitor, PROPOSAL)
    add(visitor, make_files.upload())
    other = Client()
    begin(other, PROPOSAL)

    name = Attachment.objects.get().name
    other.post("/propose/3/", PROPOSAL | {"remove": name})

    assert (other.get(f"/propose/files/{name}").status_code, Attachment.objects.count()) == (404, 1)


# the last page, and sending


def test_sending_gives_a_number_and_a_code_that_opens_the_receipt(visitor):
    page = propose(visitor)

    case = Proposal.objects.get()
    assert case.number in page.text
    assert CODE.search(page.text)
    assert case.title in visitor.get("/receipt/").text
    assert not case.is_held


def test_a_proposal_keeps_every_word_and_its_files(visitor):
    begin(visitor, PROPOSAL)
    add(visitor, make_files.upload())
    page = visitor.get("/propose/confirm/")
    for part in (1, 2, 3):
        write(visitor, part, PROPOSAL, brings_note="机と明かり")
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
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"gate:submit": "1/h/ip"}
    propose(visitor)

    propose(visitor, title="架空の、別のもう1つの提案")

    assert list(Proposal.objects.order_by("pk").values_list("is_held", flat=True)) == [False, True]


# lost, late, broken


@pytest.mark.parametrize("cookie", GARBLED)
def test_a_draft_cookie_that_is_not_ours_opens_the_start_page_kindly(visitor, cookie):
    visitor.cookies["zlg_draft"] = cookie

    page = visitor.get("/propose/2/")

    assert page.status_code == 404
    assert "書きかけの下書きが、このブラウザーには見つかりません" in page.text


def test_a_draft_past_its_last_day_is_told_kindly(visitor, time_machine):
    begin(visitor)
    time_machine.move_to(timezone.now() + timedelta(days=29))
    alive = visitor.get("/propose/2/").status_code
    Draft.objects.update(kept_until=timezone.localdate() - timedelta(days=1))

    assert (alive, visitor.get("/propose/2/").status_code) == (200, 404)


def test_words_typed_into_a_lost_draft_become_a_new_one(visitor):
    page = write(visitor, 2, PROPOSAL, follow=True)

    page = visitor.get(page.url)

    assert "いま書いた文を新しい下書きに保存しました" in page.text
    assert page.context["form"]["problem"].value() == PROPOSAL["problem"]


def test_saving_by_itself_says_when_the_draft_is_lost(visitor):
    answer = write(visitor, 2, go="keep")

    assert (answer.status_code, Draft.objects.count()) == (404, 0)
    assert "自動では保存できません" in answer.json()["wrong"]


@pytest.mark.parametrize(("path", "name"), [("/propose/2/", "title"), ("/propose/confirm/", "publicity")])
def test_a_page_that_came_too_late_is_shown_again_with_every_word(path, name):
    visitor = Client(enforce_csrf_checks=True)
    visitor.cookies = with_draft().cookies

    page = visitor.post(path, CONSULTATION)

    assert (page.status_code, LATE in page.text) == (403, True)
    assert page.context["form"][name].value() == CONSULTATION[name]
    assert name not in draft().answers


def with_draft():
    visitor = Client()
    begin(visitor)
    return visitor


def test_a_start_page_that_came_too_late_is_shown_again():
    page = Client(enforce_csrf_checks=True).post("/propose/", {"track": "proposal"})

    assert (page.status_code, LATE in page.text) == (403, True)


def test_text_in_another_encoding_is_kept_as_it_came_and_told(visitor):
    begin(visitor)
    body = f"go=next&title={quote_from_bytes('件名を書きました'.encode('shift_jis'))}"

    page = visitor.post("/propose/2/", body, content_type="application/x-www-form-urlencoded")

    assert "読めない文字（文字化け）があります" in page.text


@pytest.mark.parametrize(
    ("sign", "said"), [("\x01", "目に見えない制御文字（U+0001）"), ("\0", "読めない文字（文字化け）")]
)
def test_control_characters_are_told_at_the_field(visitor, sign, said):
    begin(visitor)

    page = write(visitor, 2, title=f"件名{sign}を書きました")

    assert said in page.text


def test_choices_nobody_offers_are_kept_out(visitor):
    begin(visitor, PROPOSAL)
    odd = {"fields": ["天文"], "maturity": "ready", "wished_month": "1999-01", "answer_to": "x"}

    page = write(visitor, 2, PROPOSAL, **odd)

    assert set(page.context["form"].errors) == set(odd)


def test_more_text_than_a_draft_holds_is_refused_and_shown_again(visitor):
    begin(visitor)
    long = "長" * 70_000

    page = write(visitor, 2, overview=long)
    kept = write(visitor, 2, overview=long, go="keep")

    assert (page.status_code, kept.status_code) == (409, 409)
    assert long in page.text
    assert "文が長すぎて、下書きに保存できません" in kept.json()["wrong"]


def test_a_form_of_millions_of_signs_is_refused_at_the_door(visitor):
    begin(visitor)

    assert write(visitor, 2, overview="あ" * 1_000_000).status_code in (400, 413)


def test_no_session_is_begun(visitor):
    propose(visitor)

    assert "sessionid" not in visitor.cookies


# how much the database is asked


@pytest.mark.parametrize(
    "path", ["/propose/", "/propose/1/", "/propose/2/", "/propose/3/", "/propose/confirm/"]
)
def test_showing_a_page_asks_the_database_twice_at_most(visitor, path):
    open_theme()
    begin(visitor, PROPOSAL)

    with CaptureQueriesContext(connection) as asked:
        visitor.get(f"/propose/{path}")

    assert len(asked) <= 2


@pytest.mark.parametrize("part", [1, 2, 3])
def test_saving_a_part_asks_the_database_twice(visitor, part, django_assert_num_queries):
    begin(visitor, PROPOSAL)

    with django_assert_num_queries(2):
        write(visitor, part, PROPOSAL)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("base", [CONSULTATION, PROPOSAL], ids=["consultation", "proposal"])
def test_sending_takes_fifteen_statements(visitor, base):
    make.submission()
    page = write_all(visitor, base)

    with CaptureQueriesContext(connection) as asked:
        send(visitor, page, base, follow=False)

    assert len(asked) == 15
