"""Lost drafts, late pages and broken text: told kindly, and no word is lost."""

from datetime import timedelta
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from django.utils import timezone

from proposals.forms.propose import LATE
from proposals.models import Draft
from tests.make_public import CONSULTATION, PROPOSAL, begin, propose, write

pytestmark = pytest.mark.django_db
GARBLED = ["", "x", "偽物".encode().decode("latin-1"), "a:b:c", '"2222-2222-2222-2222":1:x', "9" * 3000]


def draft():
    return Draft.objects.get()


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
