"""What the desk writes on a case: kept when refused, shown beside a colleague's when overtaken."""

import pytest

from cityhall.models import OutgoingMail
from proposals.eligibility import QUESTIONS
from proposals.models import Proposal, Track
from proposals.services import hearings, triage
from proposals.workflow import Kind, Step
from tests import make

pytestmark = pytest.mark.django_db


def url(case, deed):
    return f"/admin/proposals/proposal/{case.number}/{deed}/"


def send(client, case, deed, **fields):
    case.refresh_from_db()
    return client.post(url(case, deed), {"version": case.version, **fields})


def summary(case, words, officer=""):
    return {"was": f"{case.officer_id or ''}\n{case.summary}", "summary": words, "officer": officer}


# --- 要約 -------------------------------------------------------------------


def test_the_summary_is_saved_with_its_officer_and_leaves_a_record(client, desk):
    case = make.proposal(Step.SORTING, by=desk)

    send(client, case, "summary", **summary(case, "架空の要約", desk.pk))

    case.refresh_from_db()
    assert (case.summary, case.officer) == ("架空の要約", desk)
    assert case.records.get(kind=Kind.NOTE, by=desk).data == {
        "changed": ["officer", "summary"],
        "values": {"officer": [None, desk.pk]},
    }


def test_a_stale_summary_shows_both_texts_and_loses_none(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    opened = {"version": case.version, **summary(case, "あなたの文")}
    triage.summarise(case, by=make.desk(name="架空同僚"), summary="同僚の文")

    page = client.post(url(case, "summary"), opened)

    case.refresh_from_db()
    assert page.status_code == 409
    assert case.summary == "同僚の文"
    for words in ("同僚の文", "あなたの文", "架空同僚", "まだ何も失われていません。"):
        assert words in page.text


def test_what_others_did_elsewhere_on_the_case_is_no_conflict(client, desk):
    section = make.department("架空課")
    case = make.proposal(Step.HEARING, by=desk, section=section)
    opened = {"version": case.version, **summary(case, "あなたの文")}
    hearings.answer(case.hearings.get(), by=make.head(section), answer="yes")

    response = client.post(url(case, "summary"), opened)

    assert response.status_code == 302
    assert make.reload(case).summary == "あなたの文"


def test_a_summary_never_moves_a_step(client, desk):
    case = make.proposal(Step.SORTING, by=desk)

    send(client, case, "summary", **summary(case, "文"), step="adopted", holder="", verdict="adopted")

    assert make.reload(case).step == Step.SORTING


def test_a_summary_with_broken_signs_comes_back_with_what_was_typed(client, desk):
    case = make.proposal(Step.SORTING, by=desk)

    page = send(client, case, "summary", **summary(case, "文\x07です"))

    assert page.status_code == 200
    assert "目に見えない制御文字" in page.text


# --- 受付の確かめ・つなぐシート・所管課 -----------------------------------------------


def test_the_gate_is_passed_with_a_sentence(client, desk):
    case = make.proposal(Step.SORTING, by=desk)

    no = dict.fromkeys(QUESTIONS, "no")

    empty = send(client, case, "gate", note=" ", **no)
    send(client, case, "gate", note="対象外の事由に当たりません。", **no)

    assert "お書きください。" in empty.text
    assert make.reload(case).is_eligible


def sheets_to(*sections, **typed):
    """The desk's form with a row for each section."""
    rows = {f"section{n}": section.pk for n, section in enumerate(sections, start=1)}
    return rows | {f"due{n}": "2099-04-01" for n in range(1, len(sections) + 1)} | typed


def test_several_sections_are_asked_at_once(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    sections = [make.department(f"架空{n}課", email=f"ka{n}@example.com") for n in "一二三"]

    send(
        client,
        case,
        "ask",
        **sheets_to(*sections, reason1="同じ困りごとに近いため", request2="judge", reason3="三課だけの理由"),
    )

    sent = [(sheet.department, sheet.request, sheet.reason) for sheet in case.hearings.all()]
    assert sent == [
        (sections[0], "tell", "同じ困りごとに近いため"),
        (sections[1], "judge", "同じ困りごとに近いため"),
        (sections[2], "tell", "三課だけの理由"),
    ]
    assert OutgoingMail.objects.filter(key__contains=":sheet:").count() == 3


def test_a_section_is_not_asked_twice_in_one_press(client, desk):
    case, section = make.proposal(Step.SORTING, by=desk), make.department("架空一課")

    page = send(client, case, "ask", **sheets_to(section, section, reason1="近いため"))

    assert page.context["forms"]["ask"].errors["section2"] == ["同じ課を2度選んでいます。"]
    assert not case.hearings.exists()


def test_topics_and_care_go_to_every_section(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    sections = [make.department(f"架空{n}課") for n in "一二"]
    told = {"topics": ["高齢・介護", "居場所・つながり"], "care": "電話は午後に"}

    send(client, case, "ask", **sheets_to(*sections, reason1="近いため"), **told)

    found = [(sheet.topics, sheet.care) for sheet in case.hearings.all()]
    assert found == [(told["topics"], told["care"])] * 2


def test_there_is_room_for_more_sections_and_what_was_typed_stays(client, desk):
    case, section = make.proposal(Step.SORTING, by=desk), make.department("架空一課")

    page = send(client, case, "ask", go="more", **sheets_to(section, reason1="書きかけの理由"))

    assert len(page.context["forms"]["ask"].rows) == 6
    assert "書きかけの理由" in page.text
    assert not case.hearings.exists()


def test_either_all_sections_are_asked_or_none(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    first, second = make.department("架空一課"), make.department("架空二課")
    hearings.ask(case, second, by=desk, reason="近いため")

    page = send(
        client,
        case,
        "ask",
        **sheets_to(first, second, reason1="ことば"),
    )

    assert "架空二課には、もう尋ねています。" in page.text
    assert "ことば" in page.text
    assert [sheet.department for sheet in case.hearings.all()] == [second]


def test_a_sheet_needs_a_section_a_reason_and_a_day_to_come(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    section = make.department("架空課")

    empty = send(client, case, "ask", **sheets_to(section, due1="いつか"))
    none = send(client, case, "ask", reason2="だれへ")
    past = send(client, case, "ask", **sheets_to(section, reason1="近い", due1="2020-04-01"))

    assert set(empty.context["forms"]["ask"].errors) == {"reason1", "due1"}
    assert set(none.context["forms"]["ask"].errors) == {"section1", "section2"}
    assert "返事の期限は、今日より後の日にしてください。" in past.text
    assert not case.hearings.exists()


def test_a_section_is_no_longer_waited_for_with_a_reason(client, desk):
    case = make.proposal(Step.HEARING, by=desk)

    empty = send(client, case, "waive/1", reason="")
    done = send(client, case, "waive/1", reason="ほかの課で足りるため")

    assert (empty.status_code, done.status_code) == (200, 302)
    assert case.hearings.get().waived_reason == "ほかの課で足りるため"
    assert client.get(url(case, "waive/2")).status_code == 404


def test_the_section_in_charge_is_named(client, desk):
    case = make.proposal(Step.MATCHING, by=desk)
    section = make.department("架空課")

    send(client, case, "lead", department=section.pk, note="いちばん近いため")

    assert make.reload(case).department == section


def test_a_page_opened_too_early_is_told_and_keeps_what_was_typed(client, desk):
    case = make.proposal(Step.MATCHING, by=desk)
    section = make.department("架空課")
    triage.summarise(case, by=desk, summary="ほかの人の文")

    page = client.post(
        url(case, "lead"), {"version": 1, "department": section.pk, "note": "いちばん近いため"}
    )
    again = page.context["forms"]["lead"]["version"].value()

    assert "ほかの人が先に保存しました" in page.text
    assert "いちばん近いため" in page.text
    assert again == make.reload(case).version


# --- pages of their own -----------------------------------------------------


def test_a_consultation_becomes_a_proposal(client, desk):
    case = make.submission(track=Track.CONSULTATION)

    early = send(client, case, "receive", on="2020-04-01")
    send(client, case, "receive", on=str(case.first_contact_on))

    assert "受付日は、初回相談日から今日までの日にしてください。" in early.text
    assert make.reload(case).track == Track.PROPOSAL


def test_a_held_case_is_let_in_once(client, desk):
    case = make.submission()
    Proposal.objects.filter(pk=case.pk).update(is_held=True)

    send(client, case, "release")
    again = send(client, case, "release")

    assert not make.reload(case).is_held
    assert "もう確かめが済んでいます。" in again.text


@pytest.mark.parametrize("deed", ["summary", "gate", "ask", "lead"])
def test_a_deed_is_never_done_by_looking(client, desk, deed):
    case = make.proposal(Step.SORTING, by=desk)

    assert client.get(url(case, deed)).status_code == 302


@pytest.mark.parametrize(
    "deed", ["change", "summary", "gate", "ask", "lead", "receive", "release", "waive/1", "move/accept"]
)
@pytest.mark.parametrize("maker", ["manager", "admin"])
def test_nobody_else_does_anything_here(client, deed, maker):
    case = make.submission()
    client.force_login(getattr(make, maker)())

    assert client.post(url(case, deed), {"version": case.version, "note": "x"}).status_code == 404
    assert make.reload(case).version == case.version
