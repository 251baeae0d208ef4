"""The way back for a lost code: one answer for all, the digits of a letter, the new code once."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from cityhall.models import OutgoingMail
from proposals.models import Contact
from proposals.services import people
from proposals.services.receipts import new_code, open_receipt
from tests.make_guest import proposal, typed, visitor

pytestmark = pytest.mark.django_db
CODE = re.compile(r"(?:[2-9A-HJKMNP-Z]{5}-){5}[2-9A-HJKMNP-Z]{5}")
ASKED = (
    "登録のメールアドレスに、8桁の番号をお送りしました（受付番号が正しいとき）。15分のうちに入れてください。"
)


def words_of(page):
    return page.content.decode()


def without_secrets(page):
    """The page but for what is drawn anew each time, and the number that was typed."""
    return re.sub(r'value="[^"]*"', "", words_of(page))


def digits():
    return re.search(r"\d{8}", OutgoingMail.objects.filter(subject__contains="再発行").latest("pk").body)[0]


def asked(client, case):
    return client.post("/receipt/lost/", {"number": case.number})


def entered(client, page, **changes):
    return client.post("/receipt/lost/number/", typed(page, **changes))


def test_the_whole_way_back():
    case, old = proposal()
    client = Client()

    answer = entered(client, asked(client, case), digits=digits())
    shown = client.get(answer.url)

    code = CODE.search(words_of(shown))[0]
    assert open_receipt(case.number, code) == case and open_receipt(case.number, old) is None
    assert case.title in words_of(client.get("/receipt/"))


def test_the_code_is_shown_once_and_never_in_an_address():
    case, _ = proposal()
    client = Client()
    answer = entered(client, asked(client, case), digits=digits())

    first, second = client.get(answer.url), client.get(answer.url)

    assert answer.url == "/receipt/lost/code/"
    assert CODE.search(words_of(first)) and not CODE.search(words_of(second))
    assert "もうお見せできません" in words_of(second)


def test_whoever_looked_by_the_old_code_is_asked_again():
    case, old = proposal()
    lost = visitor(case, old)
    client = Client()
    entered(client, asked(client, case), digits=digits())

    assert case.title not in words_of(lost.get("/receipt/"))


def test_further_people_stay_and_are_listed():
    case, _ = proposal()
    people.invite(case.receipt_codes.get(), label="広報の架空さん", code=new_code())
    client = Client()

    answer = entered(client, asked(client, case), digits=digits())

    assert "広報の架空さん" in words_of(client.get(answer.url))


def test_a_case_there_is_one_there_is_not_and_one_without_an_address_are_answered_alike():
    case, _ = proposal()
    erased, _ = proposal()
    Contact.objects.filter(proposal=erased).update(email="")

    answers = [asked(Client(), case), asked(Client(), erased)]
    answers.append(Client().post("/receipt/lost/", {"number": "R8-9999"}))

    assert {ASKED in words_of(answer) for answer in answers} == {True}
    assert len({without_secrets(answer) for answer in answers}) == 1


def test_wrong_digits_a_wrong_number_and_digits_too_late_are_answered_alike():
    case, _ = proposal()
    page = asked(Client(), case)
    wrong = "00000000"

    answers = [entered(Client(), page, digits=wrong), entered(Client(), page, digits=wrong, number="R8-9999")]
    case.one_time_numbers.update(tries=5)
    answers.append(entered(Client(), page, digits=digits()))

    assert {"番号が確かめられませんでした" in words_of(answer) for answer in answers} == {True}
    assert len({without_secrets(answer) for answer in answers}) == 1


def test_a_second_press_shows_the_same_code():
    case, _ = proposal()
    client = Client()
    page = asked(client, case)
    told = digits()

    codes = [CODE.search(words_of(client.get(entered(client, page, digits=told).url)))[0] for _ in "12"]

    assert codes[0] == codes[1] and open_receipt(case.number, codes[0]) == case


@pytest.mark.parametrize("typed_in", ["１２３４５６７８", "1234 5678", "1234-5678"])
def test_digits_are_read_however_they_are_typed(typed_in):
    page = Client().post(
        "/receipt/lost/number/", {"number": "R8-0001", "digits": typed_in, "stamp": "made up"}
    )

    assert "digits" not in page.context["form"].errors


@pytest.mark.parametrize("typed_in", ["", "1234567", "123456789", "あいうえおかきく", "x" * 5000])
def test_what_is_no_number_is_told_at_the_field(typed_in):
    page = Client().post("/receipt/lost/number/", {"number": "R8-0001", "digits": typed_in})

    assert page.status_code == 200 and page.context["form"].errors["digits"]


@pytest.mark.parametrize("typed_in", ["", "　", "\ufffd", "R8-0001\r\nBcc: x@example.com", "9" * 5000])
def test_a_case_number_that_cannot_be_is_answered_in_words(typed_in):
    page = Client().post("/receipt/lost/", {"number": typed_in})

    assert page.status_code == 200
    assert OutgoingMail.objects.count() == 0


def test_an_old_page_is_drawn_anew():
    case, _ = proposal()
    client = Client()
    asked(client, case)

    page = client.post(
        "/receipt/lost/number/", {"number": case.number, "digits": digits(), "stamp": "made up"}
    )
    answer = entered(client, page)

    assert "時間がたったため" in words_of(page)
    assert answer.status_code == 302


def test_too_many_from_one_place_wait(settings):
    settings.ZAMAGATE_LIMITS = {**settings.ZAMAGATE_LIMITS, "lost": "2/h/ip"}
    cache.clear()

    answers = [Client().post("/receipt/lost/", {"number": "R8-0001"}).status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_no_page_of_the_way_is_kept_by_a_browser():
    answers = [Client().get(f"/receipt/lost/{page}") for page in ("", "number/", "code/")]

    assert {"no-store" in answer.headers["Cache-Control"] for answer in answers} == {True}
