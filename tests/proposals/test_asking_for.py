"""What a section wants to know of the proposer: its way through the desk, the days that rest meanwhile."""

from datetime import date

import pytest
import time_machine

from cityhall.models import OutgoingMail
from cityhall.refusal import NotAllowed
from proposals.models import Message, SectionQuestion
from proposals.models.clocks import clocks
from proposals.services import asking_for, conversation, hearings, triage
from proposals.workflow import Holder
from tests import make, make_section
from tests.together import at_once, failures

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TEXT = "開ける曜日と時間は。"


@pytest.fixture
def section():
    return make.department("架空環境課", email="k@example.com")


@pytest.fixture
def sheet(section):
    return make_section.asked(section).hearings.get()


def wish(sheet, **more):
    return asking_for.wish(sheet, by=make.member(sheet.department), text=TEXT, **more)


def test_a_wish_waits_at_the_desk_once(sheet, settings):
    settings.DESK_EMAIL = "desk@example.com"

    first, again = wish(sheet), wish(sheet)

    assert first == again
    assert first.is_open
    assert OutgoingMail.objects.filter(to="desk@example.com", key__contains=":question:").count() == 1


@pytest.mark.parametrize("text", ["", "　", "あ" * 401])
def test_a_wish_has_words(sheet, text):
    with pytest.raises(NotAllowed, match="400字まで"):
        asking_for.wish(sheet, by=make.member(sheet.department), text=text)


def test_an_answered_sheet_asks_nothing_more(sheet):
    hearings.answer(sheet, by=make.head(sheet.department), answer="yes")

    with pytest.raises(NotAllowed, match="もう閉じています"):
        wish(sheet)


@pytest.mark.parametrize(("may_name", "named"), [(True, "架空環境課"), (False, None)])
def test_the_desk_puts_it_and_names_the_section_only_where_it_may(sheet, may_name, named):
    message = asking_for.put(wish(sheet, may_name=may_name), by=make.desk(), text="曜日を教えてください。")

    assert message.text == "曜日を教えてください。"
    assert (message.department and message.department.name) == named
    assert make.reload(sheet.proposal).holder == Holder.PROPOSER


def test_the_desk_answers_it_itself(sheet):
    question = wish(sheet)

    asking_for.tell(question, by=make.desk(), text="平日の16時からです。")

    question.refresh_from_db()
    assert (question.told, question.is_open) == ("平日の16時からです。", False)
    assert not Message.objects.exists()


def test_a_question_is_seen_to_once(sheet):
    question = wish(sheet)
    asking_for.tell(question, by=make.desk(), text="平日です。")

    with pytest.raises(NotAllowed, match="もう応えています"):
        asking_for.put(question, by=make.desk(), text=TEXT)


@pytest.mark.parametrize("deed", [asking_for.put, asking_for.tell])
def test_nobody_but_the_desk_sees_to_it(sheet, deed):
    with pytest.raises(NotAllowed, match="窓口だけ"):
        deed(wish(sheet), by=make.head(sheet.department), text=TEXT)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_puts_it(sheet):
    question, people = wish(sheet), [make.desk(), make.desk()]

    outcomes = at_once(*(lambda by=by: asking_for.put(question, by=by, text=TEXT) for by in people))

    assert len(failures(outcomes)) == 1
    assert Message.objects.count() == 1


@pytest.mark.parametrize("may_name", [True, False])
def test_the_sections_days_rest_while_the_proposer_is_asked(section, may_name):
    with time_machine.travel("2026-07-01 09:00 +0900"):
        sheet = make_section.asked(section).hearings.get()
        other = hearings.ask(
            make.reload(sheet.proposal), make.department("架空福祉課"), by=make.desk(), reason="近い"
        )
        case = make.reload(sheet.proposal)
    with time_machine.travel("2026-07-03 09:00 +0900"):
        asking_for.put(wish(sheet, may_name=may_name), by=make.desk(), text=TEXT)
    with time_machine.travel("2026-07-07 09:00 +0900"):
        resting = clocks([sheet, other])
        conversation.reply(case, text="平日です。", key="r")
    with time_machine.travel("2026-07-09 09:00 +0900"):
        moved = clocks([sheet, other])

    assert (resting[sheet.pk].is_paused, resting[other.pk].is_paused) == (True, False)
    assert (moved[sheet.pk].days, moved[other.pk].days) == (4, 6)
    assert (moved[sheet.pk].due_on, moved[other.pk].due_on) == (date(2026, 7, 14), date(2026, 7, 10))


def test_the_case_is_due_when_the_sheet_is_as_moved(section):
    with time_machine.travel("2026-07-01 09:00 +0900"):
        sheet = make_section.asked(section).hearings.get()
    with time_machine.travel("2026-07-03 09:00 +0900"):
        asking_for.put(wish(sheet), by=make.desk(), text=TEXT)
    with time_machine.travel("2026-07-07 09:00 +0900"):
        conversation.reply(sheet.proposal, text="平日です。", key="r")

    assert make.reload(sheet.proposal).due_on == date(2026, 7, 14)


# --- on the pages ---------------------------------------------------------------


def test_a_member_asks_on_the_sheet_and_keeps_the_half_written_answer(sheet):
    member, case = make.member(sheet.department), sheet.proposal
    client, address = make_section.visit(member), f"/section/sheets/{sheet.proposal.number}/1/"
    typed = {"version": 0, "yes_text": "書きかけ", "question": TEXT, "may_name": "on", "go": "wish"}

    sent = client.post(address, typed)
    page = client.get(address).text

    question = SectionQuestion.objects.get(hearing__proposal=case)
    assert sent.status_code == 302
    assert (question.text, question.may_name) == (TEXT, True)
    assert "書きかけ" in page
    assert "窓口が読んで、提案者に尋ねます。" in page


def test_the_desk_finds_the_wish_on_the_case_and_puts_it(sheet):
    question, case = wish(sheet), sheet.proposal
    client = make_section.visit(make.desk())
    address = f"/admin/proposals/proposal/{case.number}"

    page = client.get(f"{address}/change/").text
    form = client.get(f"{address}/questions/{question.pk}/")
    told = {"version": make.reload(case).version, "how": "put", "text": TEXT, "due_on": "2099-04-01"}
    sent = client.post(f"{address}/questions/{question.pk}/", told)

    assert TEXT in page
    assert TEXT in form.text
    assert sent.status_code == 302
    assert Message.objects.get().text == TEXT


# whose turn it is meanwhile


@pytest.fixture
def resting(section):
    """A sheet asked on 1 July, whose section wanted to know something on the 3rd; seen on the 7th."""
    with time_machine.travel("2026-07-01 09:00 +0900"):
        sheet = make_section.asked(section).hearings.get()
    with time_machine.travel("2026-07-03 09:00 +0900"):
        asking_for.put(wish(sheet), by=make.desk(), text=TEXT, due_on=date(2026, 7, 8))
    with time_machine.travel("2026-07-07 09:00 +0900"):
        yield sheet


def test_while_the_proposer_is_asked_the_sheet_is_the_proposers_turn(section, resting):
    url = f"/section/sheets/{resting.proposal.number}/1/"

    page = make_section.visit(make.member(section)).get(url)

    strip = page.context["strip"]
    assert (strip["holder"], strip["turn"]) == ("proposer", "提案者")
    assert (strip["since"], strip["until"]) == ("7月3日（金）", "7月8日（水）")
    assert "2開庁日で止まっています" in strip["since_note"]
    assert not strip.get("late") and not strip.get("mine")
    assert "▲" in page.content.decode()


def test_home_says_whose_turn_it_is_and_calls_nothing_late(section, resting):
    with time_machine.travel("2026-07-21 09:00 +0900"):
        page = make_section.visit(make.member(section)).get("/section/")

    (thing,) = page.context["things"]
    assert (thing.pause.first, thing.pause.due_on) == (date(2026, 7, 3), date(2026, 7, 8))
    assert "<br>7月8日（水）まで<br>7月3日（金）から" in page.content.decode()
    assert "z-late" not in page.content.decode()


def test_at_the_desk_the_resting_sheet_says_so_and_only_the_late_section_is_named(section, resting):
    with time_machine.travel("2026-07-01 09:00 +0900"):
        case = make.reload(resting.proposal)
        hearings.ask(case, make.department("架空福祉課"), by=make.desk(), reason="近い")
    with time_machine.travel("2026-07-09 09:00 +0900"):
        page = make_section.visit(make.desk()).get(f"/admin/proposals/proposal/{case.number}/change/")
        words = [line["word"] for line in page.context["sheets"]]
        conversation.reply(case, text="平日です。", key="r")
        triage.mark_read(make.reload(case), by=make.desk())
    with time_machine.travel("2026-07-14 09:00 +0900"):
        deed = make_section.visit(make.desk()).get("/admin/").context["c"]["first"]["deed"]

    assert words == ["▲提案者の番", "まだ"]
    assert deed.title == "架空福祉課に、返事を確かめてください。"


def test_a_decision_waits_while_the_proposer_is_asked(section):
    case = make_section.to_decide(section)
    conversation.ask(case, by=make.desk(), text=TEXT, key="q")

    (thing,) = make_section.visit(make.head(section)).get("/section/").context["things"]

    assert (thing.kind, thing.pause.due_on) == ("判断", make.reload(case).due_on)
