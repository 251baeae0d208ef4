"""③ 関係課ヒアリング: sheets to sections, their answers, and sheets nobody waits for."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cityhall.models import OutgoingMail
from cityhall.refusal import NotAllowed
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
    return hearings.answer(sheet, by=by or make.member(sheet.department), answer=answer, **fields)


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
        hearings.ask_all(case, [first, second], by=desk, reason="担当のため", request="tell")

    assert [h.department for h in case.hearings.all()] == [second]


# answers


def test_an_answer_gives_the_turn_back_to_the_desk():
    sheet = asked()
    person = make.member(sheet.department)

    answer(sheet, by=person, text=" 一緒に考えます。 ", own_trouble="人手が足りない")

    sheet.refresh_from_db()
    assert (sheet.answer, sheet.answer_text, sheet.own_trouble) == (
        "yes",
        "一緒に考えます。",
        "人手が足りない",
    )
    assert (sheet.answered_by, sheet.answered_on) == (person, timezone.localdate())
    assert case_of(sheet).holder == Holder.DESK


def test_the_head_of_the_section_may_answer_as_well():
    sheet = asked()

    assert answer(sheet, by=make.head(sheet.department)).answer == "yes"


def test_the_turn_stays_with_the_sections_until_the_last_has_answered():
    first = asked()
    second = hearings.ask(case_of(first), make.department("架空福祉課"), by=make.desk(), reason="担当のため")

    answer(first)
    assert case_of(first).holder == Holder.SECTION
    answer(second)

    assert case_of(first).holder == Holder.DESK


def test_the_case_is_due_when_the_first_open_sheet_is():
    tomorrow, later = (timezone.localdate() + timedelta(days=n) for n in (1, 9))
    first = asked(due_on=tomorrow)
    hearings.ask(
        case_of(first), make.department("架空福祉課"), by=make.desk(), reason="担当のため", due_on=later
    )

    assert case_of(first).due_on == tomorrow
    answer(first)

    assert case_of(first).due_on == later


@pytest.mark.parametrize("who", ["desk", "manager", "admin", "other_member", "other_head"])
def test_only_the_section_asked_answers(who):
    sheet, other = asked(), make.department("架空福祉課")
    people = {"other_member": lambda: make.member(other), "other_head": lambda: make.head(other)}
    person = people.get(who, getattr(make, who, None))()

    with pytest.raises(NotAllowed, match="架空環境課の関係課・所属長だけ"):
        answer(sheet, by=person)

    assert Hearing.objects.get().is_open


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"answer": ""}, "返事を1つ"),
        ({"answer": "maybe"}, "返事を1つ"),
        ({"answer": "if"}, "どんな条件"),
        ({"answer": "if", "text": "　"}, "どんな条件"),
        ({"answer": "hard"}, "理由と「いつなら」"),
        ({"answer": "hard", "text": "年度末のため"}, "理由と「いつなら」"),
        ({"answer": "hard", "possible_when": "来年度"}, "理由と「いつなら」"),
        ({"answer": "other"}, "回す先の課"),
    ],
)
def test_an_answer_that_leads_nowhere_is_refused(given, words):
    sheet = asked()

    with pytest.raises(NotAllowed, match=words):
        answer(sheet, **given)

    assert Hearing.objects.get().is_open


@pytest.mark.parametrize(
    "given",
    [
        {"answer": "if", "text": "予算が要らないこと"},
        {"answer": "hard", "text": "年度末のため", "possible_when": "来年度"},
    ],
)
def test_a_complete_answer_is_taken(given):
    assert answer(asked(), **given).answer == given["answer"]


def test_a_section_does_not_pass_a_sheet_to_itself():
    sheet = asked()

    with pytest.raises(NotAllowed, match="回す先の課"):
        answer(sheet, "other", pass_to=sheet.department)


def test_passing_on_asks_the_other_section_at_once():
    sheet, other = asked(), make.department("架空福祉課")

    answer(sheet, "other", pass_to=other, text="福祉の話です。")

    onward = Hearing.objects.get(department=other)
    sheet.refresh_from_db()
    assert (sheet.passed_to, onward.reason, onward.request) == (onward, "福祉の話です。", sheet.request)
    assert case_of(sheet).holder == Holder.SECTION


def test_passing_on_without_words_gives_the_reason_the_desk_gave():
    sheet, other = asked(), make.department("架空福祉課")

    answer(sheet, "other", pass_to=other)

    assert Hearing.objects.get(department=other).reason == "架空環境課から回りました。同じ分野のため"


def test_passing_on_to_a_section_that_is_asked_already_asks_it_once():
    sheet, other = asked(), make.department("架空福祉課")
    waiting = hearings.ask(case_of(sheet), other, by=make.desk(), reason="担当のため")

    answer(sheet, "other", pass_to=other)

    sheet.refresh_from_db()
    assert (sheet.passed_to, Hearing.objects.filter(department=other).count()) == (waiting, 1)


def test_a_sheet_is_answered_once():
    sheet = asked()
    answer(sheet)

    with pytest.raises(NotAllowed, match="もう返事があります"):
        answer(sheet, "hard", text="やはり難しい", possible_when="来年度")


def test_a_closed_case_takes_no_answer():
    sheet = asked()
    advance(case_of(sheet), "withdraw", by=make.desk(), note="提案者の都合")

    with pytest.raises(NotAllowed, match="終わっています"):
        answer(sheet)


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
