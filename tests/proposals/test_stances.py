"""Where sections differ: sealed first, then side by side, then put together in the desk's words."""

import pytest
from django.utils import timezone

from cityhall.models import OutgoingMail
from cityhall.refusal import NotAllowed
from proposals import stances
from proposals.models import Hearing
from proposals.services import advance, hearings, matching
from proposals.workflow import Kind, Step
from tests import make, make_section

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HARD = {"answer": "hard", "text": "人がいない", "possible_when": "来年度"}


@pytest.fixture
def case():
    return make_section.asked(
        make.department("架空環境課", email="k@example.com"), make.department("架空福祉課")
    )


def give(case, *answers):
    for sheet, told in zip(case.hearings.open(), answers, strict=True):
        hearings.answer(sheet, by=make.head(sheet.department), **told)
    return make.reload(case)


@pytest.mark.parametrize(
    ("said", "differ"),
    [
        ([("yes", ""), ("yes", "")], False),
        ([("yes", ""), ("if", "大人が2人")], False),
        ([("yes", ""), ("hard", "人がいない")], True),
        ([("if", "大人が2人"), ("hard", "人がいない")], True),
        ([("if", "大人が2人"), ("if", "予算が要らない")], True),
        ([("if", "大人が2人 "), ("if", "大人が2人")], False),
        ([("hard", "人がいない"), ("other", "")], False),
        ([("hard", "人がいない"), ("", "")], False),
    ],
)
def test_where_sections_differ(said, differ):
    assert stances.differ(Hearing(answer=a, answer_text=t) for a, t in said) is differ


def test_conflicting_answers_hold_the_case_until_the_desk_has_put_them_together(case):
    case, desk = give(case, {"answer": "yes"}, HARD), make.desk()
    with pytest.raises(NotAllowed, match="分かれた課の返事を、窓口の言葉でまとめる"):
        advance(case, "start_matching", by=desk)

    hearings.consolidate(case, by=desk, text="まず小さく試します。")

    advance(make.reload(case), "start_matching", by=desk)
    assert make.reload(case).step == Step.MATCHING


def test_like_answers_hold_nothing(case):
    case = give(case, {"answer": "yes"}, {"answer": "yes"})

    advance(case, "start_matching", by=make.desk())

    assert make.reload(case).step == Step.MATCHING


def test_an_answer_written_anew_asks_for_new_words(case):
    case, desk = give(case, {"answer": "yes"}, HARD), make.desk()
    hearings.consolidate(case, by=desk, text="まず小さく試します。")
    sheet = case.hearings.get(answer="yes")
    hearings.take_back(sheet, by=make.head(sheet.department))
    hearings.answer(sheet, by=make.head(sheet.department), answer="if", text="大人が2人")

    with pytest.raises(NotAllowed, match="窓口の言葉でまとめる"):
        advance(make.reload(case), "start_matching", by=desk)


def test_the_words_are_kept_and_the_sections_hear_of_them(case):
    case = give(case, {"answer": "yes"}, HARD)

    record = hearings.consolidate(case, by=make.desk(), text=" まず小さく試します。 ")

    assert (record.kind, record.text.text) == (Kind.CONSOLIDATED, "まず小さく試します。")
    letter = OutgoingMail.objects.get(key__contains=":consolidated:", to="k@example.com")
    assert "まず小さく" not in letter.body


def test_nothing_is_put_together_while_answers_are_sealed(case):
    first, *_ = case.hearings.all()
    hearings.answer(first, by=make.head(first.department), answer="yes")

    with pytest.raises(NotAllowed, match="返事がそろってから"):
        hearings.consolidate(make.reload(case), by=make.desk(), text="まとめ")


def test_nothing_is_put_together_without_words_or_by_others(case):
    case = give(case, {"answer": "yes"}, HARD)

    with pytest.raises(NotAllowed, match="まとめの言葉"):
        hearings.consolidate(case, by=make.desk(), text="　")
    with pytest.raises(NotAllowed, match="窓口だけ"):
        hearings.consolidate(case, by=make.manager(), text="まとめ")


def late_conflict(step):
    """A case at ④ or ⑤ about which a section asked at ④ has answered unlike the first."""
    desk, first, late = make.desk(), make.department("架空環境課"), make.department("架空遅い課")
    case = make.proposal(Step.MATCHING, by=desk, section=first)
    hearings.ask(make.reload(case), late, by=desk, reason="後から分かったため")
    matching.choose_lead(make.reload(case), first, by=desk)
    if step == Step.LOGIC_MODEL:
        advance(make.reload(case), "start_model", by=desk)
        matching.report_model_fixed(make.reload(case), by=desk, label="試行版", fixed_at=timezone.now())
    sheet = case.hearings.get(department=late)
    hearings.answer(sheet, by=make.head(late), **HARD)
    return make.reload(case), desk


@pytest.mark.parametrize(("step", "move"), [(Step.MATCHING, "start_model"), (Step.LOGIC_MODEL, "refer")])
def test_an_answer_that_comes_late_and_conflicts_holds_the_case_too(step, move):
    case, desk = late_conflict(step)
    with pytest.raises(NotAllowed, match="分かれた課の返事を、窓口の言葉でまとめる"):
        advance(case, move, by=desk)

    hearings.consolidate(case, by=desk, text="まず小さく試します。")

    advance(make.reload(case), move, by=desk)
    assert make.reload(case).step != step


@pytest.mark.parametrize("step", [Step.MATCHING, Step.LOGIC_MODEL])
def test_the_desks_page_says_so_and_offers_the_form(step):
    case, desk = late_conflict(step)

    page = make_section.visit(desk).get(f"/admin/proposals/proposal/{case.number}/change/").text

    assert "分かれた返事を、窓口の言葉でまとめてください。" in page
    assert f"/admin/proposals/proposal/{case.number}/consolidate/" in page


def test_what_is_still_out_is_named_before_the_words():
    case, desk = late_conflict(Step.MATCHING)
    hearings.ask(case, make.department("架空の三つ目の課"), by=desk, reason="もう1課")

    with pytest.raises(NotAllowed, match=r"架空の三つ目の課の返事.*／分かれた課の返事を"):
        advance(make.reload(case), "start_model", by=desk)


# --- on the pages ---------------------------------------------------------------


def test_the_desk_sees_both_sides_and_puts_them_together(case):
    case, desk = give(case, {"answer": "yes", "text": "進めたい"}, HARD), make.desk()
    client = make_section.visit(desk)
    address = f"/admin/proposals/proposal/{case.number}"

    before = client.get(f"{address}/change/").text
    sent = client.post(f"{address}/consolidate/", {"version": case.version, "text": "まず小さく試します。"})
    after = client.get(f"{address}/change/").text

    assert "分かれている返事" in before
    assert "分かれた返事を、窓口の言葉でまとめてください。" in before
    assert sent.status_code == 302
    assert "まず小さく試します。" in after
    assert "分かれた返事を、窓口の言葉でまとめてください。" not in after


def test_a_section_reads_both_sides_and_the_desks_words(case):
    case = give(case, {"answer": "yes", "text": "進めたい"}, HARD)
    hearings.consolidate(case, by=make.desk(), text="まず小さく試します。")
    sheet = case.hearings.get(answer="yes")

    page = make_section.visit(make.member(sheet.department)).get(f"/section/cases/{case.number}/").text

    assert all(words in page for words in ("返事が分かれています", "人がいない", "まず小さく試します。"))
