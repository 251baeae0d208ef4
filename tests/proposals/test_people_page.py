"""一緒に見る人: the page of the first code's holder."""

import re

import pytest
from django.test import Client

from cityhall.models import OutgoingMail
from proposals.services import people
from proposals.services.receipts import new_code, open_receipt
from tests.make_guest import proposal, typed, visitor

pytestmark = pytest.mark.django_db
CODE = re.compile(r"(?:[2-9A-HJKMNP-Z]{5}-){5}[2-9A-HJKMNP-Z]{5}")
PAGE = "/receipt/people/"


def words_of(page):
    return page.content.decode()


def first():
    case, code = proposal()
    return case, visitor(case, code)


def invite(client, page, label="広報の架空さん"):
    fields = typed(page, label=label)
    fields.pop("guest", None)
    return client.post(PAGE, fields)


def test_a_code_is_shown_once_to_be_handed_over():
    case, client = first()

    invite(client, client.get(PAGE))
    shown, again = words_of(client.get(PAGE)), words_of(client.get(PAGE))

    code = CODE.search(shown)[0]
    assert "広報の架空さんの確認番号" in shown and open_receipt(case.number, code) == case
    assert not CODE.search(again) and "広報の架空さん" in again


def test_two_presses_let_in_one_person():
    case, client = first()
    page = client.get(PAGE)

    answers = [invite(client, page) for _ in "12"]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert people.guests_of(case).count() == 1


def test_a_stopped_code_is_gone_at_once_also_from_an_open_page():
    case, client = first()
    code = new_code()
    guest = people.invite(case.receipt_codes.get(), label="広報の架空さん", code=code)
    colleague = visitor(case, code)

    answer = client.post(PAGE, {"guest": guest.pk}, follow=True)

    assert "番号を止めました" in words_of(answer)
    assert case.title not in words_of(colleague.get("/receipt/"))


@pytest.mark.parametrize("guest", ["", "x", "0", "99999999999999999999", "-1", "1 OR 1=1"])
def test_what_is_no_code_stops_nothing(guest):
    case, client = first()
    people.invite(case.receipt_codes.get(), label="広報の架空さん", code=new_code())

    answer = client.post(PAGE, {"guest": guest})

    assert answer.status_code == 302
    assert people.guests_of(case).count() == 1


def test_the_first_code_of_a_case_is_not_stopped_here_nor_anything_of_another():
    case, client = first()
    other, _ = proposal()
    guest = people.invite(other.receipt_codes.get(), label="よその架空さん", code=new_code())

    for code in (case.receipt_codes.get(), guest):
        client.post(PAGE, {"guest": code.pk})

    assert case.receipt_codes.in_force().count() == 1
    assert people.guests_of(other).count() == 1


def test_another_case_does_not_show_here():
    other, _ = proposal()
    people.invite(other.receipt_codes.get(), label="よその架空さん", code=new_code())
    _, client = first()

    assert "よその架空さん" not in words_of(client.get(PAGE))


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_was_let_in_does_not_find_the_page(method):
    case, _ = proposal()
    code = new_code()
    people.invite(case.receipt_codes.get(), label="広報の架空さん", code=code)
    guest = visitor(case, code)

    assert getattr(guest, method)(PAGE).status_code == 404
    assert getattr(guest, method)("/receipt/withdraw/").status_code == 404
    assert "同じ団体の方を招く" not in words_of(guest.get("/receipt/"))


def test_without_number_and_code_they_are_asked_for():
    assert "確認番号" in words_of(Client().get(PAGE))


@pytest.mark.parametrize(
    ("label", "said"),
    [("", "お書きください"), ("　", "お書きください"), ("あ" * 61, "60字まで"), ("架空\ufffd", "文字化け")],
)
def test_a_label_is_there_short_and_readable(label, said):
    case, client = first()

    answer = invite(client, client.get(PAGE), label=label)

    assert said in words_of(answer)
    assert people.guests_of(case).count() == 0


def test_a_label_is_shown_as_words():
    _, client = first()

    invite(client, client.get(PAGE), label="<b>架空</b>")

    assert "&lt;b&gt;架空&lt;/b&gt;" in words_of(client.get(PAGE))


def test_the_eleventh_is_told_to_stop_one_first():
    case, client = first()
    for n in range(10):
        people.invite(case.receipt_codes.get(invited_by=None), label=f"架空の{n}人目", code=new_code())

    answer = invite(client, client.get(PAGE))

    assert answer.status_code == 409 and "10人まで" in words_of(answer)
    assert "広報の架空さん" in words_of(answer)


def test_nobody_is_written_to():
    _, client = first()
    before = OutgoingMail.objects.count()

    invite(client, client.get(PAGE))

    assert OutgoingMail.objects.count() == before


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(count, django_assert_num_queries):
    case, client = first()
    for n in range(count):
        people.invite(case.receipt_codes.get(invited_by=None), label=f"架空の{n}人目", code=new_code())

    with django_assert_num_queries(2):
        client.get(PAGE)
