"""Drafts: kept as typed, opened by their code, sent once, forgotten after their last day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cityhall.refusal import NotAllowed, Stale
from cityhall.uploads import store
from proposals.models import Attachment, Draft, Proposal, Submission, Track
from proposals.services import drafts
from proposals.services.receipts import new_code
from proposals.tasks import forget_old_drafts
from tests import make, make_files
from tests.together import at_once

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2026-11-20T10:00:00+09:00")
    return time_machine


def read(draft):
    return Draft.objects.get(pk=draft.pk)


def send(draft, code=None, **words):
    given = {"organization": make.organization(), "contact": make.contact(), "track": Track.PROPOSAL}
    return drafts.send(draft, words=make.words(**words), code=code or new_code(), **given)


# kept and opened


def test_a_draft_is_opened_by_its_code_however_it_is_typed():
    draft, code = drafts.start("consultation")

    found = drafts.open_draft(f"　{code.lower().replace('-', ' ')}")

    assert found == draft
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]


def test_only_the_hash_of_the_code_is_kept():
    draft, code = drafts.start("consultation")

    row = Draft.objects.filter(pk=draft.pk).values().get()

    assert not [value for value in row.values() if code.replace("-", "") in str(value).replace("-", "")]


@pytest.mark.parametrize("code", ["", "-", "2222-2222-2222-2222", "あ" * 300, "\0", "\ud800"])
def test_no_other_code_opens_anything(code):
    drafts.start("consultation")

    assert drafts.open_draft(code) is None


def test_what_is_saved_stands_beside_what_was_there():
    draft, _ = drafts.start("consultation")
    drafts.save(draft, {"title": "件名", "fields": ["環境"]})

    drafts.save(draft, {"title": "", "overview": " 概要\r\n"})

    assert read(draft).answers == {"title": "", "fields": ["環境"], "overview": " 概要\r\n"}


def test_switching_the_track_loses_nothing():
    draft, _ = drafts.start("proposal")
    drafts.save(draft, {"problem": "困りごと"})

    drafts.save(draft, {"title": "件名"}, track=Track.CONSULTATION)

    kept = read(draft)
    assert (kept.track, kept.answers) == ("consultation", {"problem": "困りごと", "title": "件名"})


def test_two_screens_that_save_at_once_lose_nothing_of_each_other(clock):
    draft, _ = drafts.start("consultation")
    other = read(draft)
    drafts.save(draft, {"title": "件名"})
    clock.shift(1)

    drafts.save(other, {"overview": "概要"})

    assert read(draft).answers == {"title": "件名", "overview": "概要"}


@pytest.mark.both
@pytest.mark.parametrize("sign", ["\0", "\ud800"], ids=["NUL", "half a pair"])
def test_signs_no_database_keeps_are_kept_as_a_mark(sign):
    draft, _ = drafts.start("consultation")

    drafts.save(draft, {"title": f"件{sign}名", "fields": [f"{sign}"]})

    assert read(draft).answers == {"title": "件\ufffd名", "fields": ["\ufffd"]}


def test_a_draft_too_large_is_refused_and_the_one_before_stays():
    draft, _ = drafts.start("consultation")
    drafts.save(draft, {"title": "件名"})

    with pytest.raises(NotAllowed, match="文が長すぎて、下書きに保存できません"):
        drafts.save(draft, {"overview": "あ" * 70_000})

    assert read(draft).answers == {"title": "件名"}


def test_each_saving_prolongs_the_time_it_is_kept(clock):
    draft, _ = drafts.start("consultation")
    first = draft.kept_until
    clock.shift(timedelta(days=5))

    drafts.save(draft, {"title": "件名"})

    assert (first, read(draft).kept_until) == (TODAY + timedelta(30), TODAY + timedelta(35))


def test_saving_asks_the_database_once(django_assert_num_queries):
    draft, _ = drafts.start("consultation")

    with django_assert_num_queries(1):
        drafts.save(draft, {"title": "件名"})


# sent


def test_a_draft_sent_is_one_case_and_keeps_nothing():
    draft, _ = drafts.start("proposal")
    draft = drafts.save(draft, {"title": "件名"})
    code = new_code()

    case, told = send(draft, code)

    kept = read(draft)
    assert (kept.sent_as, kept.answers, told) == (case, {}, code)
    assert Submission.objects.get().key == draft.key


def test_its_files_go_with_it():
    draft, _ = drafts.start("proposal")
    make_files.attach(draft, make_files.upload())

    case, _ = send(draft)

    paper = Attachment.objects.get()
    assert (paper.draft, paper.proposal, paper.submission) == (None, case, case.latest_submission)


def test_a_second_sending_gives_the_same_case_and_the_code_only_to_who_has_it():
    draft, _ = drafts.start("proposal")
    code = new_code()
    case, _ = send(draft, code)

    again, other = send(draft, code), send(draft, new_code())

    assert (again, other) == ((case, code), (case, ""))
    assert Proposal.objects.count() == 1


def test_a_code_stopped_since_is_not_told_again():
    draft, _ = drafts.start("proposal")
    code = new_code()
    case, _ = send(draft, code)
    case.receipt_codes.update(revoked_at=timezone.now())

    assert drafts.sent_before(read(draft), code=code) == (case, "")


def test_a_draft_changed_on_another_screen_is_shown_once_more_before_it_is_sent(clock):
    draft, _ = drafts.start("proposal")
    seen = read(draft)
    clock.shift(1)
    drafts.save(draft, {"title": "書き直した件名"})

    with pytest.raises(Stale):
        send(seen)

    assert (Proposal.objects.count(), read(draft).sent_as) == (0, None)


def test_what_was_sent_is_written_no_more():
    draft, _ = drafts.start("proposal")
    before = read(draft)
    send(draft)

    with pytest.raises(NotAllowed, match="もう送ったか"):
        drafts.save(before, {"title": "あとから"})

    assert read(draft).answers == {}


@pytest.mark.django_db(transaction=True)
def test_sending_takes_fourteen_statements_begin_and_commit_among_them():
    make.submission()
    draft, _ = drafts.start("proposal")
    organization, contact, words, code = make.organization(), make.contact(), make.words(), new_code()

    with CaptureQueriesContext(connection) as asked:
        drafts.send(
            draft, words=words, organization=organization, contact=contact, track=Track.PROPOSAL, code=code
        )

    assert len(asked) == 14


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_give_one_case_and_one_code():
    draft, _ = drafts.start("proposal")
    code = new_code()

    outcomes = at_once(*[lambda: send(read(draft), code)] * 3)

    assert {(case.pk, told) for case, told in outcomes} == {(Proposal.objects.get().pk, code)}


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_many_screens_that_save_at_the_same_moment_lose_nothing():
    draft, _ = drafts.start("proposal")

    at_once(*[lambda n=n: drafts.save(draft, {f"field{n}": "あ"}) for n in range(4)])

    assert len(read(draft).answers) == 4


# forgotten


def test_drafts_past_their_last_day_are_forgotten_with_their_files(clock):
    old, _ = drafts.start("proposal")
    make_files.attach(old, make_files.upload())
    clock.shift(timedelta(days=1))
    fresh, _ = drafts.start("proposal")
    clock.move_to("2026-12-21T03:10:00+09:00")

    gone = drafts.forget_old(timezone.localdate())

    assert (gone, list(Draft.objects.all()), Attachment.objects.count()) == (1, [fresh], 0)


@pytest.mark.django_db(transaction=True)
def test_their_files_leave_the_disk(clock):
    draft, _ = drafts.start("proposal")
    make_files.attach(draft, make_files.upload())
    clock.shift(timedelta(days=31))

    forget_old_drafts()

    assert list(store.on_disk()) == []


def test_a_draft_that_was_sent_is_forgotten_and_its_case_is_not(clock):
    draft, _ = drafts.start("proposal")
    case, _ = send(draft)
    clock.shift(timedelta(days=31))

    gone = drafts.forget_old(timezone.localdate())

    assert (gone, Proposal.objects.get()) == (1, case)


def test_on_its_last_day_a_draft_opens_and_the_day_after_not(clock):
    _, code = drafts.start("proposal")

    clock.shift(timedelta(days=30))
    last = drafts.open_draft(code)
    clock.shift(timedelta(days=1))

    assert (last is not None, drafts.open_draft(code)) == (True, None)
