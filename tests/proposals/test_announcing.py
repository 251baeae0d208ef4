"""What the section decided is the proposer's only once the desk has told it, once."""

import pytest
from django.utils import timezone

from cityhall.models import OutgoingMail
from cityhall.refusal import NotAllowed, Stale
from proposals import letters
from proposals.models import Announcement, Contact, Proposal
from proposals.services import advance, announcing, decisions
from proposals.told import told
from proposals.workflow import TO_ANNOUNCE, Kind, Step, Verdict
from tests import make
from tests.make_talk import decided, planted
from tests.proposals import ledger_rows
from tests.together import at_once, failures

pytestmark = pytest.mark.django_db
TEXT = "架空の結果をお知らせします。"


@pytest.fixture
def section():
    return make.department("架空課")


def announce(case, by=None, text=TEXT, **more):
    return announcing.announce(case, by=by or make.desk(), text=text, **more)


# --- what is told -----------------------------------------------------------


def test_the_verdicts_of_the_section_are_announced_and_no_others():
    assert TO_ANNOUNCE == ["adopted", "conditional", "continued", "declined", "in_principle"]


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("go", "adopted"),
        ("go_if", "conditional"),
        ("in_principle", "in_principle"),
        ("continue", "continued"),
        ("no_go", "declined"),
    ],
)
def test_each_verdict_is_told_once_and_recorded(section, name, verdict):
    case, desk = decided(section, name), make.desk()
    if name in ("in_principle", "no_go"):
        case = planted(case)

    letter = announce(case, by=desk)

    case = make.reload(case)
    assert (letter.verdict, letter.text, letter.by) == (verdict, TEXT, desk)
    assert (letter.record.kind, letter.record.verdict, letter.record.by) == (Kind.ANNOUNCED, verdict, desk)
    assert (case.announced_on, case.is_to_announce) == (timezone.localdate(), False)


def test_telling_moves_no_step_and_changes_nobodys_turn(section):
    case = decided(section, "continue")

    announce(case)

    after = make.reload(case)
    assert (after.step, after.holder, after.due_on) == (Step.MATCHING, case.holder, case.due_on)


def test_conditions_met_are_told_as_an_adoption_of_their_own(section):
    case = decided(section, "go_if")
    announce(case)
    head = make.head(section)
    decisions.settle_condition(case.conditions.get(), by=head, on=timezone.localdate())
    decisions.fulfil(case, by=head)

    told = announce(make.reload(case))

    assert told.verdict == Verdict.ADOPTED
    assert [told.verdict for told in case.announcements.all()] == ["conditional", "adopted"]


def test_the_sections_that_answered_hear_that_the_result_was_told(section):
    section.email = "kakukai@example.com"
    section.save()
    case = decided(section, "go")

    announce(case)

    letter = OutgoingMail.objects.get(to=section.email, key__contains=":result:")
    assert f"/section/sheets/{case.number}/1/" in letter.body
    assert TEXT not in letter.body


def test_a_letter_leaves_to_the_address_of_the_case(section):
    case = decided(section)
    OutgoingMail.objects.all().delete()

    announce(case)

    letter = OutgoingMail.objects.get()
    assert (letter.to, letter.about) == (case.contact.email, case.number)
    assert TEXT not in letter.subject


def test_without_an_address_the_page_tells_alone(section):
    case = decided(section)
    Contact.objects.update(email="")
    OutgoingMail.objects.all().delete()

    announce(make.reload(case))

    assert (OutgoingMail.objects.count(), Announcement.objects.count()) == (0, 1)


# --- what is refused ---------------------------------------------------------


@pytest.mark.parametrize("maker", ["manager", "admin"])
def test_nobody_but_the_desk_tells(section, maker):
    case = decided(section)

    with pytest.raises(NotAllowed, match="窓口だけが行えます"):
        announce(case, by=getattr(make, maker)())


@pytest.mark.parametrize("maker", [make.member, make.head])
def test_the_section_itself_does_not_tell(section, maker):
    case = decided(section)

    with pytest.raises(NotAllowed, match="窓口だけが行えます"):
        announce(case, by=maker(section))


@pytest.mark.parametrize("text", ["", "  \n　"])
def test_an_empty_letter_is_refused(section, text):
    case = decided(section)

    with pytest.raises(NotAllowed, match="お知らせの文"):
        announce(case, text=text)

    assert make.reload(case).is_to_announce


def test_a_result_is_told_once(section):
    case = decided(section)
    announce(case)

    with pytest.raises(NotAllowed, match="お知らせする結果がありません"):
        announce(case)

    assert Announcement.objects.count() == 1


@pytest.mark.parametrize("step", [Step.INTAKE, Step.DECISION])
def test_before_a_verdict_there_is_nothing_to_tell(step):
    case = make.proposal(step)

    with pytest.raises(NotAllowed, match="お知らせする結果がありません"):
        announce(case)


def test_a_withdrawal_is_no_result_of_the_section():
    case = make.proposal(Step.SORTING)
    advance(case, "withdraw", by=make.desk(), note="申し出のため")

    with pytest.raises(NotAllowed, match="お知らせする結果がありません"):
        announce(case)


def test_a_page_from_before_is_refused(section):
    case = decided(section)

    with pytest.raises(Stale):
        announce(case, version=case.version - 1)


# --- which cases wait for it -------------------------------------------------


def test_the_list_of_those_to_tell_says_the_same_as_each_case(section):
    cases = [decided(section, name) for name in ("go", "go_if", "continue", "no_go")]
    announce(cases[0])
    advance(cases[3], "reopen", by=make.desk(), note="場所が見つかったため")

    waiting = set(Proposal.objects.to_announce())

    assert waiting == {case for case in Proposal.objects.all() if case.is_to_announce}
    assert waiting == {cases[1], cases[2]}


@pytest.mark.both
def test_a_project_cancelled_before_anybody_told_it_waits_to_be_told_as_cancelled(section):
    case = decided(section)
    actor = make.desk().postings.get()
    decisions.cancel_before_start(case, actor=actor, on=timezone.localdate(), reason="都合により")
    case = make.reload(case)

    assert list(Proposal.objects.to_announce()) == [case]
    assert "始める前に中止することになりました" in letters.draft(case)
    announce(case)
    assert not make.reload(case).is_to_announce


@pytest.mark.both
def test_what_the_old_ledger_decided_needs_no_telling_and_what_is_decided_here_after_it_does(section):
    ledger_rows.take_in(ledger_rows.cells(判断="条件付採用", 判断日="2026-07-31", 所管課=section.name))
    case = ledger_rows.case()
    assert not Proposal.objects.to_announce().exists()

    decisions.lapse(case, by=make.head(section), reason="費用の見込みがないため")

    assert list(Proposal.objects.to_announce()) == [case]
    announce(planted(make.reload(case)))
    assert (told(make.reload(case)).step, told(make.reload(case)).verdict) == (Step.DECLINED, "declined")


# --- at the same moment -------------------------------------------------------


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_tell_it_once(section):
    case = decided(section)
    people = [make.desk(), make.desk()]
    OutgoingMail.objects.all().delete()

    outcomes = at_once(*(lambda by=by: announce(case, by=by) for by in people))

    assert [type(error) for error in failures(outcomes)] == [NotAllowed]
    assert (Announcement.objects.count(), OutgoingMail.objects.count()) == (1, 1)
    assert case.records.filter(kind=Kind.ANNOUNCED).count() == 1
