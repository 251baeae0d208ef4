"""1つにまとめる: both looked at first, nothing left waiting, the proposer told, and taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.models import ActedAs, OutgoingMail
from cityhall.refusal import NotAllowed
from kpi import queries as figures
from kpi.snapshot import Snapshot
from proposals.models import Proposal, Todo
from proposals.services import conversation, doubles, hearings, moves
from proposals.services.recording import correct
from proposals.workflow import Holder, Kind, Step
from tests import make
from tests.make_talk import ask

pytestmark = pytest.mark.django_db


def url(case):
    return f"/admin/proposals/proposal/{case.number}/merge/"


def send(client, case, into, note="同じ提案のため"):
    case.refresh_from_db()
    return client.post(url(case), {"version": case.version, "other": into, "note": note})


def spoken_to(case, days):
    """The same case, with a first contact so many days earlier."""
    first = case.records.get(kind=Kind.FIRST_CONTACT)
    correct(first, actor=ActedAs.SYSTEM, on=first.on - timedelta(days), reason="電話が先にあった")
    return make.reload(case)


def received():
    today = timezone.localdate()
    return len(figures.received(Snapshot(today), Snapshot(today).on.year - (today.month < 4)))


# --- the page ---------------------------------------------------------------


def test_the_likely_originals_are_offered_with_their_reasons(client, desk):
    original, double = make.submission(), make.submission()

    page = client.get(url(double)).text

    assert f"?into={original.number}" in page
    assert "件名が同じです。" in page


def test_an_original_is_named_by_its_number_in_any_width(client, desk):
    original, double = make.submission(), make.submission()
    typed = original.number.lower().replace("r", "ｒ")

    page = client.get(url(double), {"into": typed}).text

    assert f"{double.number} を {original.number} にまとめる" in page


@pytest.mark.parametrize("typed", ["R8-9999", "", "<b>"])
def test_a_number_there_is_not_is_told_beside_the_field(client, desk, typed):
    page = client.get(url(make.submission()), {"into": typed})

    assert (page.status_code, "＊" in page.text) == (200, True)


def test_both_stand_side_by_side_with_all_that_would_follow(client, desk):
    original, double = make.submission(), spoken_to(make.proposal(Step.HEARING, by=desk), days=3)
    ask(double, desk)

    page = client.get(url(double), {"into": original.number})

    said = "".join(page.context["consequences"])
    assert "初回相談日は、早いほうの" in said
    assert "指標から外れます" in said
    assert "架空の所管課の返事は、待たないことになります" in said
    assert "お尋ねは、終わったことになります" in said
    assert "番号は伝えません" in said
    assert make.reload(double).step == Step.HEARING


def test_a_double_is_closed_into_the_case_chosen(client, desk):
    original, double = make.submission(), make.submission()

    done = send(client, double, original.number)

    assert done.url == f"/admin/proposals/proposal/{original.number}/change/"
    assert (make.reload(double).step, make.reload(double).merged_into) == (Step.MERGED, original)


def test_a_second_press_is_told_and_merges_nothing(client, desk):
    original, double, opened = make.submission(), make.submission(), {"note": "同じため"}
    opened |= {"version": double.version, "other": original.number}
    client.post(url(double), opened)

    again = client.post(url(double), opened)

    assert again.status_code == 409
    assert original.records.filter(kind=Kind.MERGED).count() == 0


def test_a_case_that_has_ended_is_not_merged(client, desk):
    case = make.submission()
    moves.advance(case, "withdraw", by=desk, note="申し出のため")

    assert "まとめられるのは、①〜⑤の案件だけです。" in client.get(url(case), follow=True).text


def test_the_originals_page_shows_what_was_merged_into_it(client, desk):
    original, double = make.submission(), make.submission()
    doubles.merge(double, original, by=desk, note="同じ")

    page = client.get(f"/admin/proposals/proposal/{original.number}/change/").text

    assert f"{double.number} {double.title}" in page


# --- what happens -----------------------------------------------------------


@pytest.mark.both
def test_nothing_of_the_double_is_left_waiting(desk):
    original, double = make.submission(), make.proposal(Step.HEARING, by=desk)
    ask(double, desk)
    todo = Todo.objects.create(proposal=double, key="t1", text="電話をかける")

    doubles.merge(make.reload(double), original, by=desk, note="同じ")

    double, todo = make.reload(double), Todo.objects.get(pk=todo.pk)
    assert not double.hearings.open().exists()
    assert not double.messages.open_questions().exists()
    assert (double.holder, double.due_on, todo.proposal) == ("", None, original)
    assert f"{original.number} にまとめたため" == double.hearings.get().waived_reason


def test_a_section_whose_sheet_ended_so_need_not_answer(desk):
    double = make.proposal(Step.HEARING, by=desk)
    sheet = double.hearings.get()
    doubles.merge(double, make.submission(), by=desk, note="同じ")

    with pytest.raises(NotAllowed, match="お返事は要りません"):
        hearings.answer(sheet, by=make.head(sheet.department), answer="yes")


@pytest.mark.parametrize("is_ours", [True, False])
def test_its_proposer_is_told_and_the_number_only_within_the_organisation(desk, is_ours):
    original, double = make.submission(), make.submission()
    if is_ours:
        Proposal.objects.filter(pk=double.pk).update(organization=original.organization)

    doubles.merge(make.reload(double), make.reload(original), by=desk, note="同じ")

    letter = OutgoingMail.objects.get(about=double.number, subject__contains="1つにまとめました")
    assert (original.number in letter.body) == is_ours


def test_what_the_proposer_wrote_on_the_original_stays_news(desk):
    original, double = make.submission(), spoken_to(make.submission(), days=3)
    conversation.reply(original, text="質問があります。", key="k")

    doubles.merge(double, original, by=desk, note="同じ")

    assert make.reload(original).news == Kind.REPLY


# --- taken back -------------------------------------------------------------


@pytest.mark.both
def test_a_wrong_merging_is_taken_back_with_its_figures_and_days(desk):
    original, double = make.submission(), spoken_to(make.submission(), days=5)
    own_day, before = original.first_contact_on, received()
    doubles.merge(double, original, by=desk, note="同じ")
    between = received()

    doubles.unmerge(make.reload(double), by=desk, note="別の内容だったため")

    double, original = make.reload(double), make.reload(original)
    assert (before, between, received()) == (2, 1, 2)
    assert (double.step, double.merged_into, double.merged_on) == (Step.INTAKE, None, None)
    assert (double.holder, original.first_contact_on) == (Holder.DESK, own_day)


def test_the_original_keeps_the_first_contact_of_its_other_double(desk):
    original = make.submission()
    early, later = (spoken_to(make.submission(), days=days) for days in (5, 3))
    doubles.merge(early, original, by=desk, note="同じ")
    doubles.merge(later, make.reload(original), by=desk, note="同じ")

    doubles.unmerge(make.reload(early), by=desk, note="別の内容だったため")

    assert make.reload(original).first_contact_on == later.first_contact_on


def test_the_desk_takes_it_back_on_the_page_of_the_double(client, desk):
    original, double = make.submission(), make.submission()
    doubles.merge(double, original, by=desk, note="同じ")
    double = make.reload(double)
    move = f"/admin/proposals/proposal/{double.number}/move/unmerge/"

    client.post(move, {"version": double.version, "note": "別の内容だったため"})

    assert make.reload(double).step == Step.INTAKE


def test_what_is_no_double_is_not_taken_back(desk):
    with pytest.raises(NotAllowed, match="この動作は行えません"):
        doubles.unmerge(make.submission(), by=desk, note="理由")
