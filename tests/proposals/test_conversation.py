from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from cityhall.models import ActedAs
from cityhall.refusal import NotAllowed, Stale
from proposals import queries
from proposals.models import Message
from proposals.services import advance, conversation, hearings, moves
from proposals.workflow import Holder, Kind, Step
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]

TEXT = "使えるのは何曜日の何時ですか。"


def test_a_question_gives_the_turn_to_the_proposer_with_a_date():
    case, desk, section = make.proposal(Step.SORTING), make.desk(), make.department()

    with time_machine.travel("2026-11-18 15:10+09:00"):
        message = conversation.ask(case, by=desk, text=TEXT, department=section, key="k")

    case = make.reload(case)
    assert (message.side, message.by, message.text, message.asks) == ("desk", desk, TEXT, True)
    assert (message.department, message.due_on) == (section, date(2026, 11, 26))
    assert (case.holder, case.holder_since_on, case.due_on) == (
        Holder.PROPOSER,
        date(2026, 11, 18),
        date(2026, 11, 26),
    )


def test_the_record_names_the_message_and_holds_none_of_its_words():
    case = make.proposal(Step.SORTING)

    message = conversation.ask(case, by=make.desk(), text=TEXT, key="k")

    record = case.records.get(kind=Kind.QUESTION)
    assert (record.data, record.text_hash, record.holder) == ({"message": message.pk}, "", Holder.PROPOSER)


def test_a_second_question_due_earlier_sets_the_date():
    case, desk, today = make.proposal(Step.SORTING), make.desk(), timezone.localdate()
    conversation.ask(case, by=desk, text=TEXT, key="1", due_on=today + timedelta(9))

    conversation.ask(case, by=desk, text=TEXT, key="2", due_on=today + timedelta(3))

    assert make.reload(case).due_on == today + timedelta(3)


@pytest.mark.parametrize(
    ("step", "holder"),
    [(Step.SORTING, Holder.DESK), (Step.HEARING, Holder.SECTION), (Step.DECISION, Holder.DECIDER)],
)
def test_a_reply_answers_all_questions_and_gives_the_turn_back(step, holder):
    case, desk = make.proposal(step), make.desk()
    conversation.ask(case, by=desk, text=TEXT, key="1")
    conversation.ask(case, by=desk, text="見守りは何人ですか。", key="2")

    message = conversation.reply(case, text="平日の16時からです。", key="3")

    assert (message.side, message.by) == ("proposer", None)
    assert list(case.messages.open_questions()) == []
    assert make.reload(case).holder == holder
    assert case.records.last().acted_as == ActedAs.PROPOSER


def test_a_question_asked_while_the_proposer_wrote_still_waits():
    case, desk = make.proposal(Step.SORTING), make.desk()
    seen = conversation.ask(case, by=desk, text=TEXT, key="1")
    later = conversation.ask(case, by=desk, text="見守りは何人ですか。", key="2")

    conversation.reply(case, text="平日の16時からです。", key="3", seen=seen.pk)

    assert list(case.messages.open_questions()) == [later]
    assert make.reload(case).holder == Holder.PROPOSER


def test_a_reply_without_a_question_leaves_the_turn_where_it_is():
    case = make.proposal(Step.HEARING)
    before = (case.holder, case.due_on)

    conversation.reply(case, text="写真を送りたいです。", key="k")

    assert (make.reload(case).holder, make.reload(case).due_on) == before


def test_news_waits_for_nobody():
    case = make.proposal(Step.HEARING)

    message = conversation.tell(case, by=make.desk(), text="2つの課から返事がありました。", key="k")

    assert (message.asks, message.due_on) == (False, None)
    assert make.reload(case).holder == Holder.SECTION
    assert case.records.last().kind == Kind.MESSAGE


def test_what_was_answered_by_telephone_waits_no_longer():
    case, desk = make.proposal(Step.SORTING), make.desk()
    conversation.ask(case, by=desk, text=TEXT, key="1")

    conversation.tell(case, by=desk, text="お電話でうかがいました。", key="2", is_settled=True)

    assert make.reload(case).holder == Holder.DESK


def test_the_days_the_proposer_takes_are_the_proposers():
    desk = make.desk()
    with time_machine.travel("2026-11-09 10:00+09:00"):
        case = make.proposal(Step.SORTING, by=desk)
    with time_machine.travel("2026-11-11 10:00+09:00"):
        conversation.ask(case, by=desk, text=TEXT, key="1")
    with time_machine.travel("2026-11-18 10:00+09:00"):
        conversation.reply(case, text="平日です。", key="2")
    with time_machine.travel("2026-11-20 10:00+09:00"):
        days = queries.days_by_step(case)

    assert days[Step.SORTING].by_holder == {Holder.DESK: 4, Holder.PROPOSER: 5}


def test_a_proposer_under_suspicion_may_still_write():
    case = make.submission()
    case.is_held = True
    case.save()

    conversation.reply(case, text="わたしは人です。", key="k")

    assert make.reload(case).news == Kind.REPLY


@pytest.mark.parametrize("write", ["ask", "tell", "reply"])
def test_a_second_press_is_the_same_message(write):
    case, desk = make.proposal(Step.SORTING), make.desk()
    by = {} if write == "reply" else {"by": desk}
    first = getattr(conversation, write)(case, text=TEXT, key="k", **by)

    second = getattr(conversation, write)(case, text=TEXT, key="k", **by)

    assert (second, Message.objects.count()) == (first, 1)


def test_a_second_press_of_a_page_now_stale_is_still_the_same_message():
    case, desk = make.proposal(Step.SORTING), make.desk()
    first = conversation.ask(case, by=desk, text=TEXT, key="k", version=case.version)

    assert conversation.ask(case, by=desk, text=TEXT, key="k", version=case.version) == first


def test_other_words_under_the_same_key_are_refused_and_not_lost_unseen():
    case = make.proposal(Step.SORTING)
    conversation.reply(case, text="平日です。", key="k")

    with pytest.raises(NotAllowed, match="もう一度ボタンを押してください"):
        conversation.reply(case, text="平日と土曜です。", key="k")


def test_the_same_words_twice_in_a_row_are_the_same_message_but_not_as_an_answer_to_something_new():
    case, desk = make.proposal(Step.SORTING), make.desk()
    first = conversation.reply(case, text="はい。", key="1")

    again = conversation.reply(case, text="はい。 ", key="2")
    conversation.ask(case, by=desk, text=TEXT, key="3")
    later = conversation.reply(case, text="はい。", key="4")

    assert (again, later == first) == (first, False)
    assert make.reload(case).holder == Holder.DESK


def test_a_question_from_an_old_page_is_refused():
    case = make.proposal(Step.SORTING)
    conversation.reply(case, text="追って図面を送ります。", key="1")

    with pytest.raises(Stale):
        conversation.ask(case, by=make.desk(), text=TEXT, key="2", version=case.version)


@pytest.mark.parametrize("text", ["", "　\n", "​"])
def test_nothing_written_is_refused(text):
    case, desk = make.proposal(Step.SORTING), make.desk()

    with pytest.raises(NotAllowed, match="書いてください"):
        conversation.ask(case, by=desk, text=text, key="1")
    with pytest.raises(NotAllowed, match="書いてください"):
        conversation.tell(case, by=desk, text=text, key="2")
    with pytest.raises(NotAllowed, match="書類を添えてください"):
        conversation.reply(case, text=text, key="3")


def test_too_long_a_text_is_refused_with_its_length():
    with pytest.raises(NotAllowed, match=r"4,000字まで.*4,001字"):
        conversation.reply(make.submission(), text="あ" * 4001, key="k")


def test_a_past_date_is_refused():
    yesterday = timezone.localdate() - timedelta(1)

    with pytest.raises(NotAllowed, match="期限"):
        conversation.ask(make.submission(), by=make.desk(), text=TEXT, key="k", due_on=yesterday)


@pytest.mark.parametrize("write", [conversation.ask, conversation.tell])
def test_only_the_desk_writes_for_the_city(write):
    case = make.proposal(Step.HEARING)

    with pytest.raises(NotAllowed, match="窓口だけ"):
        write(case, by=make.head(case.hearings.get().department), text=TEXT, key="k")


@pytest.mark.parametrize("write", [conversation.ask, conversation.tell])
def test_nobody_writes_to_a_proposer_who_may_be_a_machine(write):
    case = make.submission()
    case.is_held = True
    case.save()

    with pytest.raises(NotAllowed, match="迷惑投稿"):
        write(case, by=make.desk(), text=TEXT, key="k")


def test_after_the_end_nobody_is_asked_but_both_may_write():
    case, desk = make.submission(), make.desk()
    moves.leave(case, "out_of_scope", by=desk, note="対象でないため", next_place="環境課")

    conversation.reply(case, text="ありがとうございました。", key="1")
    conversation.tell(case, by=desk, text="またお寄せください。", key="2")
    with pytest.raises(NotAllowed, match="終わっています"):
        conversation.ask(case, by=desk, text=TEXT, key="3")

    assert (make.reload(case).holder, case.messages.count()) == ("", 2)


def test_a_case_that_moves_on_stays_the_proposers_while_a_question_is_open():
    case, desk = make.proposal(Step.HEARING), make.desk()
    conversation.ask(case, by=desk, text=TEXT, key="k")
    hearings.answer(case.hearings.get(), by=make.head(case.hearings.get().department), answer="yes")

    advance(case, "start_matching", by=desk)

    assert make.reload(case).holder == Holder.PROPOSER
