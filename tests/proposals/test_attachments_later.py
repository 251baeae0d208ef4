"""Papers afterwards: forgotten with their files, swept, scanned."""

import os
import time
from datetime import date

import pytest
from django.db import transaction

from cityhall.uploads import scan, store
from proposals.models import Attachment, Draft
from proposals.services import attachments, drafts
from proposals.tasks import scan_attachments, sweep_files
from tests.make_files import attach, picture, there

pytestmark = pytest.mark.django_db
Scan = Attachment.Scan
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def draft():
    return drafts.start("proposal")[0]


# forgotten and swept


@pytest.mark.django_db(transaction=True)
def test_what_is_forgotten_goes_with_its_file_and_stays_when_it_could_not_be(draft):
    attach(draft, picture())

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        attachments.forget(Attachment.objects.all())
        raise ZeroDivisionError
    stayed = len(there())
    attachments.forget(Attachment.objects.all())

    assert (stayed, there(), Attachment.objects.count()) == (1, [], 0)


@pytest.mark.django_db(transaction=True)
def test_what_an_outer_mistake_left_on_the_disk_is_swept_an_hour_later(draft):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        attach(draft, picture())
        raise ZeroDivisionError
    kept = attach(draft, picture())
    for name in there():
        os.utime(store.place_of(name), (time.time() - 3601,) * 2)

    missing = sweep_files()

    assert (missing, there()) == (0, [kept.name])


def test_a_row_whose_file_is_missing_is_reported(draft, caplog):
    paper = attach(draft, picture())
    store.discard(paper.name)

    missing = sweep_files()

    assert missing == 1
    assert paper.name in caplog.text


def test_an_old_draft_is_forgotten_with_its_files(draft, django_capture_on_commit_callbacks):
    attach(draft, picture())
    Draft.objects.update(kept_until=date(2026, 4, 1))

    with django_capture_on_commit_callbacks(execute=True):
        drafts.forget_old(date(2026, 4, 2))

    assert there() == []


# scanned


@pytest.fixture
def scanner(settings, monkeypatch):
    """A scanner that says of each file what the test decided, by its original name."""
    settings.CLAMD_URL = "unix:/stands/for/clamd"
    said = {}

    def answer(file):
        state = said[Attachment.objects.get(name=os.path.basename(file.name)).original_name]
        if isinstance(state, Exception):
            raise state
        return scan.State(state)

    monkeypatch.setattr(scan, "scan", answer)
    return said


def states():
    return dict(Attachment.objects.values_list("original_name", "scan"))


def test_with_a_scanner_a_file_waits_for_its_answer(draft, scanner):
    scanner.update({"一.png": "clean", "二.png": "infected", "三.png": "unscannable"})
    for name in scanner:
        assert attach(draft, picture(name)).scan == Scan.PENDING

    answered = scan_attachments()

    assert (answered, states()) == (3, scanner)
    assert None not in Attachment.objects.values_list("scanned_at", flat=True)
    assert scan_attachments() == 0


def test_a_scanner_that_says_nothing_leaves_the_files_for_the_next_run(draft, scanner):
    scanner["図.png"] = scan.Silent("ConnectionRefusedError")
    attach(draft, picture())

    first = scan_attachments()
    scanner["図.png"] = "clean"
    second = scan_attachments()

    assert (first, second, states()) == (0, 1, {"図.png": "clean"})


def test_what_came_before_there_was_a_scanner_is_scanned_too(draft, scanner, settings):
    scanner["図.png"], url = "clean", settings.CLAMD_URL
    settings.CLAMD_URL = ""
    before = attach(draft, picture()).scan
    settings.CLAMD_URL = url

    scan_attachments()

    assert (before, states()) == (Scan.UNSCANNED, {"図.png": "clean"})


def test_where_the_scanner_is_taken_away_nobody_says_it_is_being_scanned(draft, scanner, settings):
    attach(draft, picture())
    settings.CLAMD_URL = ""

    scan_attachments()

    assert states() == {"図.png": Scan.UNSCANNED}


def test_a_file_taken_off_meanwhile_is_passed_over(draft, scanner):
    store.discard(attach(draft, picture()).name)

    assert scan_attachments() == 0
