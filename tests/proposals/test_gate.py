"""受付の確かめ, each question answered; and the router: what is not for this desk gets a next place."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.models import OutgoingMail
from cityhall.refusal import NotAllowed
from proposals.eligibility import ELSEWHERE, EXCLUSIONS, QUESTIONS
from proposals.schemes import SCHEMES
from proposals.services import moves, triage
from proposals.workflow import Kind, Step
from tests import make

pytestmark = pytest.mark.django_db
NO = dict.fromkeys(QUESTIONS, "no")


@pytest.fixture
def case(desk):
    return make.proposal(Step.SORTING, by=desk)


def url(case, deed):
    return f"/admin/proposals/proposal/{case.number}/{deed}/"


def answer(case, desk, **answers):
    reasons = {key: "架空のわけ" for key, given in answers.items() if given == "yes"}
    return triage.pass_gate(case, by=desk, note="確かめました。", answers=NO | answers, reasons=reasons)


def post(client, case, **fields):
    return client.post(url(case, "gate"), {"version": case.version, "note": "確かめました。"} | fields)


# --- 受付の確かめ -----------------------------------------------------------------


def test_all_no_and_the_case_is_one_for_this_desk(case, desk):
    fits = answer(case, desk)

    record = case.records.get(kind=Kind.GATE)
    assert (fits, make.reload(case).is_eligible) == (True, True)
    assert record.data == {"answers": NO, "eligible": True}


@pytest.mark.parametrize("key", QUESTIONS)
def test_any_yes_and_it_is_not_with_the_reason_kept(case, desk, key):
    answer(case, desk, **{key: "yes"})

    record = case.records.get(kind=Kind.GATE)
    assert make.reload(case).is_eligible is False
    assert record.data["answers"][key] == "yes"
    assert f"{QUESTIONS[key]}：架空のわけ" in record.text.text


@pytest.mark.parametrize(
    ("answers", "reasons", "words"),
    [
        (NO | {"law": ""}, {}, "法令や公序良俗に反する"),
        (NO | {"law": "謎"}, {}, "選んでください"),
        ({}, {}, "選んでください"),
        (NO | {"sales": "yes"}, {"sales": "　"}, "わけをお書きください"),
    ],
)
def test_an_open_answer_and_a_yes_without_reason_are_refused(case, desk, answers, reasons, words):
    with pytest.raises(NotAllowed, match=words):
        triage.pass_gate(case, by=desk, note="確かめました。", answers=answers, reasons=reasons)


def test_the_form_asks_every_question(client, case):
    page = post(client, case, **{"law": "no"})

    missing = [key for key in QUESTIONS if page.context["forms"]["gate"].errors.get(key)]
    assert missing == [key for key in QUESTIONS if key != "law"]
    assert not case.records.filter(kind=Kind.GATE).exists()


def test_a_yes_asks_for_its_reason_and_keeps_the_answers(client, case):
    page = post(client, case, **NO | {"pfi": "yes"})

    form = page.context["forms"]["gate"]
    assert form.errors["pfi_why"]
    assert form["pfi"].value() == "yes"


def test_the_answers_stand_on_the_page_and_the_next_deed_names_the_way_on(client, case):
    post(client, case, **NO | {"other_scheme": "yes", "other_scheme_why": "後援名義が合うため"})

    page = client.get(url(case, "change"))

    assert "後援名義が合うため" in page.text
    assert page.context["deed"].title == "次の窓口を示してください。"
    assert "もう一度確かめる" in page.text


def test_looked_at_again_the_last_answer_counts(case, desk):
    answer(case, desk, other_scheme="yes")

    answer(make.reload(case), desk)

    assert make.reload(case).is_eligible


def test_the_questions_are_those_of_the_rule():
    assert (len(EXCLUSIONS), list(ELSEWHERE)) == (8, ["other_scheme", "pfi"])


# --- ほかの制度・窓口 ----------------------------------------------------------------


@pytest.mark.parametrize("name", ["hand_on", "out_of_scope"])
def test_a_scheme_chosen_fills_in_the_next_place(client, case, name):
    client.post(
        url(case, f"move/{name}"), {"version": case.version, "scheme": "pfi", "note": "施設の提案のため"}
    )

    case = make.reload(case)
    assert case.next_place == "PFI法第6条の提案（対象の施設を所管する課）"
    assert case.records.order_by("sequence").last().data["scheme"] == "pfi"


def test_each_scheme_says_when_it_fits_and_what_the_law_binds(client, case):
    page = client.get(url(case, "move/hand_on"))

    assert all(scheme.name in page.text and scheme.fits in page.text for scheme in SCHEMES)
    assert "遅滞なく、理由を付けて提案者に通知します" in page.text


@pytest.mark.parametrize("sent", [{}, {"scheme": "other"}])
def test_without_a_place_nobody_is_sent_on(client, case, sent):
    page = client.post(url(case, "move/hand_on"), {"version": case.version, "note": "理由"} | sent)

    assert page.context["form"].errors["next_place"]


def test_a_scheme_nobody_knows_is_refused(case, desk):
    with pytest.raises(NotAllowed, match="一覧にある制度"):
        moves.leave(case, "hand_on", by=desk, note="理由", next_place="どこか", scheme="謎")


def test_the_proposer_is_written_where_to_go_next(case, desk):
    OutgoingMail.objects.all().delete()

    moves.leave(case, "hand_on", by=desk, note="内部の理由", next_place="契約の担当課", scheme="tender")

    letter = OutgoingMail.objects.get()
    assert (letter.to, "契約の担当課" in letter.body) == (case.contact.email, True)
    assert "入札参加の登録をご案内します" in letter.body
    assert "内部の理由" not in letter.body


def test_who_was_told_at_once_or_later_is_recorded(client, case, desk):
    today = timezone.localdate()
    told = {"told_who": "契約の担当課 架空さん", "told_on": today}
    moves.leave(case, "hand_on", by=desk, note="理由", next_place="契約の担当課", **told)
    case = make.reload(case)

    client.post(
        url(case, "handed"), {"version": case.version, "who": "架空課長", "on": today, "text": "来週会う"}
    )

    texts = [r.text.text for r in case.records.order_by("sequence") if r.data.get("handed_to")]
    assert ["架空さん" in texts[0], "架空課長　来週会う" in texts[1]] == [True, True]
    assert "来週会う" in client.get(url(case, "change")).text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"who": "　"}, "話した人"),
        ({"on": timezone.localdate() + timedelta(9)}, "今日までの日"),
        ({"on": None}, "今日までの日"),
    ],
)
def test_a_telling_without_person_or_day_is_refused(case, desk, told, words):
    moves.leave(case, "hand_on", by=desk, note="理由", next_place="どこか")

    with pytest.raises(NotAllowed, match=words):
        moves.tell_next_place(
            make.reload(case), by=desk, **{"who": "架空さん", "on": timezone.localdate()} | told
        )


def test_a_case_of_this_desk_has_no_next_place_to_tell(case, desk):
    with pytest.raises(NotAllowed, match="次の窓口を示した案件"):
        moves.tell_next_place(case, by=desk, who="架空さん", on=timezone.localdate())
