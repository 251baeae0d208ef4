"""A proposer rewrites: each time a new version, once a press, never over a colleague's unseen."""

import pytest
from django.utils import timezone

from cityhall import records
from cityhall.models import OutgoingMail
from cityhall.refusal import NotAllowed, Stale
from proposals.models import Contact, ProposalRecord, Submission
from proposals.services import receipts, revising
from proposals.spans import spans
from proposals.workflow import REVISABLE, Holder, Kind, Step
from tests import make, make_files
from tests.together import at_once, failures

pytestmark = [pytest.mark.django_db, pytest.mark.both]
together = pytest.mark.django_db(transaction=True)
NEW = {"title": "架空の朝食宅配で見守りを"}


def revise(case, words=NEW, *, contact=None, key=None, seen=1, **options):
    key = key or receipts.new_code()
    return revising.revise(case, words=words, contact=contact or {}, key=key, seen=seen, **options)


def letters(case, words):
    return OutgoingMail.objects.filter(about=case.number, subject__contains=words)


def test_a_revision_is_a_new_version_and_the_old_one_stays():
    case = make.submission()
    first = case.latest_submission

    second = revise(case)

    first.refresh_from_db()
    assert (second.version, second.title, second.overview) == (2, NEW["title"], first.overview)
    assert (first.version, first.title) == (1, make.words()["title"])


def test_the_case_shows_the_new_title_and_fields():
    case = make.submission()

    revise(case, {**NEW, "fields": ["環境"]})

    case = make.reload(case)
    assert (case.title, case.fields) == (NEW["title"], ["環境"])


def test_the_record_tells_the_version_and_which_fields_and_no_word():
    case = make.submission()

    revise(case, {**NEW, "measures": ""}, contact={"name": "架空次郎"})

    record = case.records.last()
    told = {"version": 2, "changed": ["title", "measures", "contact"], "contact": ["name"]}
    assert (record.kind, record.acted_as, record.data) == (Kind.REVISED, "proposer", told)
    assert records.first_bad(ProposalRecord) is None


def test_the_desk_finds_it_as_news():
    case = make.submission()

    revise(case)

    assert make.reload(case).news == Kind.REVISED


def test_proposer_and_desk_get_a_letter(settings):
    settings.DESK_EMAIL = "desk@example.com"
    case = make.submission()

    revise(case)

    assert letters(case, "書き直しを受け取りました").get().to == case.contact.email
    assert letters(case, "提案が書き直されました").get().to == "desk@example.com"


def test_nothing_new_stores_nothing():
    case = make.submission()
    before = make.reload(case).version

    assert revise(case, {"title": case.title}, contact={"name": "架空太郎"}) is None
    assert (case.submissions.count(), make.reload(case).version) == (1, before)


def test_one_key_is_one_version():
    case, key = make.submission(), receipts.new_code()

    sent = [revise(case, key=key, seen=seen) for seen in (1, 1)]

    assert sent[0] == sent[1]
    assert (case.submissions.count(), case.records.filter(kind=Kind.REVISED).count()) == (2, 1)


def test_other_words_under_the_key_are_refused_not_lost():
    case, key = make.submission(), receipts.new_code()
    revise(case, key=key)

    with pytest.raises(Stale):
        revise(case, {"title": "また別の名前"}, key=key)


def test_a_key_of_another_case_is_refused():
    key = receipts.new_code()
    revise(make.submission(), key=key)

    with pytest.raises(Stale):
        revise(make.submission(), key=key)


def test_over_a_colleagues_version_nothing_is_written():
    case = make.submission()
    revise(case, {"overview": "同僚が書き直した、架空の概要です。夕食を届けて声をかけます。"})

    with pytest.raises(Stale, match="先に書き直しました"):
        revise(case)

    assert case.submissions.count() == 2


@pytest.mark.parametrize("step", [step for step in Step if step not in REVISABLE])
def test_what_the_section_decides_on_stays_as_it_is(step):
    case = make.submission()
    filled = {"department": make.department(), "logic_model_fixed_at": timezone.now()}
    type(case).objects.filter(pk=case.pk).update(step=step, **filled)

    with pytest.raises(NotAllowed, match="いまの段階では"):
        revise(case)


@pytest.mark.parametrize("step", REVISABLE)
def test_until_then_it_may_be_rewritten_and_no_turn_changes(step):
    case = make.proposal(step)
    before = make.reload(case)

    revise(case)

    after = make.reload(case)
    kept = ["step", "holder", "holder_since_on", "due_on", "received_on", "logic_model_fixed_at"]
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]


def test_the_figures_do_not_notice():
    case = make.proposal(Step.HEARING)
    today = timezone.localdate()
    before = spans(case.records.all(), until=today)

    revise(case)

    assert spans(case.records.all(), until=today) == before


def test_answers_given_stay_given():
    case = make.proposal(Step.MATCHING)
    answered = list(case.hearings.values())

    revise(case)

    assert list(case.hearings.values()) == answered


# --- whom to call ------------------------------------------------------------


def test_a_new_address_is_told_to_the_old_one_without_naming_it():
    case = make.submission()

    revise(case, {}, contact={"email": "atarashii@example.com"})

    told = letters(case, "メールアドレスが変わりました").get()
    assert (told.to, "atarashii" in told.body) == ("kaku@example.com", False)
    assert Contact.objects.get(proposal=case).email == "atarashii@example.com"
    assert letters(case, "書き直しを受け取りました").get().to == "atarashii@example.com"


def test_another_telephone_number_is_no_news_for_the_old_address():
    case = make.submission()

    revise(case, {}, contact={"phone": "046-252-0000"})

    assert not letters(case, "メールアドレスが変わりました").exists()


def test_an_erased_contact_is_written_anew():
    case = make.submission()
    Contact.objects.filter(proposal=case).delete()

    revise(make.reload(case), {}, contact={"email": "atarashii@example.com", "name": "架空次郎"})

    assert Contact.objects.get(proposal=case).name == "架空次郎"


# --- 相談 and 提案 --------------------------------------------------------------


def test_a_consultation_becomes_a_proposal_today_under_its_number():
    case = make.submission(track="consultation")

    revise(case, {**NEW, "pledges": ["事実です"]}, as_proposal=True)

    after = make.reload(case)
    assert (after.track, after.received_on, after.number) == ("proposal", timezone.localdate(), case.number)
    assert after.holder == Holder.DESK
    assert [r.kind for r in case.records.order_by("sequence")][-2:] == [Kind.RECEIVED, Kind.REVISED]


def test_a_proposal_sent_as_one_again_is_received_once():
    case = make.submission()

    revise(case, as_proposal=True)

    assert case.records.filter(kind=Kind.RECEIVED).count() == 1


def test_a_consultation_rewritten_stays_one():
    case = make.submission(track="consultation")

    revise(case)

    assert make.reload(case).received_on is None


def test_the_address_of_an_organisation_known_by_this_case_alone_is_filled_in_where_blank():
    case = make.submission(track="consultation")

    revise(case, organization={"postal_code": "252-8566", "address": "座間市緑ケ丘"}, as_proposal=True)

    organization = make.reload(case).organization
    assert (organization.postal_code, organization.address) == ("252-8566", "座間市緑ケ丘")


def test_the_address_the_desk_knows_is_not_written_over():
    case = make.submission(track="consultation")
    type(case.organization).objects.update(address="窓口が知る所在地")

    revise(case, organization={"address": "座間市緑ケ丘"}, as_proposal=True)

    assert make.reload(case).organization.address == "窓口が知る所在地"


# --- papers ------------------------------------------------------------------


def test_a_paper_alone_is_a_version_of_its_own():
    case = make.submission()

    sent = revise(case, {}, papers=[make_files.upload("架空の図.png")])

    assert [paper.original_name for paper in sent.attachments.all()] == ["架空の図.png"]
    assert case.records.last().data["changed"] == ["papers"]


def test_a_paper_nobody_takes_stores_nothing():
    case = make.submission()

    with pytest.raises(NotAllowed):
        revise(case, papers=[make_files.upload("x.exe", b"MZ")])

    assert case.submissions.count() == 1


# --- at once -----------------------------------------------------------------


@together
def test_one_page_pressed_eight_times_at_once_is_one_version():
    case, key = make.submission(), receipts.new_code()

    outcomes = at_once(*[lambda: revise(case, key=key)] * 8)

    assert failures(outcomes) == []
    assert Submission.objects.filter(proposal=case).count() == 2


@together
def test_of_two_colleagues_at_once_one_is_told():
    case = make.submission()

    outcomes = at_once(*(lambda n=n: revise(case, {"title": f"架空の題{n}"}) for n in range(2)))

    assert [type(error) for error in failures(outcomes)] == [Stale]
    assert case.submissions.count() == 2


@together
def test_a_revision_and_a_move_to_the_section_at_once_leave_what_was_decided_on():
    case = make.proposal(Step.LOGIC_MODEL)
    desk = make.desk()

    outcomes = at_once(lambda: revise(case), lambda: make._refer(case, desk, None))

    after = make.reload(case)
    assert after.step == Step.DECISION
    assert case.submissions.count() == 2 - len(failures(outcomes))
