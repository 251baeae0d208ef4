"""Around ⑥ at the desk: 共管, 公平さの確かめ, 代理入力; and no way to decide."""

import pytest

from proposals.models import Decision, DecisionDraft
from proposals.workflow import DECISIONS, Step
from tests import make, make_deciding, make_files, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make.desk()


@pytest.fixture
def browser(desk):
    return make_section.visit(desk)


def url(case, deed=""):
    return f"/admin/proposals/proposal/{case.number}/{deed}"


def typed(case, **more):
    said = {"paper" if name == "password" else name: v for name, v in make_section.verdict(case).items()}
    return said | {"papers": make_files.upload("決裁.pdf", make_files.pdf())} | more


def test_the_case_page_leads_to_all_three(browser):
    case = make.proposal(Step.DECISION)

    page = browser.get(url(case, "change/")).content.decode()

    assert all(url(case, deed) in page for deed in ("fairness/", "prepare/"))
    assert "判断の準備" in page


def test_the_desk_names_and_drops_a_joint_section(browser):
    case, other = make.proposal(Step.LOGIC_MODEL), make.department("架空の共管課")
    browser.post(url(case, "joint/"), {"go": "name", "version": case.version, "department": other.pk})
    assert case.joint_sections.get().department == other
    case = make.reload(case)
    gone = {"go": "drop", "version": case.version, "department": other.pk, "reason": "担当が移ったため"}

    browser.post(url(case, "joint/"), gone)

    assert not case.joint_sections.exists()


def test_the_desk_writes_the_fairness_log(browser):
    case = make.proposal(Step.MATCHING)

    browser.post(url(case, "fairness/"), make_deciding.LOG | {"version": case.version})

    assert case.fairness.tender == "free"


def test_what_the_desk_puts_down_waits_for_the_head(browser):
    case = make.proposal(Step.DECISION)

    response = browser.post(url(case, "prepare/"), typed(case))

    assert response.url.endswith("#deciding")
    assert (DecisionDraft.objects.get().is_by_proxy, make.reload(case).step) == (True, Step.DECISION)
    assert not Decision.objects.exists()


def test_without_the_paper_what_was_typed_stays(browser):
    case = make.proposal(Step.DECISION)

    page = browser.post(url(case, "prepare/"), typed(case, papers="", reason="残したい理由")).content.decode()

    assert "決裁の写しを付けてください" in page and "残したい理由" in page


def test_the_desk_gives_up_what_it_prepared(browser):
    case = make.proposal(Step.DECISION)
    browser.post(url(case, "prepare/"), typed(case))

    browser.post(url(case, "prepare/discard/"))

    assert not DecisionDraft.objects.exists()


@pytest.mark.parametrize("name", [*DECISIONS, "fulfil", "lapse", "back_to_model"])
def test_no_move_of_a_head_is_found_at_the_desk(name, browser):
    case = make.proposal(Step.DECISION)

    codes = [browser.get(url(case, f"move/{name}/")).status_code]
    codes.append(browser.post(url(case, f"move/{name}/"), typed(case)).status_code)

    assert codes == [404, 404]
    assert make.reload(case).step == Step.DECISION


@pytest.mark.parametrize("deed", ["decide/", "decide/rewrite/", "consent/", "send-back/"])
def test_the_sections_pages_are_not_found_by_the_desk(deed, browser):
    case = make_deciding.referred(joint_with=[make.department("架空の共管課")])

    response = browser.post(f"/section/cases/{case.number}/{deed}", typed(case))

    assert response.status_code == 404
    assert make.reload(case).step == Step.DECISION


def test_many_at_once_offers_no_decision(browser):
    case = make.proposal(Step.DECISION)

    browser.post("/admin/proposals/proposal/bulk/", {"kind": "go", "number": [case.number], "go": "send"})

    assert make.reload(case).step == Step.DECISION
