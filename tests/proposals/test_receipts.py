"""A fresh code at the desk: it opens the page, the one before no longer does."""

import re

import pytest

from cityhall.refusal import NotAllowed
from proposals.services import intake, receipts
from tests import make

pytestmark = pytest.mark.django_db


def test_the_new_code_opens_the_page_and_the_old_one_dies():
    old = intake.new_code()
    case = make.submission(code=old)

    new = receipts.issue_code(case, by=make.desk())

    assert intake.open_receipt(case.number, new) == case
    assert intake.open_receipt(case.number, old) is None


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
    version = make.reload(case).version

    first = client.post(address, {"version": version}).content.decode()
    second = client.post(address, {"version": version})

    code = re.search(r"(?:[2-9A-Z]{5}-){5}[2-9A-Z]{5}", first).group()
    assert intake.open_receipt(case.number, code) == case
    assert second.status_code == 409
