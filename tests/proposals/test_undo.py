"""One's own last move, taken back: nothing deleted, and all reads as if it had not been."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cityhall import postman
from cityhall.models import OutgoingMail
from cityhall.records import first_bad
from cityhall.workflow import NotAllowed
from kpi.figures import as_json, figures_of
from proposals.facts import fold
from proposals.models import ProposalRecord
from proposals.queries import days_by_step
from proposals.services import advance, conversation, doubles, hearings, undoing
from proposals.services.moves import leave
from proposals.workflow import Kind, Step
from tests import make, make_talk
from tests.together import at_once, failures

pytestmark = pytest.mark.django_db
COLUMNS = ("step", "step_entered_on", "holder", "holder_since_on", "due_on", "news", "next_place", "verdict")


def stands(case):
    case = make.reload(case)
    return {name: getattr(case, name) for name in COLUMNS}, vars(fold(case.records.effective()))


def withdraw(case, desk):
    return advance(case, "withdraw", by=desk, note="架空の申し出")


def hand_on(case, desk):
    return leave(case, "out_of_scope", by=desk, note="架空の理由", next_place="架空の窓口")


def go_back(case, desk):
    return advance(case, "back_to_sorting", by=desk, note="架空の理由")


@pytest.mark.parametrize("move", [withdraw, hand_on, go_back])
def test_an_undone_move_leaves_all_as_it_was(move):
    desk = make.desk()
    case = make.proposal(Step.HEARING, by=desk)
    before, days = stands(case), days_by_step(case)
    move(case, desk)

    record = undoing.undo(case, by=desk)

    assert stands(case) == before
    assert days_by_step(make.reload(case)) == days
    assert (record.kind, record.target) == (Kind.UNDONE, Step.HEARING)
    assert first_bad(ProposalRecord) is None


def test_news_of_the_proposer_are_news_again():
    desk = make.desk()
    case = make_talk.answered(make.proposal(Step.SORTING, by=desk), desk)
    withdraw(case, desk)

    undoing.undo(case, by=desk)

    assert make.reload(case).news == Kind.REPLY


def test_a_second_press_finds_it_done():
    desk = make.desk()
    case = make.submission()
    advance(case, "accept", by=desk)

    first, second = (undoing.undo(case, by=desk, version=version) for version in (None, 1))

    assert first == second


def test_after_ten_minutes_it_is_too_late():
    desk, case = make.desk(), make.submission()
    advance(case, "accept", by=desk)

    with time_machine.travel(timezone.now() + timedelta(minutes=11)), pytest.raises(NotAllowed, match="10分"):
        undoing.undo(case, by=desk)


def test_nobody_takes_back_a_colleagues_move():
    case = make.submission()
    advance(case, "accept", by=make.desk())

    with pytest.raises(NotAllowed, match="本人"):
        undoing.undo(case, by=make.desk())


def test_once_anything_has_happened_since_it_stays():
    desk, case = make.desk(), make.submission()
    advance(case, "accept", by=desk)
    conversation.reply(case, text="架空の返事", key="r1")

    with pytest.raises(NotAllowed, match="ほかのこと"):
        undoing.undo(case, by=desk)


def test_what_is_no_plain_move_of_the_desk_stays():
    desk, section = make.desk(), make.department("架空課")
    case = make_talk.decided(section)

    with pytest.raises(NotAllowed):
        undoing.undo(case, by=desk)
    with pytest.raises(NotAllowed, match="窓口"):
        undoing.undo(case, by=make.head(section))
    double, original = make.submission(), make.submission()
    doubles.merge(double, original, by=desk, note="同じ")
    with pytest.raises(NotAllowed, match="取り消せる動作がありません"):
        undoing.undo(double, by=desk)


def moved_with_a_letter(desk):
    section = make.department("架空課")
    case = make.proposal(Step.HEARING, by=desk, section=section)
    hearings.answer(case.hearings.get(), by=make.head(section), answer="yes")
    advance(case, "start_matching", by=desk)
    return case, OutgoingMail.objects.get(key__contains="moved:matching")


def test_a_letter_that_waits_is_kept_back_and_written_anew_with_the_next_move():
    desk = make.desk()
    case, letter = moved_with_a_letter(desk)

    undoing.undo(case, by=desk)

    letter.refresh_from_db()
    assert (letter.state, letter.settled_by) == (OutgoingMail.State.HELD, desk)
    advance(case, "start_matching", by=desk)
    assert OutgoingMail.objects.filter(about=case.number, state=OutgoingMail.State.QUEUED).filter(
        key=f"{case.number}:moved:matching:0"
    )


@pytest.mark.parametrize("mover", [moved_with_a_letter, lambda desk: handed_on(desk)])
def test_the_letter_of_a_move_leaves_when_the_move_can_be_taken_back_no_more(mailoutbox, mover):
    case, letter = mover(make.desk())
    OutgoingMail.objects.exclude(pk=letter.pk).delete()
    moved_at = case.records.last().entered_at

    for minutes, sent in ((9, 0), (11, 1)):
        with time_machine.travel(moved_at + timedelta(minutes=minutes)):
            postman.deliver_due()
        assert len(mailoutbox) == sent


def handed_on(desk):
    case = make.proposal(Step.SORTING, by=desk)
    hand_on(case, desk)
    return case, OutgoingMail.objects.get(key__contains="handed-on")


@pytest.mark.parametrize("state", [OutgoingMail.State.SENT, OutgoingMail.State.SENDING])
def test_once_its_letter_has_left_a_move_stays(client, state):
    desk = make.desk()
    client.force_login(desk)
    case, letter = moved_with_a_letter(desk)
    OutgoingMail.objects.filter(pk=letter.pk).update(state=state)

    with pytest.raises(NotAllowed, match="メールがもう出ています"):
        undoing.undo(case, by=desk)
    page = client.get(f"/admin/proposals/proposal/{case.number}/change/")
    assert page.context["undo"] is None
    assert make.reload(case).step == Step.MATCHING


def test_the_figures_are_as_if_it_had_not_been():
    desk = make.desk()
    case = make.proposal(Step.HEARING, by=desk)
    today = timezone.localdate()
    year = today.year if today.month > 3 else today.year - 1
    before = as_json(figures_of(year, today))
    withdraw(case, desk)

    undoing.undo(case, by=desk)

    assert as_json(figures_of(year, today)) == before


def test_the_button_stands_on_the_page_with_the_time_left(client):
    desk, case = make.desk(), make.submission()
    client.force_login(desk)
    advance(case, "accept", by=desk)

    page = client.get(f"/admin/proposals/proposal/{case.number}/change/")

    assert page.context["undo"]["label"] == "受付を完了する"
    assert "取り消す" in page.text
    address = f"/admin/proposals/proposal/{case.number}/undo/"
    client.post(address, {"version": make.reload(case).version})
    assert make.reload(case).step == Step.INTAKE
    after = client.get(f"/admin/proposals/proposal/{case.number}/change/")
    assert after.context["undo"] is None
    assert "のちに取消し" in after.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.both
def test_of_an_undoing_and_a_colleagues_move_at_once_one_is_refused():
    desk, colleague = make.desk(), make.desk()
    for _ in range(5):
        case = make.submission()
        advance(case, "accept", by=desk)
        case.refresh_from_db()
        version = case.version

        outcomes = at_once(
            lambda case=case, version=version: undoing.undo(case, by=desk, version=version),
            lambda case=case, version=version: advance(
                case, "withdraw", by=colleague, note="申し出", version=version
            ),
        )

        assert len(failures(outcomes)) == 1
    assert first_bad(ProposalRecord) is None
