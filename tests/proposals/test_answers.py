"""③ 関係課ヒアリング: what a section answers, and where an answer that leads nowhere is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.refusal import NotAllowed
from proposals.models import Hearing
from proposals.services import advance, hearings
from proposals.workflow import Holder
from tests import make, make_section

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def asked():
    """A sheet lying with 架空環境課, of a case at ③."""
    return make_section.asked(make.department("架空環境課")).hearings.get()


def answer(sheet, answer="yes", *, by=None, **fields):
    return hearings.answer(sheet, by=by or make.head(sheet.department), answer=answer, **fields)


def case_of(sheet):
    return make.reload(sheet.proposal)


def test_an_answer_gives_the_turn_back_to_the_desk():
    sheet = asked()
    person = make.head(sheet.department)

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
    first = asked()
    Hearing.objects.update(due_on=tomorrow)
    hearings.ask(
        case_of(first), make.department("架空福祉課"), by=make.desk(), reason="担当のため", due_on=later
    )

    assert case_of(first).due_on == tomorrow
    answer(first)

    assert case_of(first).due_on == later


@pytest.mark.parametrize("who", ["desk", "manager", "admin", "member", "other_member", "other_head"])
def test_only_the_section_asked_answers(who):
    sheet, other = asked(), make.department("架空福祉課")
    people = {
        "member": lambda: make.member(sheet.department),
        "other_member": lambda: make.member(other),
        "other_head": lambda: make.head(other),
    }
    person = people.get(who, getattr(make, who, None))()

    with pytest.raises(NotAllowed, match="架空環境課の所属長だけ"):
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

    assert Hearing.objects.get(department=other).reason == f"架空環境課から回りました。{sheet.reason}"


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
