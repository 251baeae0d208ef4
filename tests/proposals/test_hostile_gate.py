"""The gate against the hostile, the careless and accidents: nothing falls over, no word goes astray."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from proposals.models import Draft, Proposal
from proposals.services import people, receipts
from proposals.views import writing
from tests import make
from tests.make_guest import opened, proposal, typed
from tests.make_public import CONSULTATION, PROPOSAL, begin, send, write, write_all
from tests.make_receipt import CODE, url

pytestmark = pytest.mark.django_db


# --- two tabs -------------------------------------------------------------------


def test_two_drafts_in_two_tabs_keep_their_own_words(visitor):
    begin(visitor, PROPOSAL)
    first = visitor.get("/propose/2/")
    begin(visitor, PROPOSAL)
    second = visitor.get("/propose/2/")

    for page, words in ((first, "はじめの画面の件名"), (second, "あとの画面の件名")):
        visitor.post("/propose/2/", typed(page, title=words, go="keep"))

    kept = Draft.objects.order_by("pk").values_list("answers__title", flat=True)
    assert list(kept) == ["はじめの画面の件名", "あとの画面の件名"]


def test_the_tab_of_the_first_draft_goes_on_with_it_and_sends_it(visitor):
    page = write_all(visitor, title="はじめの件名")
    begin(visitor)

    answer = send(visitor, page, typed(page) | CONSULTATION)

    assert "受け付けました" in answer.text
    assert Proposal.objects.get().title == "はじめの件名"


@pytest.mark.parametrize("mark", ["", "偽物", "a:b:c", "\0", "2222-2222-2222-2222"])
def test_a_forged_mark_opens_no_draft(visitor, mark):
    begin(visitor)

    answer = Client().post("/propose/2/", CONSULTATION | {"draft": mark, "go": "keep"})

    assert answer.status_code == 404


@pytest.mark.parametrize(("shown", "now"), [("proposal", "consult"), ("consultation", "propose")])
def test_a_tab_that_shows_the_other_track_wipes_nothing(visitor, shown, now):
    begin(visitor, PROPOSAL | {"track": shown})
    page = visitor.get("/propose/2/")
    write(visitor, 2, PROPOSAL, go=now)
    write(visitor, 2, PROPOSAL | {"track": "proposal"}, go="propose")
    Draft.objects.update(track="consultation" if now == "consult" else "proposal")

    words = {"problem": "こちらの画面で書いた課題"} if shown == "proposal" else {}
    visitor.post("/propose/2/", typed(page, go="keep", **words))

    assert Draft.objects.get().answers["problem"] == words.get("problem", PROPOSAL["problem"])


# --- meanwhile ------------------------------------------------------------------


def pressed(visitor, page, **ticks):
    """「この内容で送る」 on its way, while the draft is read."""
    data = ticks | {"stamp": page.context["stamp"], "go": "send"}
    request = RequestFactory().post("/propose/confirm/", data)
    request.user, request.COOKIES = AnonymousUser(), {"zlg_draft": visitor.cookies["zlg_draft"].value}
    return request


@pytest.mark.parametrize("ticks", [{}, CONSULTATION])
def test_a_draft_gone_while_it_is_being_sent_is_told_kindly(visitor, ticks):
    page = write_all(visitor)
    request, draft = pressed(visitor, page, **ticks), Draft.objects.get()
    Draft.objects.all().delete()

    answer = writing._send(request, draft)

    assert answer.status_code == 404
    assert "見つかりません" in answer.text
    assert not Proposal.objects.exists()


def test_a_draft_sent_by_the_other_tab_while_this_one_is_read_is_told(visitor):
    page = write_all(visitor)
    request, draft = pressed(visitor, page), Draft.objects.get()
    send(visitor, page)

    answer = writing._send(request, draft)

    assert answer.status_code == 409
    assert Proposal.objects.get().number in answer.text


def test_words_given_back_show_what_was_written_and_no_marks(visitor):
    page = write_all(visitor)
    Draft.objects.all().delete()

    answer = visitor.post("/propose/confirm/", typed(page, go="send"))

    assert answer.status_code == 404
    assert "<textarea" not in answer.text and page.context["mark"] in answer.text


def test_too_much_text_for_a_lost_draft_is_shown_again(visitor):
    page = write(visitor, 2, overview="長" * 70_000)

    assert page.status_code == 409
    assert "文が長すぎて" in page.text and "長" * 70_000 in page.text


# --- what is shown once -----------------------------------------------------------


def test_asking_for_the_headers_alone_does_not_use_up_what_is_shown_once(visitor):
    send(visitor, write_all(visitor), follow=False)

    visitor.head("/propose/sent/")

    assert "受け付けました" in visitor.get("/propose/sent/").text


def test_a_colleague_s_code_is_never_shown_as_one_s_own_nor_on_another_case():
    case, guest = opened(proposal())
    guest.post(url("people"), typed(guest.get(url("people")), label="広報の架空さん"), follow=False)
    other, code = proposal()

    own = guest.get(url("lost_code"))
    guest.post(url("receipt"), {"number": other.number, "code": code})
    foreign = guest.get(url("people"))

    assert "新しい確認番号" not in own.text
    assert "広報の架空さんの確認番号" not in foreign.text
    assert people.guests_of(case).count() == 1


# --- what comes through the door ----------------------------------------------------

JUNK = [
    "[5, []]",
    "[null, []]",
    '[["/receipt/"], []]',
    '{"a": 1, "bb": 2}',
    "[" * 100_000,
    '["/receipt/reply/", [["text", "\\ud800"]]]',
    '["/receipt/\\ud800", []]',
    '["/receipt/\\u0000", [["a", "b"]]]',
    "9" * 5000,
    "NaN",
]


@pytest.mark.both
@pytest.mark.parametrize("kept", JUNK, ids=range(len(JUNK)))
@pytest.mark.parametrize("code", [CODE, "x"])
def test_words_kept_at_the_door_may_be_anything(kept, code):
    case = make.submission(code=CODE)

    answer = Client().post(url("receipt"), {"number": case.number, "code": code, "kept": kept})

    assert answer.status_code == (302 if code == CODE else 200)


def test_what_the_door_answers_is_kept_by_no_cache():
    case = make.submission(code=CODE)
    asked = Client().post(url("receipt_reply"), {"text": "平日です。", "stamp": "x"})
    kept = asked.context["form"]["kept"].value()

    pages = [
        Client().post(url("receipt"), {"number": case.number, "code": code, "kept": kept})
        for code in (CODE, "x")
    ]

    assert all("no-store" in page.headers["Cache-Control"] for page in pages)


@pytest.mark.both
@pytest.mark.parametrize("name", ["a\0b", "", "../x", "x" * 9000])
def test_a_file_taken_off_may_be_called_anything(visitor, name):
    begin(visitor, PROPOSAL)

    assert write(visitor, 3, PROPOSAL, go="remove", remove=name).status_code == 302


def test_a_draft_s_code_typed_too_late_stays():
    page = Client(enforce_csrf_checks=True).post("/propose/", {"go": "resume", "code": "ABCD-EFGH"})

    assert page.status_code == 403
    assert 'value="ABCD-EFGH"' in page.text


def test_a_choice_made_too_late_stays():
    page = Client(enforce_csrf_checks=True).post("/propose/", {"track": "proposal", "theme": "T-1"})

    assert page.context["errand"]["track"].value() == "proposal"


def test_an_empty_reply_says_in_the_title_that_something_is_to_be_mended():
    _, guest = opened(proposal())

    answer = guest.post(url("receipt_reply"), typed(guest.get(url("receipt")), text=""))

    assert "<title>エラー：" in answer.text


# --- what is kept --------------------------------------------------------------------


def test_no_secret_lies_in_a_row_as_it_was_shown(visitor):
    answer = send(visitor, write_all(visitor))
    code = answer.context["code"]

    rows = json.dumps(
        [list(model.objects.values()) for model in (Draft, Proposal, receipts.ReceiptCode)], default=str
    )

    assert code and code not in rows and code.replace("-", "") not in rows
