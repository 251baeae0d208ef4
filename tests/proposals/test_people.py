"""Further people of an organisation: let in by the first code, stopped by it, at most ten."""

import pytest

from cityhall import records
from cityhall.refusal import NotAllowed
from proposals.models import ProposalRecord
from proposals.services import people, receipts
from proposals.services.receipts import new_code, open_receipt
from proposals.workflow import Kind
from tests import make
from tests.together import at_once, failures

pytestmark = [pytest.mark.django_db, pytest.mark.both]
together = pytest.mark.django_db(transaction=True)


def first_code():
    return make.submission().receipt_codes.get()


def invited(first, label="広報の架空さん", code=None):
    return people.invite(first, label=label, code=code or new_code())


def test_a_further_person_opens_the_same_case_with_a_code_of_their_own():
    first, code = first_code(), new_code()

    guest = invited(first, code=code)

    assert open_receipt(first.proposal.number, code) == first.proposal
    assert (guest.is_first, guest.invited_by, guest.label) == (False, first, "広報の架空さん")


def test_the_record_names_nobody_and_its_text_can_be_erased():
    first = first_code()
    invited(first)
    record = first.proposal.records.last()

    record.text.delete()

    assert (record.kind, record.acted_as, record.data) == (Kind.NOTE, "proposer", {"code": "invited"})
    assert "架空さん" not in str(vars(record))
    assert records.first_bad(ProposalRecord) is None


def test_a_stopped_code_opens_nothing_from_then_on():
    first, code = first_code(), new_code()
    guest = invited(first, code=code)

    people.stop(first, guest=guest)

    assert open_receipt(first.proposal.number, code) is None
    assert first.proposal.records.last().data == {"code": "stopped"}


def test_a_code_stopped_twice_is_recorded_once():
    first = first_code()
    guest = invited(first)
    people.stop(first, guest=guest)

    with pytest.raises(NotAllowed, match="もう止まっています"):
        people.stop(first, guest=guest)

    assert first.proposal.records.filter(data={"code": "stopped"}).count() == 1


@pytest.mark.parametrize("act", [invited, lambda guest: people.stop(guest, guest=guest)])
def test_whoever_was_let_in_neither_lets_in_nor_stops(act):
    guest = invited(first_code())

    with pytest.raises(NotAllowed, match="はじめの確認番号をお持ちの方だけ"):
        act(guest)


def test_a_first_code_that_died_lets_nobody_in():
    first = first_code()
    receipts.issue_code(first.proposal, by=make.desk())

    with pytest.raises(NotAllowed):
        invited(first)


def test_the_code_of_another_case_is_not_stopped():
    guest = invited(first_code())

    with pytest.raises(NotAllowed):
        people.stop(first_code(), guest=guest)

    guest.refresh_from_db()
    assert guest.revoked_at is None


@pytest.mark.parametrize("label", ["", "　", "あ" * 61])
def test_a_label_is_there_and_short(label):
    with pytest.raises(NotAllowed, match="60字"):
        invited(first_code(), label=label)


def test_the_eleventh_is_refused_until_one_is_stopped():
    first = first_code()
    guests = [invited(first, label=f"架空の{n}人目") for n in range(10)]
    with pytest.raises(NotAllowed, match="10人まで"):
        invited(first)

    people.stop(first, guest=guests[0])

    assert invited(first).label == "広報の架空さん"


def test_two_presses_of_one_page_make_one_code():
    first, code = first_code(), new_code()

    made = [invited(first, code=code) for _ in "12"]

    assert made[0] == made[1]
    assert people.guests_of(first.proposal).count() == 1


def test_another_label_under_the_same_page_is_told_not_lost():
    first, code = first_code(), new_code()
    invited(first, code=code)

    with pytest.raises(NotAllowed, match="もう1人分"):
        invited(first, label="経理の架空さん", code=code)


def test_a_code_of_another_case_is_not_taken_over():
    code = new_code()
    invited(first_code(), code=code)

    with pytest.raises(NotAllowed):
        invited(first_code(), code=code)


def test_the_desks_new_code_ends_them_all():
    first = first_code()
    invited(first)

    receipts.issue_code(first.proposal, by=make.desk())

    assert people.guests_of(first.proposal).count() == 0


@together
def test_eight_pages_at_once_never_let_in_an_eleventh():
    first = first_code()
    for n in range(6):
        invited(first, label=f"架空の{n}人目")

    outcomes = at_once(*[lambda: invited(first)] * 8)

    assert {type(error) for error in failures(outcomes)} == {NotAllowed}
    assert people.guests_of(first.proposal).count() == 10


@together
def test_one_page_pressed_at_once_makes_one_code():
    first, code = first_code(), new_code()

    outcomes = at_once(*[lambda: invited(first, code=code)] * 4)

    assert failures(outcomes) == []
    assert people.guests_of(first.proposal).count() == 1
