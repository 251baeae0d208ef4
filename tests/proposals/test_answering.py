"""How a section comes to its answer: drafts nobody loses, a head who confirms exactly what was read."""

import pytest
import time_machine

from cityhall.models import OutgoingMail, PostingKind, Role
from cityhall.refusal import NotAllowed, Stale
from proposals.models import AnswerDraft, Hearing
from proposals.models.clocks import clocks
from proposals.services import advance, answering, hearings
from proposals.workflow import Holder, Kind, Step
from tests import make, make_section
from tests.together import at_once, failures

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SAID = {"answer": "yes", "yes_text": "一緒に進めたい"}
ANSWER = {"answer": "yes", "text": "一緒に進めたい"}


@pytest.fixture
def section():
    return make.department("架空環境課", email="kankyo@example.com")


@pytest.fixture
def sheet(section):
    return make_section.asked(section).hearings.get()


@pytest.fixture
def member(section):
    return make.member(section)


@pytest.fixture
def head(section):
    return make.head(section)


def draft(sheet):
    return AnswerDraft.objects.get(hearing=sheet)


# --- the draft ------------------------------------------------------------


def test_a_draft_keeps_everything_typed_and_is_no_answer(sheet, member):
    kept = answering.save(sheet, by=member, said=SAID, version=0)

    sheet.refresh_from_db()
    assert (kept.said, kept.version, kept.saved_by) == (SAID, 1, member)
    assert sheet.is_open
    assert not sheet.proposal.records.filter(kind=Kind.ANSWERED).exists()


def test_saving_the_same_words_again_changes_nothing(sheet, member):
    answering.save(sheet, by=member, said=SAID, version=0)

    assert answering.save(sheet, by=make.member(sheet.department), said=SAID, version=1).saved_by == member


def test_words_saved_meanwhile_are_not_overwritten(sheet, member):
    answering.save(sheet, by=member, said=SAID, version=0)

    with pytest.raises(Stale, match=f"{member.name}さんが下書きを保存しました"):
        answering.save(sheet, by=make.member(sheet.department), said={"answer": "hard"}, version=0)

    assert draft(sheet).said == SAID


def test_signs_no_database_keeps_are_marked(sheet, member):
    answering.save(sheet, by=member, said={"yes_text": "前\x00後\ud800"}, version=0)

    assert draft(sheet).said == {"yes_text": "前\ufffd後\ufffd"}


def test_a_draft_has_an_end(sheet, member):
    with pytest.raises(NotAllowed, match="文が長すぎて"):
        answering.save(sheet, by=member, said={"yes_text": "あ" * 30_000}, version=0)


@pytest.mark.parametrize("deed", [answering.save, answering.hand_up])
@pytest.mark.parametrize("who", ["desk", "manager", "other"])
def test_only_the_section_writes(deed, who, sheet):
    person = make.member(make.department("架空福祉課")) if who == "other" else getattr(make, who)()

    with pytest.raises(NotAllowed, match="架空環境課の"):
        deed(sheet, by=person, said=SAID, version=0)


# --- confirmation -----------------------------------------------------------


def test_the_head_is_asked_once_for_each_state_of_the_words(sheet, member):
    answering.hand_up(sheet, by=member, said=SAID, version=0)
    answering.hand_up(sheet, by=member, said=SAID, version=1)

    assert draft(sheet).handed_up_by == member
    assert OutgoingMail.objects.filter(key__contains=":confirm:", to="kankyo@example.com").count() == 1


def test_the_wish_for_confirmation_ends_when_the_words_change(sheet, member):
    answering.hand_up(sheet, by=member, said=SAID, version=0)

    answering.save(sheet, by=member, said=SAID | {"yes_text": "考え直した"}, version=1)

    assert not draft(sheet).is_handed_up


def test_a_confirmed_answer_names_who_drafted_and_who_confirmed(sheet, member, head):
    answering.hand_up(sheet, by=member, said=SAID, version=0)

    answered = answering.confirm(sheet, by=head, said=SAID, version=1, **ANSWER)

    assert (answered.answer, answered.drafted_by, answered.answered_by) == ("yes", member, head)


def test_a_head_writes_and_confirms_at_once(sheet, head):
    answered = answering.confirm(sheet, by=head, said=SAID, version=0, **ANSWER)

    assert (answered.drafted_by, answered.answered_by) == (head, head)


def test_who_stands_in_for_the_head_confirms(sheet, section):
    person = make.user()
    make.posting(person, Role.HEAD, section, kind=PostingKind.ACTING)

    assert answering.confirm(sheet, by=person, said=SAID, version=0, **ANSWER).answer == "yes"


@pytest.mark.parametrize("who", ["member", "desk"])
def test_nobody_else_confirms(who, sheet, member):
    person = member if who == "member" else make.desk()

    with pytest.raises(NotAllowed, match="所属長だけ"):
        answering.confirm(sheet, by=person, said=SAID, version=0, **ANSWER)


def test_a_confirmation_of_words_that_changed_is_void(sheet, member, head):
    answering.hand_up(sheet, by=member, said=SAID, version=0)
    answering.save(sheet, by=member, said=SAID | {"yes_text": "考え直した"}, version=1)

    with pytest.raises(Stale):
        answering.confirm(sheet, by=head, said=SAID, version=1, **ANSWER)

    sheet.refresh_from_db()
    assert sheet.is_open
    assert draft(sheet).said["yes_text"] == "考え直した"


def test_a_refused_confirmation_leaves_the_draft_as_it_was(sheet, member, head):
    answering.hand_up(sheet, by=member, said=SAID, version=0)

    with pytest.raises(NotAllowed, match="どんな条件"):
        answering.confirm(sheet, by=head, said={"answer": "if"}, version=1, answer="if")

    assert (draft(sheet).said, draft(sheet).is_handed_up) == (SAID, True)


def test_a_head_asks_for_a_rewrite_in_words(sheet, member, head):
    answering.hand_up(sheet, by=member, said=SAID, version=0)

    answering.give_back(sheet, by=head, words="人数も書いてください", said=SAID, version=1)

    returned = draft(sheet)
    assert (returned.returned_words, returned.returned_by) == ("人数も書いてください", head)
    assert (returned.is_handed_up, returned.said) == (False, SAID)


def test_a_rewrite_is_not_asked_for_without_words(sheet, head):
    with pytest.raises(NotAllowed, match="何を書き直してほしいか"):
        answering.give_back(sheet, by=head, words="　", said=SAID, version=0)


def test_a_closed_case_takes_no_draft(sheet, member):
    advance(make.reload(sheet.proposal), "withdraw", by=make.desk(), note="提案者の申し出")

    with pytest.raises(NotAllowed, match="お返事は要りません"):
        answering.save(sheet, by=member, said=SAID, version=0)


# --- taken back ---------------------------------------------------------------


def test_an_answer_is_taken_back_and_written_anew(sheet, head):
    hearings.answer(sheet, by=head, answer="hard", text="人がいない", possible_when="来年度")

    hearings.take_back(sheet, by=head)

    sheet.refresh_from_db()
    record = sheet.proposal.records.get(kind=Kind.TAKEN_BACK)
    assert (sheet.is_open, sheet.answer, sheet.answered_by) == (True, "", None)
    assert (
        record.text.text
        == "いまは難しい\n人がいない\nいつなら：来年度\n伝えてよい範囲：窓口がまとめた言葉だけ"
    )
    assert make.reload(sheet.proposal).holder == Holder.SECTION
    assert hearings.answer(sheet, by=head, answer="yes").answer == "yes"


@pytest.mark.parametrize("who", ["member", "desk"])
def test_nobody_but_a_head_takes_an_answer_back(who, sheet, member, head):
    hearings.answer(sheet, by=head, answer="yes")

    with pytest.raises(NotAllowed, match="所属長だけ"):
        hearings.take_back(sheet, by=member if who == "member" else make.desk())


def test_an_answer_stays_once_the_case_has_left_four(section, head):
    case = make.proposal(Step.LOGIC_MODEL, section=section)

    with pytest.raises(NotAllowed, match="④マッチング・調整を出るまで"):
        hearings.take_back(case.hearings.get(), by=head)


def test_an_answer_is_not_taken_back_beside_a_newer_sheet(sheet, section, head):
    hearings.answer(sheet, by=head, answer="yes")
    hearings.ask(make.reload(sheet.proposal), section, by=make.desk(), reason="続きのため")

    with pytest.raises(NotAllowed, match="新しいつなぐシート"):
        hearings.take_back(sheet, by=head)


def test_the_days_an_answer_stood_are_not_the_sections():
    section = make.department("架空環境課")
    with time_machine.travel("2026-07-01 09:00 +0900"):
        sheet = make_section.asked(section).hearings.get()
    with time_machine.travel("2026-07-03 09:00 +0900"):
        hearings.answer(sheet, by=make.head(section), answer="yes")
    with time_machine.travel("2026-07-08 09:00 +0900"):
        hearings.take_back(sheet, by=make.head(section))
    with time_machine.travel("2026-07-09 09:00 +0900"):
        sheet.refresh_from_db()
        clock = clocks([sheet])[sheet.pk]

    assert (clock.days, clock.due_on.isoformat()) == (3, "2026-07-15")


# --- at the same moment ---------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_members_who_save_at_once_one_is_told(sheet, section):
    people = [make.member(section), make.member(section)]

    outcomes = at_once(
        *(lambda by=by: answering.save(sheet, by=by, said={"yes_text": by.name}, version=0) for by in people)
    )

    assert [type(error) for error in failures(outcomes)] == [Stale]
    assert draft(sheet).said["yes_text"] == draft(sheet).saved_by.name


@pytest.mark.django_db(transaction=True)
def test_a_head_confirms_exactly_what_was_read_while_a_member_saves(sheet, member, head):
    answering.hand_up(sheet, by=member, said=SAID, version=0)
    other = SAID | {"yes_text": "考え直した"}

    outcomes = at_once(
        lambda: answering.save(sheet, by=member, said=other, version=1),
        lambda: answering.confirm(sheet, by=head, said=SAID, version=1, **ANSWER),
    )

    assert len(failures(outcomes)) == 1
    sheet.refresh_from_db()
    kept = draft(sheet).said
    assert (sheet.answer_text, kept) in [("一緒に進めたい", SAID), ("", other)]


@pytest.mark.django_db(transaction=True)
def test_two_heads_who_confirm_at_once_give_one_answer(sheet, section):
    people = [make.head(section), make.head(section)]

    outcomes = at_once(
        *(
            lambda by=by: answering.confirm(sheet, by=by, said={"by": by.name}, version=0, **ANSWER)
            for by in people
        )
    )

    assert len(failures(outcomes)) == 1
    assert sheet.proposal.records.filter(kind=Kind.ANSWERED).count() == 1
    assert Hearing.objects.get(pk=sheet.pk).answered_by.name == draft(sheet).said["by"]
