"""記録: every record in words, what changed from what to what, by kind and a page at a time."""

import pytest

from proposals.models import ReplyText
from proposals.services import advance, todos, triage, undoing
from proposals.services.recording import note_fact
from proposals.workflow import Kind, Step
from tests import make, make_care

pytestmark = pytest.mark.django_db


def history(client, case, query=""):
    return client.get(f"/admin/proposals/proposal/{case.number}/history/{query}")


def test_a_changed_summary_shows_old_and_new(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    triage.summarise(case, by=desk, summary="架空の要約。")
    triage.summarise(case, by=desk, summary="架空の要約、直した。")

    change = history(client, case).context["lines"][0]["changes"][0]

    assert change["term"] == "窓口の要約"
    assert {kind for kind, _ in change["words"]} >= {"added"}


def test_an_officer_who_has_left_is_still_named(client, desk):
    case, colleague = make.submission(), make.desk(name="架空の前任")
    triage.summarise(case, by=desk, summary="", officer=colleague)
    triage.summarise(case, by=desk, summary="", officer=desk)

    change = history(client, case).context["lines"][0]["changes"][0]

    assert change["words"][0] == ("gone", "架空の前任")


def test_the_kinds_narrow_and_a_kind_nobody_knows_is_answered_400(client, desk):
    case = make.proposal(Step.HEARING, by=desk)

    moves = history(client, case, "?kind=moves").context["lines"]

    assert [line["words"].count("→") for line in moves[:-1]] == [1] * (len(moves) - 1)
    assert history(client, case, "?kind=謎").status_code == 400
    assert history(client, case, "?from=-1").status_code == 400


def test_long_words_are_folded(client, desk):
    case = make.submission()
    todos.write_note(case, by=desk, text="架空の長い覚え。" * 30, key="n1")

    line = history(client, case).context["lines"][0]

    assert line["long"].startswith("架空の長い覚え。")
    assert "架空の長い覚え" not in line["words"]


def test_an_undone_move_says_so_and_is_no_correction(client, desk):
    case = make.submission()
    advance(case, "accept", by=desk)
    undoing.undo(case, by=desk)

    undone, move = history(client, case).context["lines"][:2]

    assert undone["words"].startswith("直前の動作を取り消し、①受付に戻しました")
    assert "（のちに取消し）" in move["words"]


def test_a_page_holds_fifty_and_two_hundred_cost_no_more_than_ten(
    client, desk, django_assert_max_num_queries
):
    case = make.proposal(Step.SORTING, by=desk)
    history(client, case)
    with django_assert_max_num_queries(15) as few:
        history(client, case)
    for n in range(200):
        make_care.encounter(case, desk, text=f"架空の電話{n}")

    with django_assert_max_num_queries(15) as many:
        first = history(client, case)

    assert len(few) == len(many)
    assert len(first.context["lines"]) == 50
    assert len(client.get(first.context["next_url"]).context["lines"]) == 50


def test_the_case_page_shows_the_latest_twenty(client, desk):
    case = make.submission()
    for n in range(30):
        note_fact(case, Kind.NOTE, actor=desk.postings.get(), text=f"覚え{n}")

    page = client.get(f"/admin/proposals/proposal/{case.number}/change/")

    assert len(page.context["trail"]) == 20
    assert "すべての記録を見る（32件" in page.text


# --- 文例 -------------------------------------------------------------------


def test_a_text_to_reuse_goes_into_what_is_being_written_and_nothing_is_lost(client, desk):
    case = make.submission()
    text = ReplyText.objects.create(title="架空のお礼", text="ご提案をありがとうございます。")
    address = f"/admin/proposals/proposal/{case.number}/talk/texts/"
    typed = {"kind": "tell", "text": "架空の書きかけ", "key": "k1", "version": 1}

    choice = client.post(address, typed)
    page = client.post(address, typed | {"choose": text.pk})

    assert "架空のお礼" in choice.text
    assert page.context["forms"]["talk"]["text"].value() == "架空の書きかけ\n\nご提案をありがとうございます。"
    assert page.context["forms"]["talk"]["kind"].value() == "tell"
    assert not case.messages.exists()


def test_a_text_no_longer_used_is_not_offered(client, desk):
    case = make.submission()
    ReplyText.objects.create(title="架空の古い文", text="古い。", is_used=False)

    assert "架空の古い文" not in client.get(f"/admin/proposals/proposal/{case.number}/talk/texts/").text
