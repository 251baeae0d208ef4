"""What the proposer's page says: where the case stands, whose turn it is, how it ended."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proposals.services import (
    advance,
    conversation,
    doubles,
    moves,
    receipts,
)
from proposals.services.announcing import announce
from proposals.workflow import Step
from tests import make
from tests.make_receipt import CODE, QUESTION, decide, page, pdf, read, strip_of, url, visit
from tests.make_talk import ready_to_tell

pytestmark = pytest.mark.django_db

# --- 状況帯 --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "place", "turn"),
    [
        (Step.INTAKE, "① 受付", "窓口"),
        (Step.SORTING, "② 内容の整理", "窓口"),
        (Step.HEARING, "③ 関係課への確認", "市の関係課"),
        (Step.MATCHING, "④ 引き合わせ", "窓口"),
        (Step.LOGIC_MODEL, "⑤ 道すじの試作", "窓口"),
        (Step.DECISION, "⑥ 担当課の判断", "担当する課"),
    ],
)
def test_the_city_s_turn_in_public_words(step, place, turn):
    case = make.proposal(step, code=CODE)

    response = page(case)

    strip = response.context["strip"]
    assert (strip["step"], strip["turn"], strip["until"]) == (place, turn, "決まりしだい")
    assert "いま、していただくことはありません" in read(response)


def test_the_proposer_s_turn_has_a_date_and_a_task_that_leads_to_the_field():
    case = make.proposal(Step.SORTING, code=CODE)
    with time_machine.travel("2026-11-18 15:10+09:00"):
        conversation.ask(
            case, by=make.desk(), text=QUESTION, key="k", department=make.department("架空家庭課")
        )
    with time_machine.travel("2026-11-20 10:00+09:00"):
        response = page(case)

    strip = response.context["strip"]
    assert (strip["turn"], strip["since"], strip["until"]) == ("あなた", "11月18日（水）", "11月26日（木）")
    assert (strip["mine"], strip["late"], strip["until_note"]) == (True, False, "あと3開庁日")
    assert strip["task"] == "架空家庭課からの質問に、お返事をお願いします。"
    assert 'href="#reply"' in response.content.decode()
    assert "していただくことはありません" not in read(response)


def test_several_questions_are_counted_and_a_late_one_is_late():
    case, desk = make.proposal(Step.SORTING, code=CODE), make.desk()
    with time_machine.travel("2026-11-02 10:00+09:00"):
        conversation.ask(case, by=desk, text=QUESTION, key="1")
        conversation.ask(case, by=desk, text="何人ですか。", key="2")
    with time_machine.travel("2026-11-18 10:00+09:00"):
        strip = strip_of(case)

    assert strip["task"] == "2つの質問に、お返事をお願いします。"
    assert (strip["late"], strip["until_note"]) == (True, "6開庁日 過ぎています")


def test_the_city_s_own_date_shows_only_where_the_city_agreed(settings):
    case = make.proposal(Step.HEARING, code=CODE)
    settings.ZAMAGATE_SITE = settings.ZAMAGATE_SITE | {"shows_own_dates": True}

    with time_machine.travel(timezone.now() + timedelta(40)):
        strip = strip_of(case)

    assert strip["late"] is True
    assert strip["until_note"].endswith("開庁日 過ぎています")


def test_the_six_steps_carry_their_days():
    case = make.proposal(Step.SORTING, code=CODE)

    stages = page(case).context["stages"]

    assert [stage["state"] for stage in stages] == ["done", "now", *["later"] * 4]
    assert [bool(stage["dates"]) for stage in stages] == [True, True, False, False, False, False]


# --- a verdict, before and after it is told


@pytest.mark.parametrize("name", ["go", "go_if", "in_principle", "continue", "no_go"])
def test_the_page_is_the_same_before_and_after_a_verdict_nobody_announced(name):
    case = make.proposal(Step.DECISION, code=CODE)
    before = read(page(case))

    decide(case, name, conditions=[{"text": "費用", "owner": "提案者"}] * (name == "go_if"))

    assert read(page(case)) == before


@pytest.mark.parametrize(
    ("name", "word"), [("go", "採用"), ("in_principle", "趣旨採用"), ("no_go", "見送り")]
)
def test_an_announced_end_shows_the_word_the_letter_and_the_next_step(name, word):
    case = make.proposal(Step.DECISION, code=CODE)
    decide(case, name)
    announce(ready_to_tell(case), by=make.desk(), text="お待たせしました。決まりました。")

    response = page(case)

    strip = response.context["strip"]
    assert (strip["step"], strip["ended"], strip["task"]) == (word, True, "次の一歩")
    assert "お待たせしました。決まりました。" in read(response)
    assert "終わった案件にも書けます。窓口が読みます。" in read(response)
    assert url("receipt_withdraw") not in response.content.decode()


def test_conditions_once_announced_are_shown_with_the_letter():
    case = make.proposal(Step.DECISION, code=CODE)
    decide(case, "go_if", conditions=[{"text": "費用", "owner": "提案者"}])
    announce(ready_to_tell(case), by=make.desk(), text="条件は1つです。")

    response = page(case)

    strip = response.context["strip"]
    assert (strip["step_note"], strip["turn"], strip["turn_note"]) == (
        "条件付採用",
        "担当する課",
        "条件を確かめています",
    )
    assert "条件は1つです。" in read(response)


def test_earlier_results_stay_in_the_conversation():
    case = make.proposal(Step.DECISION, code=CODE)
    decide(case, "no_go")
    announce(ready_to_tell(case), by=make.desk(), text="今回は見送ります。")
    advance(make.reload(case), "reopen", by=make.desk(), note="決まりが変わったため")

    response = page(case)

    assert response.context["letter"] is None
    assert "（結果のお知らせ：見送り）" in read(response)


def test_whoever_is_sent_elsewhere_reads_where_and_not_why():
    case = make.submission(code=CODE)
    moves.leave(case, "out_of_scope", by=make.desk(), note="内部の理由", next_place="環境課の窓口")

    words = read(page(case))

    assert "次の窓口：環境課の窓口" in words
    assert "内部の理由" not in words


def test_a_double_names_the_other_number_only_to_its_own_organisation():
    own, others = make.submission(code=CODE), make.submission(code=receipts.new_code())
    into = make.submission()
    into.organization = own.organization
    into.save()
    doubles.merge(own, into, by=make.desk(), note="同じ内容")

    assert f"同じ内容の {into.number} とまとめました" in read(page(own))
    code = receipts.issue_code(others, by=make.desk())
    doubles.merge(make.reload(others), into, by=make.desk(), note="同じ内容")
    assert into.number not in read(visit(others, code).get(url("receipt")))


# --- 控え ----------------------------------------------------------------------


def test_the_copy_holds_all_that_was_sent_and_never_the_code():
    case = make.proposal(Step.SORTING, code=CODE)
    conversation.reply(case, text="図面を送ります。", papers=[pdf()], key="k")

    words = read(page(case, "receipt_copy"))

    told = [case.number, "kaku@example.com", make.words()["problem"], "図面を送ります。", "間取り.pdf"]
    assert [text for text in told if text not in words] == []
    assert CODE not in words


# --- figures ------------------------------------------------------------


def test_one_message_or_thirty_cost_the_same():
    case = make.proposal(Step.HEARING, code=CODE)
    client = visit(case)
    spent = []

    for upto in (1, 30):
        for number in range(case.messages.count(), upto):
            conversation.reply(case, text=f"{number}", papers=[pdf()] if number < 3 else (), key=f"{number}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url("receipt"))
        spent.append(len(queries))

    assert spent[0] == spent[1]
    assert spent[0] <= 12
