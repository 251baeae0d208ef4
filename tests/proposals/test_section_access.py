"""Who may open which page of 課のまど, and who is told that there is no such page."""

import pytest

from proposals.services import matching
from tests import make, make_section

pytestmark = pytest.mark.django_db

PEOPLE = ["desk", "member", "head", "other_member", "other_head", "manager", "admin", "anonymous"]
LOGIN, GONE, OK, ELSEWHERE = 302, 404, 200, 302
HEADS_ONLY = [GONE, ELSEWHERE, OK, GONE, GONE, GONE, GONE, LOGIN]
OF_THE_SECTION = [GONE, OK, OK, GONE, GONE, GONE, GONE, LOGIN]
MAY = {
    "/section/": [ELSEWHERE, OK, OK, OK, OK, ELSEWHERE, GONE, LOGIN],
    "/section/sheets/{asked}/1/": [GONE, OK, OK, GONE, GONE, GONE, GONE, LOGIN],
    "/section/cases/{asked}/": [OK, OK, OK, GONE, GONE, OK, GONE, LOGIN],
    "/section/cases/{before_six}/": [OK, OK, OK, GONE, GONE, OK, GONE, LOGIN],
    "/section/cases/{before_six}/decide/": OF_THE_SECTION,
    "/section/cases/{before_six}/fairness/": OF_THE_SECTION,
    "/section/cases/{before_six}/consent/": [
        GONE,
        ELSEWHERE,
        ELSEWHERE,
        *[GONE] * 4,
        LOGIN,
    ],
    "/section/cases/{conditional}/decisions/1/": [OK, OK, OK, GONE, GONE, OK, GONE, LOGIN],
    "/section/cases/{before_six}/send-back/": HEADS_ONLY,
    "/section/cases/{conditional}/conditions/": HEADS_ONLY,
}
POSTS = ["conditions/1/", "conditions/fulfil/", "conditions/lapse/"]


@pytest.fixture
def section():
    return make.department("こども家庭課")


@pytest.fixture
def people(section):
    other = make.department("都市整備課")
    return {
        "desk": make.desk(),
        "member": make.member(section),
        "head": make.head(section),
        "other_member": make.member(other),
        "other_head": make.head(other),
        "manager": make.manager(),
        "admin": make.admin(),
        "anonymous": None,
    }


@pytest.mark.parametrize("page", MAY)
def test_each_page_opens_for_whom_it_is_meant(page, section, people):
    numbers = {
        "asked": make_section.asked(section).number,
        "before_six": make_section.to_decide(section).number,
        "conditional": make_section.conditional(people["head"], section).number,
    }
    url = page.format(**numbers)

    found = [make_section.visit(people[name]).get(url).status_code for name in PEOPLE]

    assert dict(zip(PEOPLE, found, strict=True)) == dict(zip(PEOPLE, MAY[page], strict=True))


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("conditions", "条件の確認は、こども家庭課の所属長が行います。"),
        ("consent", "共管の同意は、共管の課の所属長が記録します。"),
    ],
)
def test_a_member_who_follows_a_letter_for_heads_reads_the_case_and_whose_it_is(page, told, section, people):
    case = make_section.conditional(people["head"], section)
    url = f"/section/cases/{case.number}/{page}/"

    answer = make_section.visit(people["member"]).get(url, follow=True)

    assert answer.redirect_chain == [(f"/section/cases/{case.number}/", 302)]
    assert told in answer.content.decode()


def test_a_section_that_was_asked_is_led_from_the_decision_to_the_case(section, people):
    asked = make.department("架空の尋ねられた課")
    case = make_section.asked(asked)
    matching.choose_lead(case, section, by=people["desk"])

    answer = make_section.visit(make.head(asked)).get(f"/section/cases/{case.number}/decide/", follow=True)

    assert "判断は、こども家庭課が行います。" in answer.content.decode()


@pytest.mark.parametrize("action", POSTS)
def test_conditions_are_settled_by_nobody_but_the_head(action, section, people):
    case = make_section.conditional(people["head"], section)
    url = f"/section/cases/{case.number}/{action}"
    others = [name for name in PEOPLE if name != "head"]

    found = {name: make_section.visit(people[name]).post(url).status_code for name in others}

    assert found == {name: LOGIN if name == "anonymous" else GONE for name in others}
    assert make.reload(case).step == "conditions"


def test_what_a_member_posts_is_a_draft_and_no_decision(section, people):
    case = make_section.to_decide(section)
    url = f"/section/cases/{case.number}/decide/"

    make_section.visit(people["member"]).post(url, make_section.verdict(case, go="record"))

    assert (make.reload(case).step, case.decision_draft.said["verdict"]) == ("decision", "go")


@pytest.mark.parametrize("name", ["desk", "other_member", "other_head", "manager", "admin"])
def test_nobody_but_the_head_decides_by_posting(name, section, people):
    case = make_section.to_decide(section)
    url = f"/section/cases/{case.number}/decide/"

    response = make_section.visit(people[name]).post(url, make_section.verdict(case))

    assert response.status_code == GONE
    assert make.reload(case).step == "decision"


def test_a_stranger_is_sent_to_the_login_and_back(section):
    response = make_section.visit().get("/section/")

    assert response.url == "/accounts/login/?next=/section/"


def test_a_manager_goes_to_the_figures_and_the_desk_to_its_own_room(people):
    rooms = [make_section.visit(people[name]).get("/section/").url for name in ("manager", "desk")]

    assert rooms == ["/kpi/", "/admin/"]


def test_a_desk_officer_who_heads_a_section_decides_as_its_head(section):
    officer = make.desk()
    make.posting(officer, "head", section)
    case = make_section.to_decide(section)

    response = make_section.visit(officer).get(f"/section/cases/{case.number}/decide/")

    assert response.status_code == OK


def test_a_posting_that_has_ended_opens_nothing(section):
    leaver = make.user()
    make.posting(leaver, "head", section, valid_to=make.LONG_AGO)
    case = make_section.to_decide(section)

    response = make_section.visit(leaver).get(f"/section/cases/{case.number}/")

    assert response.status_code == GONE


def test_a_sheet_that_was_never_sent_is_not_found(section, people):
    case = make_section.asked(section)

    response = make_section.visit(people["head"]).get(f"/section/sheets/{case.number}/2/")

    assert response.status_code == GONE


def test_a_case_gone_past_step_six_leads_from_its_decision_to_its_page(section, people):
    case = make_section.conditional(people["head"], section)

    response = make_section.visit(people["head"]).get(f"/section/cases/{case.number}/decide/")

    assert response.url == f"/section/cases/{case.number}/"
