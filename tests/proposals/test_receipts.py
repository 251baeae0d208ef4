"""The code of a proposer: how it is made and typed; given anew, the one before no longer opens."""

import re

import pytest
from django.utils import timezone

from cityhall.refusal import NotAllowed
from proposals.models import ReceiptCode
from proposals.services import receipts
from proposals.services.receipts import CODE_ALPHABET, hash_code, new_code, open_receipt
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_code_is_long_enough_and_without_letters_that_look_alike():
    code = new_code()

    letters = code.replace("-", "")
    assert (len(letters), len(code.split("-"))) == (30, 6)
    assert set(letters) <= set(CODE_ALPHABET) and not set("01OIL") & set(CODE_ALPHABET)
    assert len(CODE_ALPHABET) ** 30 > 2**128


def test_only_the_hash_of_a_code_is_stored():
    code = new_code()

    make.submission(code=code)

    receipt = ReceiptCode.objects.get()
    assert receipt.code_hash == hash_code(code)
    assert code not in str(vars(receipt))


FULL_WIDTH = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)})


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f"　{code}　",
        lambda code: code.translate(FULL_WIDTH),
        lambda code: code.replace("-", "ー"),
    ],
    ids=["small letters", "no hyphens", "spaces", "wide spaces around", "full width", "long vowel mark"],
)
def test_a_code_opens_however_it_is_typed(typed):
    code = new_code()
    case = make.submission(code=code)

    assert open_receipt(case.number, typed(code)) == case


@pytest.mark.parametrize("number", ["r8-0001", "Ｒ８－０００１", " R8-0001 "])
def test_a_number_opens_however_it_is_typed(number, time_machine):
    time_machine.move_to("2026-07-01T03:00:00Z", tick=False)
    code = new_code()
    case = make.submission(code=code)

    assert open_receipt(number, code) == case


def test_a_wrong_code_a_wrong_number_and_another_cases_code_open_nothing():
    code = new_code()
    case, other = make.submission(code=code), make.submission()

    opened = [open_receipt(case.number, new_code()), open_receipt(other.number, code), open_receipt("", "")]

    assert opened == [None, None, None]


def test_a_code_that_was_stopped_opens_nothing():
    code = new_code()
    case = make.submission(code=code)
    case.receipt_codes.update(revoked_at=timezone.now())

    assert open_receipt(case.number, code) is None


def test_the_new_code_opens_the_page_and_the_old_one_dies():
    old = new_code()
    case = make.submission(code=old)

    new = receipts.issue_code(case, by=make.desk())

    assert open_receipt(case.number, new) == case
    assert open_receipt(case.number, old) is None


def test_nobody_but_the_desk_gives_codes():
    case = make.submission()

    with pytest.raises(NotAllowed, match="窓口だけ"):
        receipts.issue_code(case, by=make.manager())


def test_no_record_holds_the_code():
    case = make.submission()

    code = receipts.issue_code(case, by=make.desk())

    assert code not in str(list(case.records.values()))


def test_the_desk_sees_the_code_once_and_a_second_press_gives_no_other(client):
    case = make.submission()
    client.force_login(make.desk())
    address = f"/admin/proposals/proposal/{case.number}/code/"
    form = client.get(address).context["form"]
    pressed = {name: form[name].value() for name in ("version", "stamp")}

    first, second = (client.post(address, pressed).text for _ in range(2))
    stale = client.post(address, pressed | {"stamp": client.get(address).context["form"]["stamp"].value()})

    code = re.search(r"(?:[2-9A-Z]{5}-){5}[2-9A-Z]{5}", first).group()
    assert open_receipt(case.number, code) == case
    assert code in second
    assert stale.status_code == 409


def test_a_number_in_other_letters_opens_nothing():
    code = new_code()
    make.submission(code=code)

    assert open_receipt("あいう", code) is None
