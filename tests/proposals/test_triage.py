"""② 内容整理: the gate, the desk's own summary, doubles, and cases sent to another window."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.models import ActedAs
from cityhall.workflow import NotAllowed, Stale
from proposals.models import Proposal
from proposals.services import advance, doubles, moves, triage
from proposals.services.recording import correct
from proposals.workflow import DESK_STEPS, Kind, Step, Verdict
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def earlier_contact(case, days):
    first = case.records.get(kind=Kind.FIRST_CONTACT)
    correct(first, actor=ActedAs.SYSTEM, on=first.on - timedelta(days=days), reason="電話が先にあった")
    return make.reload(case)


def test_the_gate_is_passed_with_a_word_on_why():
    case, desk = make.proposal(Step.SORTING), make.desk()

    triage.pass_gate(case, by=desk, note="営業ではないことを確かめました。")

    assert make.reload(case).is_eligible
    assert case.records.get(kind=Kind.GATE).text.text == "営業ではないことを確かめました。"


def test_the_gate_without_a_word_is_refused():
    with pytest.raises(NotAllowed, match="1文で書いて"):
        triage.pass_gate(make.submission(), by=make.desk(), note="　")


@pytest.mark.parametrize("step", [s for s in Step if s not in DESK_STEPS], ids=str)
def test_the_gate_is_not_passed_after_step_five(step):
    case = make.submission()
    Proposal.objects.filter(pk=case.pk).update(
        step=step, department=make.department(), logic_model_fixed_at=timezone.now()
    )

    with pytest.raises(NotAllowed, match="①〜⑤のあいだ"):
        triage.pass_gate(make.reload(case), by=make.desk(), note="対象です。")


def test_the_desk_keeps_its_summary_and_says_who_looks_after_the_case():
    case, desk = make.submission(), make.desk()

    triage.summarise(case, by=desk, summary="要約", officer=desk)

    case = make.reload(case)
    assert (case.summary, case.officer) == ("要約", desk)


def test_saving_the_same_summary_again_changes_nothing():
    case, desk = make.submission(), make.desk()
    case = triage.summarise(case, by=desk, summary="要約", officer=desk)

    triage.summarise(case, by=desk, summary="要約", officer=desk, version=case.version)

    assert make.reload(case).version == case.version


def test_a_summary_over_a_colleagues_is_refused():
    case, desk = make.submission(), make.desk()
    triage.summarise(case, by=desk, summary="先の要約")

    with pytest.raises(Stale):
        triage.summarise(case, by=desk, summary="後の要約", version=case.version)

    assert make.reload(case).summary == "先の要約"


def test_a_held_case_is_let_in_once():
    case, desk = make.submission(), make.desk()
    Proposal.objects.filter(pk=case.pk).update(is_held=True)

    triage.release(make.reload(case), by=desk)

    assert not make.reload(case).is_held
    with pytest.raises(NotAllowed, match="もう確かめが済んでいます"):
        triage.release(make.reload(case), by=desk)


@pytest.mark.parametrize("verb", ["pass_gate", "summarise", "merge", "release"])
@pytest.mark.parametrize("maker", ["manager", "admin", "user"])
def test_nobody_but_the_desk_sorts(verb, maker):
    case, person = make.submission(), getattr(make, maker)()
    calls = {
        "pass_gate": lambda: triage.pass_gate(case, by=person, note="対象です。"),
        "summarise": lambda: triage.summarise(case, by=person, summary="要約"),
        "merge": lambda: doubles.merge(case, make.submission(), by=person, note="同じ内容"),
        "release": lambda: triage.release(case, by=person),
    }

    with pytest.raises(NotAllowed, match="窓口だけ"):
        calls[verb]()

    assert make.reload(case).version == case.version


# doubles


def test_a_double_is_closed_into_its_original():
    original, double, desk = make.submission(), make.submission(), make.desk()

    doubles.merge(double, original, by=desk, note="同じ内容が二度届いた")

    double = make.reload(double)
    assert (double.step, double.merged_into, double.holder) == (Step.MERGED, original, "")
    assert (double.merged_on, double.verdict) == (timezone.localdate(), "")


def test_the_original_takes_the_earlier_first_contact_of_its_double():
    original, desk = make.submission(), make.desk()
    double = earlier_contact(make.submission(), days=5)

    doubles.merge(double, original, by=desk, note="同じ内容")

    assert make.reload(original).first_contact_on == double.first_contact_on


def test_a_later_double_leaves_the_original_as_it_is():
    original, double, desk = earlier_contact(make.submission(), days=5), make.submission(), make.desk()

    doubles.merge(double, original, by=desk, note="同じ内容")

    assert make.reload(original).version == original.version


def test_a_case_is_not_a_double_of_itself():
    case = make.submission()

    with pytest.raises(NotAllowed, match="同じ案件どうし"):
        doubles.merge(case, case, by=make.desk(), note="同じ")


def test_a_double_of_a_double_names_the_original_instead():
    first, second, third, desk = make.submission(), make.submission(), make.submission(), make.desk()
    doubles.merge(second, first, by=desk, note="同じ")

    with pytest.raises(NotAllowed, match=f"{second.number} は、もうほかの案件に"):
        doubles.merge(third, make.reload(second), by=desk, note="同じ")


def test_merging_needs_a_reason():
    with pytest.raises(NotAllowed, match="理由が必要"):
        doubles.merge(make.submission(), make.submission(), by=make.desk(), note="")


# another window


@pytest.mark.parametrize(
    ("name", "step", "verdict"),
    [("out_of_scope", Step.OUT_OF_SCOPE, Verdict.OUT_OF_SCOPE), ("hand_on", Step.HANDED_ON, "")],
)
def test_leaving_early_names_the_next_window(name, step, verdict):
    case, desk = make.submission(), make.desk()

    moves.leave(case, name, by=desk, note="市民の声で受けるもの", next_place="市民の声 ")

    case = make.reload(case)
    assert (case.step, case.next_place, case.verdict) == (step, "市民の声", verdict)


@pytest.mark.parametrize("name", ["out_of_scope", "hand_on"])
def test_nobody_is_just_sent_away(name):
    with pytest.raises(NotAllowed, match="次の窓口"):
        moves.leave(make.submission(), name, by=make.desk(), note="理由", next_place="　")


def test_other_moves_name_no_next_window():
    with pytest.raises(NotAllowed, match="次の窓口を示しません"):
        moves.leave(make.submission(), "accept", by=make.desk(), note="", next_place="市民の声")


def test_after_the_gate_a_case_is_out_of_scope_and_not_handed_on():
    case, desk = make.proposal(Step.SORTING), make.desk()
    triage.pass_gate(case, by=desk, note="対象です。")

    with pytest.raises(NotAllowed, match="「対象外とする」を使う"):
        moves.leave(case, "hand_on", by=desk, note="理由", next_place="市民の声")


@pytest.mark.parametrize(
    "name", ["go", "no_go", "go_if", "lapse", "fulfil", "merge", "hand_on", "out_of_scope"]
)
def test_a_move_with_facts_of_its_own_has_its_own_screen(name):
    with pytest.raises(NotAllowed, match="専用の画面"):
        advance(make.submission(), name, by=make.desk(), note="理由")


@pytest.mark.parametrize(
    ("early", "step"), [("withdraw", Step.INTAKE), ("out_of_scope", Step.INTAKE), ("hand_on", Step.INTAKE)]
)
def test_a_case_that_left_early_is_taken_up_again(early, step):
    case, desk = make.submission(), make.desk()
    leave = advance if early == "withdraw" else moves.leave
    leave(case, early, by=desk, note="理由", **({} if early == "withdraw" else {"next_place": "市民の声"}))

    advance(case, "reopen", by=desk, note="もう一度相談があった")

    case = make.reload(case)
    assert (case.step, case.verdict, case.reopened_on) == (step, "", timezone.localdate())
