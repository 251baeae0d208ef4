"""① 受付: a case comes to be once, with its number, its first records and its code."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cityhall.models import ActedAs, OutgoingMail
from cityhall.refusal import NotAllowed
from proposals.models import Organization, Origin, Proposal, ReceiptCode, Submission, Track
from proposals.services import advance, intake
from proposals.services.receipts import new_code
from proposals.workflow import Holder, Kind, Step
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def today():
    return timezone.localdate()


def enter(**fields):
    given = {
        "by": make.desk(),
        "organization": make.organization(),
        "track": Track.PROPOSAL,
        "first_contact_on": today(),
        **fields,
    }
    return intake.enter(make.words(), **given)


def test_a_proposal_from_the_form_stands_at_the_door_and_it_is_the_desks_turn():
    case = make.submission()

    case = make.reload(case)
    assert (case.step, case.holder, case.origin, case.track) == (
        Step.INTAKE,
        Holder.DESK,
        Origin.FORM,
        "proposal",
    )
    assert (case.first_contact_on, case.received_on, case.holder_since_on) == (today(), today(), today())
    assert list(case.records.values_list("kind", "acted_as")) == [
        (Kind.FIRST_CONTACT, ActedAs.PROPOSER),
        (Kind.RECEIVED, ActedAs.PROPOSER),
    ]


def test_a_consultation_has_a_first_contact_and_is_not_received():
    case = make.submission(track=Track.CONSULTATION)

    assert (case.received_on, case.due_on is not None) == (None, True)
    assert list(case.records.values_list("kind", flat=True)) == [Kind.FIRST_CONTACT]


def test_the_words_are_kept_as_they_came():
    case = make.submission(title="架空の①㈱の提案")

    words = case.submissions.get()
    assert (words.title, words.version, case.title) == ("架空の①㈱の提案", 1, "架空の①㈱の提案")
    assert case.contact.email == "kaku@example.com"


def test_the_proposer_is_written_to_without_the_code():
    code = new_code()

    case = make.submission(code=code)

    letter = OutgoingMail.objects.get()
    assert (letter.to, letter.about, letter.key) == (
        "kaku@example.com",
        case.number,
        f"{case.number}:receipt",
    )
    assert code not in letter.body and case.number in letter.body


def send(organization="架空配送", contact=None, **changes):
    """One form, sent now."""
    return intake.submit(
        make.words(**changes),
        organization=make.organization(name=organization),
        contact=contact or make.contact(),
        track=Track.PROPOSAL,
        key="one form",
        code="AAAAA",
    )


def test_sending_the_same_form_twice_gives_the_same_case():
    first = send()

    second = send()

    assert second == first
    assert (Proposal.objects.count(), Submission.objects.count(), ReceiptCode.objects.count()) == (1, 1, 1)
    assert OutgoingMail.objects.count() == 1


def test_the_second_sending_leaves_no_organisation_behind():
    send()

    send()

    assert Organization.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": "架空の別の提案を、同じ画面から"},
        {"fields": ["環境"]},
        {"organization": "架空商店"},
        {"contact": {"email": "betsu@example.com"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_was_rewritten_after_sending_is_not_taken_for_the_same_form(change):
    first = send()

    with pytest.raises(NotAllowed, match=rf"{first.number} として受け付けています。.*もう一度ボタンを"):
        send(**change)

    assert Submission.objects.count() == 1


def test_a_telephone_call_keyed_in_twice_is_one_case():
    call = {"by": make.desk(), "organization": make.organization(), "track": Track.PROPOSAL}

    first, second = (
        intake.enter(make.words(key="one entry"), first_contact_on=today(), **call) for _ in range(2)
    )

    assert (second, Proposal.objects.count()) == (first, 1)


# the same organisation, or another


def test_an_organisation_is_found_again_by_its_name_however_it_is_written():
    known = intake.find_organization(name="架空配送株式会社", kind="company")

    found = intake.find_organization(name="架空配送（株）", kind="company")

    assert found == known


def test_an_organisation_is_found_again_by_its_corporate_number_under_a_new_name():
    known = intake.find_organization(name="架空配送", kind="company", corporate_number="1234567890123")

    assert (
        intake.find_organization(name="架空運輸", kind="company", corporate_number="1234567890123") == known
    )


def test_a_number_from_the_public_form_is_not_written_on_a_known_namesake():
    known = intake.find_organization(name="架空配送", kind="company")

    case = intake.submit(
        make.words(),
        organization=make.organization(name="架空配送", corporate_number="1234567890123"),
        contact=make.contact(),
        track=Track.PROPOSAL,
        key="a form",
        code="AAAAA",
    )

    known.refresh_from_db()
    assert known.corporate_number == ""
    assert case.organization.corporate_number == "1234567890123"


def test_the_same_name_of_another_kind_is_another_organisation():
    known = intake.find_organization(name="架空の会", kind="npo")

    assert intake.find_organization(name="架空の会", kind="civic") != known


def test_the_same_name_with_another_corporate_number_is_another_organisation():
    known = intake.find_organization(name="架空商事", kind="company", corporate_number="1234567890123")

    other = intake.find_organization(name="架空商事", kind="company", corporate_number="3210987654321")

    assert (other == known, other.corporate_number) == (False, "3210987654321")


# what the desk keys in


def test_a_telephone_call_is_keyed_in_by_the_desk():
    desk = make.desk()

    case = enter(by=desk, first_contact_on=today() - timedelta(days=3), received_on=today())

    assert (case.origin, case.officer, case.first_contact_on) == (
        Origin.STAFF,
        desk,
        today() - timedelta(days=3),
    )
    assert set(case.records.values_list("acted_as", flat=True)) == {ActedAs.DESK}
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("maker", ["manager", "admin", "user"])
def test_nobody_but_the_desk_keys_in(maker):
    with pytest.raises(NotAllowed, match="窓口だけ"):
        enter(by=getattr(make, maker)())


@pytest.mark.parametrize(
    ("first_contact", "received"),
    [(1, None), (1, 1), (0, 1), (0, -1)],
    ids=["contact tomorrow", "both tomorrow", "received tomorrow", "received before the contact"],
)
def test_impossible_days_are_refused(first_contact, received):
    days = {
        "first_contact_on": today() + timedelta(days=first_contact),
        "received_on": None if received is None else today() + timedelta(days=received),
    }

    with pytest.raises(NotAllowed, match="初回相談日 ≦ 受付日 ≦ 今日"):
        enter(**days)

    assert not Proposal.objects.exists()


def test_a_consultation_becomes_a_proposal_and_may_go_on():
    case, desk = make.submission(track=Track.CONSULTATION), make.desk()

    intake.turn_into_proposal(case, by=desk)

    case = make.reload(case)
    assert (case.track, case.received_on) == (Track.PROPOSAL, today())
    assert advance(case, "accept", by=desk).target == Step.SORTING


def test_a_proposal_does_not_become_one_again():
    with pytest.raises(NotAllowed, match="もう「提案」"):
        intake.turn_into_proposal(make.submission(), by=make.desk())


@pytest.mark.parametrize("days", [-1, 1])
def test_a_consultation_is_received_between_its_first_contact_and_today(days):
    case = make.submission(track=Track.CONSULTATION)

    with pytest.raises(NotAllowed, match="初回相談日から今日まで"):
        intake.turn_into_proposal(case, by=make.desk(), on=today() + timedelta(days=days))


def test_nobody_but_the_desk_turns_a_consultation_into_a_proposal():
    with pytest.raises(NotAllowed, match="窓口だけ"):
        intake.turn_into_proposal(make.submission(track=Track.CONSULTATION), by=make.manager())


# the code of the receipt


def test_a_case_is_due_one_open_day_after_it_was_received(time_machine):
    time_machine.move_to("2026-07-17T03:00:00Z", tick=False)  # a Friday; Monday is 海の日

    case = make.submission()

    assert case.due_on == date(2026, 7, 21)


# how much the database is asked for it

BEGIN_TO_COMMIT = 12


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("track", Track)
def test_a_form_is_taken_in_with_twelve_statements_begin_and_commit_among_them(track):
    make.submission()  # the counter of the year is there

    with CaptureQueriesContext(connection) as asked:
        make.submission(track=track)

    assert len(asked) == BEGIN_TO_COMMIT


def test_inside_the_callers_transaction_it_is_two_fewer():
    given = {"organization": make.organization(), "contact": make.contact(), "track": Track.PROPOSAL}

    with CaptureQueriesContext(connection) as asked:
        intake.receive(make.words(), **given, key="a draft", code=new_code())

    assert len(asked) == BEGIN_TO_COMMIT - 2
