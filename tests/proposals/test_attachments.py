"""Papers: taken in up to five, passed on with what was sent, told in words when refused."""

import hashlib

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cityhall.refusal import NotAllowed
from cityhall.uploads import store
from proposals.models import Attachment, Draft
from proposals.services import attachments, drafts
from tests import make
from tests import make_files as files
from tests.make_files import attach, message, picture, there
from tests.together import at_once, failures

pytestmark = pytest.mark.django_db
Scan = Attachment.Scan
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def draft():
    return drafts.start("proposal")[0]


def names_of(papers):
    return sorted(papers.values_list("name", flat=True))


# a draft


def test_a_file_added_to_a_draft_lies_under_a_random_name(draft):
    upload = picture("図面①㈱.png")

    paper = attach(draft, upload)

    data = store.place_of(paper.name).read_bytes()
    assert paper.original_name == "図面①㈱.png"
    assert (paper.size, paper.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert (len(paper.name), paper.draft, paper.scan) == (64, draft, Scan.UNSCANNED)


def test_the_same_file_pressed_twice_is_one(draft):
    data = files.png()

    first, second = [attach(draft, files.upload("図.png", data)) for _ in "12"]

    assert first == second
    assert there() == [first.name]


def test_the_same_bytes_under_another_name_are_another_paper(draft):
    for name in ("図1.png", "図2.png"):
        attach(draft, files.upload(name, files.png()))

    assert draft.attachments.count() == 2


def test_a_sixth_file_is_refused_and_leaves_nothing(draft):
    for _ in range(5):
        attach(draft, picture())

    with pytest.raises(NotAllowed) as refusal:
        attach(draft, picture())

    assert (
        str(refusal.value) == "書類は5つまでです。いま5つあります。要らないものを外してから、加えてください。"
    )
    assert there() == names_of(draft.attachments)


def test_of_several_files_the_good_ones_stay_and_each_other_is_told_by_name(draft):
    uploads = [picture("一.png"), files.upload("二.exe"), picture("三.png"), files.upload("四.pdf", b"")]

    refusals = attachments.attach_all_to_draft(draft, uploads)

    assert [paper.original_name for paper in draft.attachments.all()] == ["一.png", "三.png"]
    assert [words.split("」")[0] for words in refusals] == ["「二.exe", "「四.pdf"]


def test_a_draft_that_was_sent_takes_no_more(draft):
    Draft.objects.filter(pk=draft.pk).update(sent_as=make.submission())

    with pytest.raises(NotAllowed, match="送信済み"):
        attach(draft, picture())

    assert there() == []


def test_a_draft_that_is_gone_takes_no_more(draft):
    Draft.objects.filter(pk=draft.pk).delete()

    with pytest.raises(NotAllowed, match="残す期限が過ぎました"):
        attach(draft, picture())

    assert there() == []


def test_adding_and_taking_off_makes_a_page_that_showed_other_files_out_of_date(draft):
    began = draft.saved_at

    paper = attach(draft, picture())
    added = Draft.objects.get().saved_at
    attachments.remove_from_draft(draft, paper.name)

    assert began < added < Draft.objects.get().saved_at == draft.saved_at


def test_a_file_taken_off_is_gone_and_taking_it_off_again_is_no_mistake(
    draft, django_capture_on_commit_callbacks
):
    paper, other = [attach(draft, picture()) for _ in "12"]

    with django_capture_on_commit_callbacks(execute=True):
        for _ in "12":
            attachments.remove_from_draft(draft, paper.name)

    assert there() == [other.name] == names_of(draft.attachments)


def test_nobody_takes_off_what_is_another_drafts(draft):
    paper = attach(draft, picture())

    attachments.remove_from_draft(drafts.start("proposal")[0], paper.name)

    assert names_of(draft.attachments) == [paper.name]


# sent


def test_with_the_draft_its_files_pass_on_in_one_statement(draft):
    words = make.submission().latest_submission
    papers = [attach(draft, picture()) for _ in "123"]

    with CaptureQueriesContext(connection) as asked:
        passed = attachments.pass_on(draft, words)

    assert (passed, len(asked)) == (3, 1)
    assert list(words.attachments.values_list("pk", "draft", "proposal")) == [
        (paper.pk, None, words.proposal_id) for paper in papers
    ]


def test_what_was_passed_on_is_no_longer_the_drafts_to_take_off(draft):
    paper = attach(draft, picture())
    attachments.pass_on(draft, make.submission().latest_submission)

    attachments.remove_from_draft(draft, paper.name)

    assert Attachment.objects.get() == paper


def test_files_come_with_a_message_and_with_a_revision():
    case = make.submission()
    text = message(case)

    with_text = attachments.attach_to_message(text, [picture(), picture()])
    with_words = attachments.attach_to_submission(case.latest_submission, [picture()])

    assert [(p.proposal, p.message, p.submission) for p in with_text] == [(case, text, None)] * 2
    assert [(p.proposal, p.message, p.submission) for p in with_words] == [
        (case, None, case.latest_submission)
    ]


def test_no_files_are_no_mistake():
    assert attachments.attach_to_message(message(make.submission()), []) == []


def test_with_a_message_all_come_or_none():
    uploads = [picture(), picture(), files.upload("三.exe")]

    with pytest.raises(NotAllowed, match="三"):
        attachments.attach_to_message(message(make.submission()), uploads)

    assert (there(), Attachment.objects.count()) == ([], 0)


def test_six_files_with_a_message_are_refused():
    with pytest.raises(NotAllowed) as refusal:
        attachments.attach_to_message(message(make.submission()), [picture() for _ in range(6)])

    assert str(refusal.value) == "書類は一度に5つまでです。6つ選ばれています。残りは次の文に付けてください。"


def test_a_case_that_is_full_takes_no_more():
    case = make.submission()
    (paper,) = attachments.attach_to_message(message(case), [picture()])
    Attachment.objects.filter(pk=paper.pk).update(size=100 * MB)

    with pytest.raises(NotAllowed) as refusal:
        attachments.attach_to_message(message(case), [picture()])

    assert str(refusal.value) == (
        "この案件の書類は、合わせて100MBまでです。小さくするか、窓口へお電話ください。"
    )
    assert there() == [paper.name]


# at once


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_seven_files_at_once_five_are_taken_and_two_told(draft):
    def add():
        return attach(Draft.objects.get(), picture())

    outcomes = at_once(*[add] * 7)

    assert [type(error) for error in failures(outcomes)] == [NotAllowed] * 2
    assert len(there()) == 5
    assert there() == names_of(draft.attachments)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_a_file_added_while_the_draft_is_sent_is_never_lost_unseen(draft):
    case = make.submission()

    def send():
        with transaction.atomic():
            attachments.pass_on(draft, case.latest_submission)
            return Draft.objects.filter(pk=draft.pk, saved_at=draft.saved_at).update(sent_as=case)

    added, sent = at_once(lambda: attach(Draft.objects.get(pk=draft.pk), picture()), send)

    is_refused = isinstance(added, NotAllowed)
    assert is_refused == bool(sent)  # who was later was told
    assert Attachment.objects.count() == (0 if is_refused else 1)
