"""Each move of the desk is its own POST; none is made by saving, by looking or by the wrong person."""

import pytest

from proposals.services import advance, triage
from proposals.workflow import DECISIONS, Step
from tests import make

pytestmark = pytest.mark.django_db


def url(case, move):
    return f"/admin/proposals/proposal/{case.number}/move/{move}/"


def send(client, case, move, **fields):
    case.refresh_from_db()
    return client.post(url(case, move), {"version": case.version, **fields})


def test_a_ready_move_is_made_by_its_own_button(client, desk):
    case = make.submission()

    response = send(client, case, "accept")

    assert response.url == f"/admin/proposals/proposal/{case.number}/change/"
    assert make.reload(case).step == Step.SORTING


def test_looking_at_a_move_makes_nothing(client, desk):
    case = make.submission()

    page = client.get(url(case, "accept"))

    assert page.status_code == 200
    assert make.reload(case).step == Step.INTAKE


def test_a_move_that_is_not_ready_lists_what_is_missing_and_refuses(client, desk):
    case = make.proposal(Step.SORTING, by=desk)

    page = client.get(url(case, "start_hearing"))
    refused = send(client, case, "start_hearing")

    assert "あと2つ、そろうと進めます。" in page.text
    assert "の前に、次のことが必要です。" in refused.text
    assert make.reload(case).step == Step.SORTING


def test_going_back_needs_a_reason_and_keeps_what_was_typed(client, desk):
    case = make.proposal(Step.HEARING, by=desk)

    empty = send(client, case, "back_to_sorting", note="　")
    done = send(client, case, "back_to_sorting", note="要点が変わったため")

    assert "お書きください。" in empty.text
    assert done.status_code == 302
    assert case.records.order_by("sequence").last().text.text == "要点が変わったため"


@pytest.mark.parametrize("move", [*DECISIONS, "back_to_model", "fulfil", "lapse", "step", "delete"])
def test_what_only_a_head_does_is_not_here(client, desk, move):
    section = make.department("架空課")
    make.posting(desk, "head", section)
    case = make.proposal(Step.DECISION, by=desk, section=section)

    assert client.get(url(case, move)).status_code == 404
    assert send(client, case, move, note="理由").status_code == 404
    assert make.reload(case).step == Step.DECISION


def test_referring_tells_who_will_see_it_before_it_happens(client, desk):
    case = make.proposal(Step.LOGIC_MODEL, by=desk)

    page = client.get(f"/admin/proposals/proposal/{case.number}/change/")

    refer = next(move for move in page.context["moves"] if move.row.name == "refer")
    assert not refer.is_at_once


def test_nobody_is_sent_away_without_a_next_place(client, desk):
    case = make.submission()

    empty = send(client, case, "out_of_scope", note="営業だけのため", next_place="")
    send(client, case, "out_of_scope", note="営業だけのため", next_place="架空の窓口")

    case.refresh_from_db()
    assert "お書きください。" in empty.text
    assert (case.step, case.next_place) == (Step.OUT_OF_SCOPE, "架空の窓口")


def test_a_case_is_handed_on(client, desk):
    case = make.submission()

    send(client, case, "hand_on", note="別の制度が合うため", next_place="相互提案型協働事業")

    assert make.reload(case).step == Step.HANDED_ON


def test_merging_has_a_page_of_its_own(client, desk):
    case = make.submission()

    assert client.get(url(case, "merge")).url == f"/admin/proposals/proposal/{case.number}/merge/"


def test_a_closed_case_is_taken_up_again(client, desk):
    case = make.submission()
    advance(case, "withdraw", by=desk, note="申し出があったため")

    send(client, case, "reopen", note="もう一度と申し出があったため")

    assert make.reload(case).step == Step.INTAKE


def test_a_second_press_is_told_and_moves_nothing(client, desk):
    case = make.submission()
    opened = {"version": case.version}
    client.post(url(case, "accept"), opened)

    again = client.post(url(case, "accept"), opened)

    assert again.status_code == 409
    assert "ほかの人が先に保存しました" in again.text
    assert make.reload(case).step == Step.SORTING


def test_a_move_from_another_step_is_told_on_the_cases_page(client, desk):
    case = make.submission()

    response = client.get(url(case, "refer"), follow=True)

    assert "いまの段階では、この動作は行えません。" in response.text


def test_a_page_without_its_version_moves_nothing(client, desk):
    case = make.submission()

    page = client.post(url(case, "accept"), {})

    assert page.status_code == 200
    assert make.reload(case).step == Step.INTAKE


def test_a_reason_typed_on_an_overtaken_page_stays(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    opened = {"version": case.version, "note": "長く考えた理由"}
    triage.pass_gate(case, by=desk, note="確かめました。")

    page = client.post(url(case, "back_to_intake"), opened)

    assert page.status_code == 409
    assert "長く考えた理由" in page.text
