"""案件のページ: what to do now, what else, and all there is to read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from proposals import guards
from proposals.desk.case import find_case
from proposals.desk.moves import PLACES, moves
from proposals.desk.next_deed import next_deed
from proposals.desk.opened import Opened
from proposals.models import Origin, Proposal, Track
from proposals.services import advance, decisions, hearings, matching, triage
from proposals.workflow import SIX_STEPS, WORKFLOW, Step
from tests import make

pytestmark = pytest.mark.django_db


def page_of(client, case):
    return client.get(f"/admin/proposals/proposal/{case.number}/change/")


def deed_of(case):
    opened = Opened(case.number, None)
    return next_deed(opened.case, opened.today, opened.clocks)


# --- who ------------------------------------------------------------------


@pytest.mark.parametrize("maker", ["manager", "admin"])
def test_nobody_but_the_desk_opens_a_case_here(client, maker):
    case = make.submission()
    client.force_login(getattr(make, maker)())

    assert page_of(client, case).status_code == 404


def test_a_number_nobody_has_is_not_found(client, desk):
    assert client.get("/admin/proposals/proposal/R8-9999/change/").status_code == 404
    assert client.get("/admin/proposals/proposal/1/change/").status_code == 404


# --- いますること ------------------------------------------------------------


def test_the_next_action_follows_the_way_of_a_case(desk):
    section = make.department("架空課")
    case = make.submission()
    asked = []

    def take_down():
        case.refresh_from_db()
        asked.append(deed_of(case).button)

    take_down()
    advance(case, "accept", by=desk)
    take_down()
    triage.pass_gate(case, by=desk, note="確かめました。")
    take_down()
    triage.summarise(case, by=desk, summary="要約")
    take_down()
    hearings.ask(case, section, by=desk, reason="近いため")
    take_down()
    advance(case, "start_hearing", by=desk)
    hearings.answer(case.hearings.get(), by=make.head(section), answer="yes")
    take_down()
    advance(case, "start_matching", by=desk)
    take_down()
    matching.choose_lead(case, section, by=desk)
    take_down()
    advance(case, "start_model", by=desk)
    take_down()
    matching.report_model_fixed(case, by=desk, label="架空の試行版", fixed_at=timezone.now())
    take_down()

    assert asked == [
        "受付を完了する",
        "確かめを書く",
        "要約を書く",
        "つなぐシートを書く",
        "③へ進める",
        "④へ進める",
        "会えそうな相手を見る",
        "⑤へ進める",
        "ロジックモデルをひらく",
        "判断に付す",
    ]


def test_while_a_section_answers_there_is_nothing_to_do(client, desk):
    case = make.proposal(Step.HEARING, by=desk, section=make.department("架空課"))

    deed = deed_of(case)

    assert (deed.title, deed.is_ours) == ("架空課の返事を待っています。", False)
    assert "いまは、することはありません。" in page_of(client, case).text


def test_a_late_answer_is_asked_for(desk):
    case = make.proposal(Step.HEARING, by=desk, section=make.department("架空課"))
    late = timezone.localdate() - timedelta(7)
    case.hearings.update(due_on=late)
    Proposal.objects.update(due_on=late)

    deed = deed_of(case)

    assert (deed.title, deed.is_ours) == ("架空課に、返事を確かめてください。", True)


def test_a_consultation_is_made_a_proposal_first(desk):
    assert deed_of(make.submission(track=Track.CONSULTATION)).button == "「提案」にする"


def test_a_held_case_is_looked_at_first(desk):
    case = make.submission()
    Proposal.objects.filter(pk=case.pk).update(is_held=True)

    assert deed_of(case).button == "確かめて受け入れる"


# --- ほかにできること ----------------------------------------------------------


@pytest.mark.parametrize("step", SIX_STEPS)
def test_every_move_of_the_desk_stands_there_in_process_order(desk, step):
    case = make.proposal(step, by=desk)

    offered = [move.row for move in moves(desk, find_case(case.number))]

    assert offered == [row for row in WORKFLOW.from_step(step) if row.role == "desk"]


def test_a_move_that_is_not_ready_says_what_is_missing_and_where_to_mend_it(desk):
    case = make.proposal(Step.SORTING, by=desk)

    first = moves(desk, find_case(case.number))[0]

    anchors = [url.partition("#")[2] for _, url in first.missing]
    assert anchors == ["gate", "sheets"]
    assert not first.is_at_once


@pytest.mark.parametrize("step", SIX_STEPS[:-1])
def test_every_guard_has_a_place_where_it_is_mended(desk, step):
    case = make.proposal(step, by=desk, track=Track.PROPOSAL)

    for row in WORKFLOW.from_step(step):
        for words in row.guard(case):
            assert any(word in words for word, _ in PLACES), words
    assert guards.to_leave_intake(make.submission(track=Track.CONSULTATION)) == [
        "「相談」を「提案」に切り替える"
    ]


def test_a_head_who_also_works_at_the_desk_decides_elsewhere(client, desk):
    section = make.department("架空課")
    make.posting(desk, "head", section)
    case = make.proposal(Step.DECISION, by=desk, section=section)

    page = page_of(client, case)

    assert [move.row.name for move in page.context["moves"]] == ["withdraw"]
    assert "/move/go/" not in page.text


# --- what there is to read --------------------------------------------------


def test_the_page_shows_the_proposers_words_and_the_desks(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    triage.summarise(case, by=desk, summary="架空の要約です。")

    page = page_of(client, case).text

    assert "夕食を届けるときに声をかけ" in page
    assert "架空の要約です。" in page
    assert "第1版" in page


def test_the_record_tells_who_in_which_posting_newest_first(client, desk):
    case = make.proposal(Step.HEARING, by=desk, section=make.department("架空課"))

    lines = page_of(client, case).context["trail"]

    assert lines[0]["words"].startswith("②内容整理")
    assert lines[0]["name"] == f"市民協働課 窓口　{desk}"
    assert lines[-1]["name"] == "提案者"


def test_the_decision_is_read_only(client, desk):
    section = make.department("架空課")
    case = make.proposal(Step.DECISION, by=desk, section=section)
    decisions.decide(
        case,
        "in_principle",
        by=make.head(section),
        decided_on=timezone.localdate(),
        reason="考え方に賛成します。",
        draft_number="架-1",
    )

    page = page_of(client, case).text

    assert "考え方に賛成します。" in page
    assert "起案番号 架-1" in page


def test_what_the_old_ledger_does_not_hold_says_so(client, desk):
    case = make.submission()
    Proposal.objects.filter(pk=case.pk).update(origin=Origin.LEDGER)

    facts = {fact["term"]: fact["value"] for fact in page_of(client, case).context["facts"]}

    assert facts["庁内調整開始"] == "台帳に記載なし"
    assert facts["所管課"] == "台帳に記載なし"
