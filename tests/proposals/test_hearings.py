"""③ 関係課ヒアリング: sheets to sections, their answers, and sheets nobody waits for."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cityhall.models import OutgoingMail
from cityhall.refusal import NotAllowed, Stale
from proposals.models import Hearing, Proposal
from proposals.services import advance, hearings, triage
from proposals.services.hearings import ASKED_AT
from proposals.workflow import Holder, Kind, Step
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def asked(*, section=None, by=None, **fields):
    """A sheet lying with a section, of a case at ③."""
    desk = by or make.desk()
    case = make.proposal(Step.SORTING, by=desk)
    triage.pass_gate(case, by=desk, note="対象です。")
    sheet = hearings.ask(
        case, section or make.department("架空環境課"), by=desk, **{"reason": "同じ分野のため", **fields}
    )
    advance(case, "start_hearing", by=desk)
    return Hearing.objects.get(pk=sheet.pk)


def answer(sheet, answer="yes", *, by=None, **fields):
    return hearings.answer(sheet, by=by or make.head(sheet.department), answer=answer, **fields)


def case_of(sheet):
    return make.reload(sheet.proposal)


def test_a_sheet_goes_to_a_section_with_a_day_to_answer_by(time_machine):
    time_machine.move_to("2026-07-01T03:00:00Z", tick=False)

    sheet = asked()

    assert (sheet.asked_on, sheet.due_on) == (date(2026, 7, 1), date(2026, 7, 10))
    assert (case_of(sheet).holder, case_of(sheet).due_on) == (Holder.SECTION, date(2026, 7, 10))


def test_the_section_is_written_to():
    section = make.department("架空環境課", email="kankyo@example.com")

    sheet = asked(section=section)

    letter = OutgoingMail.objects.get(to="kankyo@example.com")
    assert letter.key == f"{sheet.proposal.number}:sheet:{sheet.pk}"
    assert sheet.proposal.number in letter.body


@pytest.mark.parametrize("step", [s for s in Step if s not in ASKED_AT], ids=str)
def test_sheets_are_sent_from_two_to_four_alone(step):
    case = make.submission()
    Proposal.objects.filter(pk=case.pk).update(
        step=step, department=make.department(), logic_model_fixed_at=timezone.now()
    )

    with pytest.raises(NotAllowed, match="②内容整理から④"):
        hearings.ask(case, make.department(), by=make.desk(), reason="担当のため")


def test_a_sheet_says_why_it_comes_to_this_section():
    with pytest.raises(NotAllowed, match="つなぐ理由"):
        asked(reason=" 　")


def test_the_day_to_answer_by_is_not_in_the_past():
    with pytest.raises(NotAllowed, match="返事の期限は、今日より後"):
        asked(due_on=timezone.localdate() - timedelta(days=1))


def test_a_section_is_not_asked_twice_while_it_has_not_answered():
    sheet = asked()

    with pytest.raises(NotAllowed, match="架空環境課には、もう尋ねています"):
        hearings.ask(case_of(sheet), sheet.department, by=make.desk(), reason="もう一度")


def test_a_section_that_answered_may_be_asked_again():
    sheet = asked()
    answer(sheet)

    again = hearings.ask(case_of(sheet), sheet.department, by=make.desk(), reason="続きのため")

    assert again.is_open


def test_a_sheet_sent_from_an_old_page_is_refused():
    case = make.proposal(Step.SORTING)

    with pytest.raises(Stale):
        hearings.ask(case, make.department(), by=make.desk(), reason="担当のため", version=case.version - 1)


@pytest.mark.parametrize("maker", ["manager", "admin", "user"])
def test_nobody_but_the_desk_sends_sheets(maker):
    case = make.proposal(Step.SORTING)

    with pytest.raises(NotAllowed, match="窓口だけ"):
        hearings.ask(case, make.department(), by=getattr(make, maker)(), reason="担当のため")


def test_several_sections_are_asked_at_once_or_none():
    case, desk = make.proposal(Step.SORTING), make.desk()
    first, second = make.department(), make.department()
    hearings.ask(case, second, by=desk, reason="担当のため")

    with pytest.raises(NotAllowed):
        sheets = [{"department": d, "reason": "担当のため", "request": "tell"} for d in (first, second)]
        hearings.ask_all(case, sheets, by=desk)

    assert [h.department for h in case.hearings.all()] == [second]


# no longer waited for


def test_a_sheet_no_longer_waited_for_says_why():
    sheet = asked()

    hearings.waive(sheet, by=make.desk(), reason=" 年度末のため ")

    sheet.refresh_from_db()
    assert (sheet.waived_on, sheet.waived_reason) == (timezone.localdate(), "年度末のため")
    assert case_of(sheet).holder == Holder.DESK
    assert case_of(sheet).records.filter(kind=Kind.WAIVED).exists()


def test_waiting_does_not_end_without_a_reason():
    with pytest.raises(NotAllowed, match="待たない理由"):
        hearings.waive(asked(), by=make.desk(), reason="　")


def test_an_answered_sheet_is_not_waived():
    sheet = asked()
    answer(sheet)

    with pytest.raises(NotAllowed, match="もう返事があります"):
        hearings.waive(sheet, by=make.desk(), reason="要らない")


def test_a_waived_sheet_is_not_answered():
    sheet = asked()
    hearings.waive(sheet, by=make.desk(), reason="年度末のため")

    with pytest.raises(NotAllowed, match="もう返事があります"):
        answer(sheet)


def test_nobody_but_the_desk_ends_the_waiting():
    sheet = asked()

    with pytest.raises(NotAllowed, match="窓口だけ"):
        hearings.waive(sheet, by=make.head(sheet.department), reason="忙しい")
