"""Number and code: how long they let in, and what was typed too late."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from proposals.models import Message, ReceiptCode
from proposals.workflow import Step
from tests import make
from tests.make_receipt import CODE, page, pdf, read, stamp, url, visit

pytestmark = pytest.mark.django_db


def test_each_visit_prolongs_it_up_to_eight_hours():
    case = make.submission(code=CODE)
    with time_machine.travel("2026-11-18 09:00+09:00", tick=False) as clock:
        client = visit(case)
        shown = []
        for _ in range(20):
            clock.shift(timedelta(minutes=25))
            shown.append("proposal" in client.get(url("receipt")).context)

    assert shown == [True] * 19 + [False]


def test_half_an_hour_unused_ends_it():
    case = make.submission(code=CODE)
    with time_machine.travel("2026-11-18 09:00+09:00", tick=False) as clock:
        client = visit(case)
        clock.shift(timedelta(minutes=31))

        response = client.get(url("receipt"))

    assert "form" in response.context
    assert "proposal" not in response.context


def test_a_reply_typed_too_late_is_kept_and_sent_after_the_door():
    case = make.proposal(Step.SORTING, code=CODE)
    client = visit(case)
    late = {"text": "平日の16時からです。", "stamp": stamp(client)}
    client.cookies.clear()

    asked = client.post(url("receipt_reply"), late)
    kept = asked.context["form"]["kept"].value()
    shown = client.post(url("receipt"), {"number": case.number, "code": CODE, "kept": kept})
    client.post(shown.context["action"], dict(shown.context["typed"]))

    assert "書いた文は残っています" in read(asked)
    assert "平日の16時からです。</textarea>" in shown.content.decode()
    assert Message.objects.get().text == "平日の16時からです。"


def test_a_wrong_code_keeps_the_late_reply_too():
    case = make.proposal(Step.SORTING, code=CODE)
    client = Client()
    asked = client.post(url("receipt_reply"), {"text": "平日の16時からです。", "stamp": "x"})
    kept = asked.context["form"]["kept"].value()

    response = client.post(url("receipt"), {"number": case.number, "code": "2" * 30, "kept": kept})

    assert response.context["form"]["kept"].value() == kept


@pytest.mark.parametrize(
    "kept", ["x", "[]", '["https://example.com/", [["a", "b"]]]', '["/admin/", []]', "1"]
)
def test_words_that_were_going_elsewhere_go_nowhere(kept):
    case = make.submission(code=CODE)

    response = Client().post(url("receipt"), {"number": case.number, "code": CODE, "kept": kept})

    assert (response.status_code, response["Location"]) == (302, url("receipt"))


def test_a_code_stopped_shuts_the_page_that_is_open():
    case = make.submission(code=CODE)
    client = visit(case)

    ReceiptCode.objects.update(revoked_at=timezone.now())

    assert "proposal" not in client.get(url("receipt")).context


def test_too_many_tries_at_the_door_are_asked_to_wait(settings):
    settings.ZAMAGATE_LIMITS = settings.ZAMAGATE_LIMITS | {"receipt": "1/h/ip"}
    case = make.submission(code=CODE)

    answers = [Client().post(url("receipt"), {"number": case.number, "code": CODE}) for _ in "12"]

    assert [answer.status_code for answer in answers] == [302, 429]


def test_what_is_behind_the_door_is_kept_by_no_cache():
    case = make.submission(code=CODE)

    answers = [page(case, name) for name in ("receipt", "receipt_copy", "receipt_withdraw")]

    assert {"no-store" in answer["Cache-Control"] for answer in answers} == {True}


def test_a_form_that_came_too_late_keeps_the_words_even_where_a_paper_came_along():
    visitor = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    sent = {"text": "平日です。", "papers": [pdf()], "stamp": "a" * 90}

    page = visitor.post(url("receipt_reply"), sent).content.decode()

    assert 'name="text" value="平日です。"' in page
    assert "選んだ書類は残せませんでした" in page
    assert "<textarea" not in page


def test_number_and_code_let_in_however_they_are_typed():
    case = make.submission(code=CODE)
    client = Client()

    typed = {"number": f"ｒ８ー{case.number[-4:]}", "code": CODE.lower().replace("-", " ")}
    client.post(url("receipt"), typed)

    assert client.get(url("receipt")).context["proposal"] == case


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer():
    case = make.submission(code=CODE)
    wrong = [{"number": case.number, "code": "2" * 30}, {"number": "R8-9999", "code": CODE}]

    answers = [Client().post(url("receipt"), typed) for typed in wrong]

    assert {tuple(a.context["form"].non_field_errors()) for a in answers} == {
        ("受付番号と確認番号を、控えのとおりに入れてください。全角・半角、ハイフンの有無は問いません。",)
    }


def test_a_page_closed_by_its_reader_asks_for_the_number_again():
    client = visit(make.submission(code=CODE))

    client.post(url("close_receipt"))

    assert "proposal" not in client.get(url("receipt")).context


def test_the_page_opens_no_staff_room_and_no_session():
    client = visit(make.submission(code=CODE))

    assert client.get("/section/").status_code == 302
    assert "sessionid" not in client.cookies


def test_a_paper_asked_for_after_the_visit_leads_to_the_door():
    response = Client().get(url("receipt_file", "no-such-paper"))

    assert (response.status_code, response["Location"]) == (302, url("receipt"))
