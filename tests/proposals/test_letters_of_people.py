"""Letters for a section go to its address, and to its people as each of them likes."""

from datetime import date, datetime, time

import pytest

from cityhall import calendar, section_post
from cityhall.models import Letters, Notice, OutgoingMail, Posting
from cityhall.refusal import NotAllowed
from proposals.services import chasing, digests, hearings
from tests import make, make_deciding, make_section
from tests.make_section import asked
from tests.together import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.both]

WEDNESDAY, THURSDAY, SATURDAY = date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 4)
OWN = "section@example.com"


def at(day, hour=9):
    return datetime.combine(day, time(hour), calendar.TOKYO)


@pytest.fixture(autouse=True)
def wednesday(time_machine):
    time_machine.move_to(at(WEDNESDAY), tick=False)


@pytest.fixture
def section():
    return make.department("架空の所管課", email=OWN)


def somebody(section, letters, make_one=make.member, **fields):
    return make_one(section, **{"email": "own@example.com", "letters": letters, **fields})


def letters_to(address):
    return list(OutgoingMail.objects.filter(to=address).order_by("pk"))


@pytest.mark.parametrize(
    ("letters", "copies", "lines"), [(Letters.SECTION, 0, 0), (Letters.EACH, 1, 0), (Letters.DIGEST, 0, 1)]
)
def test_the_section_always_gets_it_and_each_person_as_they_like(section, letters, copies, lines):
    somebody(section, letters)

    asked(section)

    assert len(letters_to(OWN)) == 1
    assert (len(letters_to("own@example.com")), Notice.objects.count()) == (copies, lines)


def test_a_copy_says_what_the_letter_says(section):
    somebody(section, Letters.EACH)
    asked(section)

    (letter,), (copy,) = letters_to(OWN), letters_to("own@example.com")

    assert (copy.subject, copy.body) == (letter.subject, letter.body)


def test_a_section_without_an_address_is_told_through_its_people():
    somebody(make.department(), Letters.EACH, email="unused@example.com")
    section = make.department("架空のほかの課")
    somebody(section, Letters.EACH)

    asked(section)

    assert [letter.to for letter in OutgoingMail.objects.filter(key__contains=":sheet:")] == [
        "own@example.com"
    ]


def test_whoever_reads_at_the_sections_address_gets_it_once(section):
    somebody(section, Letters.EACH, email=OWN)

    asked(section)

    assert len(letters_to(OWN)) == 1


def test_whoever_has_left_the_section_hears_nothing(section):
    person = somebody(section, Letters.EACH)
    Posting.objects.filter(user=person).update(valid_to=date(2026, 6, 30))

    asked(section)

    assert letters_to("own@example.com") == []


def test_what_heads_alone_may_do_is_written_to_heads_alone(section):
    somebody(section, Letters.EACH)
    somebody(section, Letters.EACH, make.head, email="head@example.com")

    case = make_deciding.referred(section)

    assert not [letter for letter in letters_to("own@example.com") if ":referred" in letter.key]
    (letter,) = [letter for letter in letters_to("head@example.com") if ":referred" in letter.key]
    assert f"/section/cases/{case.number}/decide/" in letter.body


def test_a_reminder_goes_to_people_too_and_the_answer_keeps_all_of_it_here(section, time_machine):
    somebody(section, Letters.EACH)
    somebody(section, Letters.DIGEST, email="daily@example.com")
    sheet = asked(section).hearings.get()
    time_machine.move_to(at(date(2026, 7, 8)), tick=False)
    assert [chasing.chase(date(2026, 7, 8)) for _ in range(2)] == [1, 0]
    hearings.answer(sheet, by=make.head(section), answer="yes", text="架空の返事")

    chasing.chase(date(2026, 7, 8))

    due = OutgoingMail.objects.filter(key__contains=":due:")
    assert {letter.state for letter in due} == {"held"} and due.count() == 2
    assert not Notice.objects.filter(key__contains=":due:").exists()


# --- the digest -----------------------------------------------------------------------


def test_the_digest_holds_what_is_new_and_what_waits(section):
    reader = somebody(section, Letters.DIGEST)
    case = asked(section)

    assert digests.send_daily(WEDNESDAY) == 1

    (digest,) = letters_to("own@example.com")
    new, waits = digest.body.split("■ お待ちしていること")
    assert f"つなぐシートが届いています（{case.number}）" in new
    assert f"つなぐシートのお返事　{case.number}　架空の所管課　期限 7月10日（金）" in waits
    assert digest.body.count(f"/section/sheets/{case.number}/1/") == 2
    assert reader.name in digest.body and case.latest_submission.title not in digest.body


def test_once_a_day_and_what_was_new_is_new_once(section):
    somebody(section, Letters.DIGEST)
    asked(section)

    sent = [digests.send_daily(day) for day in (WEDNESDAY, WEDNESDAY, THURSDAY, THURSDAY)]

    first, second = letters_to("own@example.com")
    assert sent == [1, 0, 1, 0]
    assert ("新しいお知らせ" in first.body, "新しいお知らせ" in second.body) == (True, False)


def test_with_nothing_new_and_nothing_open_there_is_no_digest(section):
    somebody(section, Letters.DIGEST)

    assert (digests.send_daily(WEDNESDAY), letters_to("own@example.com")) == (0, [])


def test_what_comes_after_an_empty_morning_is_told_the_next_morning(section):
    somebody(section, Letters.DIGEST)
    digests.send_daily(WEDNESDAY)
    asked(section)

    assert [digests.send_daily(day) for day in (WEDNESDAY, THURSDAY)] == [0, 1]


def test_on_a_closed_day_there_is_none(section):
    somebody(section, Letters.DIGEST)
    asked(section)

    assert digests.send_daily(SATURDAY) == 0


def test_only_the_own_sections_are_in_it(section):
    somebody(section, Letters.DIGEST)
    other = asked(make.department("架空のほかの課", email="other@example.com"))
    mine = asked(section)

    digests.send_daily(WEDNESDAY)

    (digest,) = letters_to("own@example.com")
    assert (mine.number in digest.body, other.number in digest.body) == (True, False)


def test_news_of_a_section_one_has_left_is_not_told(section, time_machine):
    person = somebody(section, Letters.DIGEST)
    asked(section)
    Posting.objects.filter(user=person).update(valid_to=WEDNESDAY)
    time_machine.move_to(at(THURSDAY), tick=False)

    assert digests.send_daily(THURSDAY) == 0


@pytest.mark.parametrize(("make_one", "number"), [(make.member, 0), (make.head, 1)])
def test_a_decision_waits_for_heads_alone(section, make_one, number):
    somebody(section, Letters.DIGEST, make_one)
    make_section.to_decide(section)
    Notice.objects.all().delete()

    assert digests.send_daily(WEDNESDAY) == number


def test_whoever_gives_the_digest_up_reads_what_was_left_of_it(section):
    person = somebody(section, Letters.DIGEST)
    asked(section)
    section_post.choose(person, letters=Letters.SECTION)

    assert [digests.send_daily(day) for day in (WEDNESDAY, THURSDAY)] == [1, 0]


@pytest.mark.django_db(transaction=True)
def test_two_workers_in_the_morning_send_one(section):
    somebody(section, Letters.DIGEST)
    asked(section)

    sent = at_once(*[lambda: digests.send_daily(WEDNESDAY)] * 2)

    assert (sorted(sent), len(letters_to("own@example.com"))) == ([0, 1], 1)


# --- the settings page --------------------------------------------------------------


def test_a_person_chooses_on_the_settings_page(client, section):
    person = somebody(section, Letters.SECTION)
    client.force_login(person)
    assert 'href="/section/settings/"' in client.get("/section/").content.decode()

    client.post("/section/settings/", {"letters": "digest"})

    person.refresh_from_db()
    assert person.letters == Letters.DIGEST
    assert "checked" in client.get("/section/settings/").content.decode()


def test_without_an_address_there_is_nothing_to_choose(client, section):
    person = somebody(section, Letters.SECTION, email="")
    client.force_login(person)

    answer = client.post("/section/settings/", {"letters": "each"})

    person.refresh_from_db()
    assert person.letters == Letters.SECTION
    assert "メールアドレスが登録されていない" in answer.content.decode()


def test_a_way_nobody_knows_is_refused(section):
    with pytest.raises(NotAllowed):
        section_post.choose(somebody(section, Letters.SECTION), letters="by pigeon")


def test_in_other_rooms_the_settings_are_the_password(client):
    client.force_login(make.manager())

    assert 'href="/accounts/password/change/"' in client.get("/kpi/").content.decode()


def test_beat_asks_for_both_by_day(settings):
    asked_for = {entry["task"]: entry["schedule"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert min(asked_for["proposals.send_digests"].hour) == 8
    assert min(asked_for["proposals.chase"].hour) == 7
