import re

import pytest
from django.test import Client
from django.urls import reverse

from proposals.models import Proposal, ReceiptCode, Submission, Track
from proposals.services import advance
from proposals.workflow import Step
from tests import make
from tests.make_public import propose
from tests.proposals.test_propose_form import open_theme

pytestmark = pytest.mark.django_db

CODE = re.compile(r"(?:[2-9A-HJKMNP-Z]{5}-){5}[2-9A-HJKMNP-Z]{5}")
PAGES = ["landing", "propose", "receipt", "themes", "handling", "privacy", "accessibility"]


@pytest.fixture
def visitor():
    return Client()


def words(response):
    return response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_anybody_may_read_every_public_page(visitor, page):
    response = visitor.get(reverse(f"public:{page}"))

    assert response.status_code == 200
    assert words(response).count("<h1>") == 1


# --- landing and themes ---------------------------------------------------


def test_the_landing_page_invites_to_the_open_themes(visitor):
    theme = open_theme()

    page = words(visitor.get("/"))

    assert theme.title in page
    assert "困りごとをすべて見る（1件）" in page


def test_without_a_theme_the_landing_page_says_so_calmly(visitor):
    assert "いま公開している困りごとはありません。" in words(visitor.get("/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_themes_asks_as_much_for_one_as_for_three(visitor, django_assert_num_queries, count):
    for _ in range(count):
        open_theme()

    with django_assert_num_queries(1):
        visitor.get(reverse("public:themes"))


def test_a_form_of_another_page_that_came_too_late_offers_to_be_sent_again():
    visitor = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})

    response = visitor.post(reverse("public:receipt"), {"number": "R8-0001", "code": "あ" * 50})

    assert response.status_code == 403
    assert "あ" * 50 in words(response)


def test_a_form_of_another_site_is_not_offered_again():
    visitor = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver.example"})

    response = visitor.post(reverse("public:receipt"), {"number": "R8-0001", "code": "あ" * 50})

    assert response.status_code == 403
    assert "あ" * 50 not in words(response)


# --- following ------------------------------------------------------------


def look(visitor, number, code):
    return visitor.post(reverse("public:receipt"), {"number": number, "code": code}, follow=True)


def test_number_and_code_open_the_receipt_however_they_are_typed(visitor):
    code = "23456-789AB-CDEFG-HJKMN-PQRST-UVWXY"
    case = make.submission(code=code)

    response = look(visitor, f"ｒ８ー{case.number[-4:]}", code.lower().replace("-", " "))

    assert response.context["proposal"] == case


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(visitor):
    code = "23456-789AB-CDEFG-HJKMN-PQRST-UVWXY"
    case = make.submission(code=code)

    answers = [look(visitor, case.number, "2" * 30), look(visitor, "R8-9999", code)]

    assert {tuple(a.context["form"].non_field_errors()) for a in answers} == {
        ("受付番号と確認番号を、控えのとおりに入れてください。全角・半角、ハイフンの有無は問いません。",)
    }


def test_a_revoked_code_shuts_a_receipt_that_is_already_open(visitor):
    propose(visitor)

    ReceiptCode.objects.update(revoked_at="2026-11-20T00:00:00+09:00")

    assert "form" in visitor.get(reverse("public:receipt")).context


def test_a_receipt_closed_by_its_reader_asks_for_the_number_again(visitor):
    propose(visitor)

    visitor.post(reverse("public:close_receipt"))

    assert "form" in visitor.get(reverse("public:receipt")).context


def test_the_receipt_opens_no_staff_room(visitor):
    propose(visitor)

    response = visitor.get("/section/")

    assert response.status_code == 302
    assert "sessionid" not in visitor.cookies


def receipt_of(case, code):
    return look(Client(), case.number, code)


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
def test_the_receipt_tells_step_and_turn_in_public_words(step, place, turn):
    code = "23456-789AB-CDEFG-HJKMN-PQRST-UVWXY"
    case = make.proposal(step, code=code)

    strip = receipt_of(case, code).context["strip"]

    assert (strip["step"], strip["turn"], strip["until"]) == (place, turn, "決まりしだい")


def test_a_verdict_not_announced_never_shows():
    code = "23456-789AB-CDEFG-HJKMN-PQRST-UVWXY"
    section = make.department("架空の所管課")
    case = make.proposal(Step.DECISION, code=code, section=section)
    Proposal.objects.filter(pk=case.pk).update(
        step=Step.DECLINED, holder="", verdict="declined", verdict_on=case.first_contact_on
    )

    response = receipt_of(case, code)

    assert response.context["strip"]["step"] == "⑥ 担当課の判断"
    assert response.context["strip"]["turn_note"] == "担当する課が判断しています"
    assert "見送" not in words(response)


def test_a_case_that_left_early_shows_the_step_it_had_reached():
    code = "23456-789AB-CDEFG-HJKMN-PQRST-UVWXY"
    case = make.proposal(Step.SORTING, code=code)
    advance(case, "withdraw", by=make.desk(), note="提案者から電話があったため")

    assert receipt_of(case, code).context["strip"]["step"] == "② 内容の整理"


def test_steps_behind_the_case_carry_their_days_and_those_ahead_what_happens_there():
    code = "23456-789AB-CDEFG-HJKMN-PQRST-UVWXY"
    case = make.proposal(Step.SORTING, code=code)

    stages = receipt_of(case, code).context["stages"]

    assert [stage["state"] for stage in stages] == ["done", "now", *["later"] * 4]
    assert [bool(stage["dates"]) for stage in stages] == [True, True, False, False, False, False]
