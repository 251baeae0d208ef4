"""What no column and no calendar takes is refused in words, on every form, and what was typed stays."""

import pytest

from proposals.forms.propose import FORMS
from proposals.models import Proposal
from proposals.workflow import Step
from tests import make
from tests.make_public import PROPOSAL, answers

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MARKS = "\N{COMBINING ACUTE ACCENT}"
FAR_DAYS = ["0001-01-01", "1867-12-31", "1900-01-01", "2100-01-01", "9999-12-31"]
ENTRY = {
    "track": "consultation",
    "first_contact_on": "2026-05-28",
    "organization_name": "架空商店",
    "organization_kind": "sole_trader",
    "title": "架空の朝市で野菜を届けたい",
    "overview": "電話で聞きました。",
}


@pytest.fixture
def desk(client):
    person = make.desk()
    client.force_login(person)
    return client


def errors_of(**changes):
    given = answers(PROPOSAL, **changes)
    return {name: said for form in FORMS.values() for name, said in form(given).errors.items()}


@pytest.mark.parametrize("name", ["title", "organization_name", "representative", "brings_note", "overview"])
def test_marks_heaped_on_a_letter_are_refused_although_nobody_counts_them(name):
    found = errors_of(**{name: PROPOSAL.get(name, "") + "が" + MARKS * 900})

    assert "字に重ねた記号や異体字の印が多すぎます。" in found[name][0]


def test_a_few_rare_kanji_of_a_name_are_welcome_in_a_full_title():
    assert errors_of(title="葛\U000e0100" * 40) == {}


def test_an_address_of_the_web_with_broken_signs_is_refused():
    assert "文字化け" in errors_of(website="https://example.jp/\ufffd")["website"][0]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("email", "a" * 290 + "@example.jp", "254"),
        ("phone", "046-252-7966 ext 1234567", "内線は、ここには入れられません"),
        ("title", "あ" + MARKS * 600, "字に重ねた記号"),
    ],
)
def test_an_entry_at_the_desk_says_what_is_too_long_and_keeps_it(desk, name, value, said):
    page = desk.post("/admin/proposals/proposal/add/", ENTRY | {name: value})

    assert said in page.context["form"].errors[name][0]
    assert value in page.text
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("day", FAR_DAYS)
def test_a_day_the_calendar_does_not_reach_is_refused(desk, day):
    page = desk.post("/admin/proposals/proposal/add/", ENTRY | {"first_contact_on": day})

    assert "1949年から2099年まで" in page.context["form"].errors["first_contact_on"][0]


@pytest.mark.parametrize("day", ["2100-01-01", "9999-12-31"])
def test_no_sheet_is_due_on_a_day_the_calendar_does_not_reach(desk, day):
    case, section = make.proposal(Step.SORTING), make.department("架空の遠い課")

    page = desk.post(
        f"/admin/proposals/proposal/{case.number}/ask/",
        {
            "section1": section.pk,
            "request1": "tell",
            "reason1": "担当のため",
            "due1": day,
            "version": case.version,
        },
    )

    assert "1949年から2099年まで" in page.context["forms"]["ask"].errors["due1"][0]


@pytest.mark.parametrize("day", ["0001-01-01", "1867-12-31", "9999-12-31"])
def test_a_trouble_is_closed_on_a_day_that_can_be_written(desk, client, day):
    theme = {"department": make.department("架空の課").pk, "title": "架空の困りごと", "wanted": "idea"}

    page = desk.post("/admin/proposals/theme/add/", theme | {"closes_on": day})

    assert "年までの日を入れて" in page.text or "年からの日を入れて" in page.text
    assert client.get("/themes/").status_code == 200


@pytest.mark.parametrize("version", ["", "版", "1e309", "9" * 5000])
def test_a_page_whose_version_cannot_be_read_says_to_open_it_anew(desk, version):
    case = make.proposal(Step.SORTING)

    page = desk.post(
        f"/admin/proposals/proposal/{case.number}/gate/", {"note": "確かめました。", "version": version}
    )

    assert "画面を開き直してから、もう一度押してください。" in page.text
    assert "確かめました。" in page.text
