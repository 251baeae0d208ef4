"""The desk's pages of who fits: read, put aside with a reason, brought back; nobody there who left."""

import re
from datetime import date

import pytest
import time_machine
from django.utils import timezone

from cityhall.refusal import NotAllowed
from proposals.models import Dismissal
from proposals.services import dismissals, resources
from proposals.workflow import Step
from tests import make, make_matching, make_town

pytestmark = pytest.mark.django_db
NAME = "架空学習の会"
SAID = {
    "title": "閉店後の店先を宿題の場所に",
    "overview": "夕方に宿題の場所を開きます。",
    "fields": ["こども・教育"],
    "wished_partners": "宿題を見守る人",
}


@pytest.fixture
def desk(client):
    person = make.desk()
    client.force_login(person)
    return person


@pytest.fixture
def one(desk):
    return make_town.resource(
        {"name": NAME, "kind": "civic"}, by=desk, activities=["学習支援"], told="宿題を見ます。"
    )


def url(case, rest=""):
    return f"/admin/proposals/proposal/{case.number}/candidates/{rest}"


def test_the_page_shows_who_fits_and_why_and_leads_to_the_introduction(client, one):
    case = make.submission(**SAID)

    page = client.get(url(case)).text

    assert "決めるのは人です。自動で連絡することはありません。" in page
    assert NAME in page and '<b class="z-hit">宿題</b>' in page
    assert f"/introduce/?resource={one.pk}" in page
    assert "所管課を決める" in page
    assert not re.search(r"\d\s*[%％点]", re.sub(r"<head.*?</head>", "", page, flags=re.S))


def test_a_proposer_who_wants_to_be_asked_first_is_named_as_such(client, desk):
    told = "提案者は「事前に相談してほしい」としています"
    pages = [client.get(url(make.submission(sharing=sharing))).text for sharing in ("ask", "all")]

    assert [told in page for page in pages] == [True, False]


def test_a_candidate_is_put_aside_with_a_reason_and_does_not_return_until_brought_back(client, one):
    case = make.submission(**SAID)
    place = url(case, f"partner/{one.pk}/dismiss/")

    client.get(place)
    empty = client.post(place, {"reason": ""})
    page = client.post(place, {"reason": "曜日が合わない"}, follow=True).text

    assert (empty.status_code == 200 and "z-error" in empty.text) or "合わないわけ" in empty.text
    assert "合わないとした候補（1件）" in page and "わけ：曜日が合わない" in page
    assert f"/introduce/?resource={one.pk}" not in page
    row = Dismissal.objects.get()
    back = client.post(url(case, f"{row.pk}/restore/"), follow=True).text
    assert f"/introduce/?resource={one.pk}" in back and "合わないとした候補" not in back


def test_a_section_is_put_aside_too(client, desk):
    section = make.department("架空こども課")
    make_town.trouble(section, "放課後の宿題を見る人が足りない")
    case = make.submission(**SAID)
    before = client.get(url(case)).text

    page = client.post(url(case, f"section/{section.pk}/dismiss/"), {"reason": "兼務で難しい"}, follow=True)

    assert f"?department={section.pk}" in before
    assert f"?department={section.pk}" not in page.text and "わけ：兼務で難しい" in page.text


def test_putting_aside_is_recorded_without_the_name_of_who_may_leave(desk, one):
    case = make.submission(**SAID)
    row = dismissals.dismiss(case, one, by=desk, reason="曜日が合わない")
    again = dismissals.dismiss(case, one, by=desk, reason="別のわけ")
    dismissals.restore(row, by=desk)

    records = list(case.records.filter(data__has_key="candidate").order_by("sequence"))
    assert again == row and again.reason == "曜日が合わない"
    assert [record.data["candidate"] for record in records] == ["dismissed", "restored"]
    assert not any(NAME in record.text.text for record in records)


@pytest.mark.parametrize("why", ["", "  "])
def test_no_reason_is_refused(desk, one, why):
    with pytest.raises(NotAllowed, match="わけ"):
        dismissals.dismiss(make.submission(), one, by=desk, reason=why)


def test_only_the_desk_puts_aside(one):
    with pytest.raises(NotAllowed):
        dismissals.dismiss(make.submission(), one, by=make.manager(), reason="架空")


def test_one_who_asked_to_leave_is_on_none_of_the_pages(client, desk, one):
    case = make_matching.case(by=desk, **SAID)
    theme = make_town.trouble(make.department("架空こども課"), "放課後の宿題を見る人が足りない")
    dismissals.dismiss(make.submission(**SAID), one, by=desk, reason="架空")
    put_aside = Dismissal.objects.get().proposal
    pages = [url(case), url(put_aside), f"/admin/proposals/theme/{theme.pk}/fits/"]
    before = [NAME in client.get(page).text for page in pages]

    resources.remove(one, by=desk, reason="本人の申し出")

    assert before == [True, True, True]
    assert [NAME in client.get(page).text for page in pages] == [False, False, False]
    assert client.get(url(case, f"partner/{one.pk}/dismiss/")).status_code == 404


def test_a_case_of_the_old_ledger_without_words_has_its_page(client, desk, one):
    case = make.submission(**SAID)
    case.submissions.all().delete()

    assert "台帳に記載なし" in client.get(url(case)).text


def test_more_than_five_wait_behind_a_link(client, desk):
    case = make.submission(**SAID)
    for _ in range(7):
        make_town.resource(by=desk, activities=["学習支援"], told="宿題を見ます。")

    first, every = (client.get(url(case) + query).text for query in ("", "?all=yes"))

    assert "ほかの候補も見る（2件）" in first
    assert first.count("/introduce/?resource=") == 5
    assert every.count("/introduce/?resource=") == 7


# --- a trouble ---------------------------------------------------------------


def test_a_trouble_shows_the_open_proposals_and_the_partners_that_fit_it(client, desk, one):
    section = make.department("架空こども課")
    theme = make_town.trouble(section, "放課後の宿題を見る人が足りない", expected="部屋")
    near = make.submission(**SAID, brings=["場所"])
    answer = make.submission(title="架空の別の提案", overview="別のことです。", theme=theme)
    far = make.submission(title="猫の手術", overview="猫の手術を割り引きます。", problem="", activity="")

    page = client.get(f"/admin/proposals/theme/{theme.pk}/fits/").text

    assert page.index(answer.number) < page.index(near.number)
    assert "この困りごとに答える提案として届きました。" in page
    assert far.number not in page
    assert NAME in page


# --- はじめの1人 --------------------------------------------------------------


def test_sections_stand_in_three_groups_by_name(client, desk):
    again, once = make.department("架空またの課"), make.department("架空一度の課")
    make.department("架空これからの課")
    for section in (again, again, once):
        make.proposal(Step.MATCHING, by=desk, section=section)

    page = client.get("/admin/proposals/proposal/first-ones/").text

    groups = re.split(r'<section class="z-section" id="(?:once|came-back|not-yet)">', page)[1:]
    names = ["架空一度の課", "架空またの課", "架空これからの課"]
    assert [[name in group for name in names] for group in groups] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]
    assert "もう一度声をかけるなら" in groups[0]


def test_an_earlier_year_shows_how_they_stood_then(client, desk):
    section = make.department("架空一度の課", valid_from=date(2020, 4, 1))
    with time_machine.travel("2026-06-01"):
        make.proposal(Step.MATCHING, by=make.desk(), section=section)
    year = timezone.localdate().year

    page = client.get("/admin/proposals/proposal/first-ones/?year=R7").text

    assert year >= 2026
    assert "架空一度の課" in page.split('id="not-yet"')[1]


@pytest.mark.parametrize("year", ["R99", "x", "H10"])
def test_a_year_that_is_none_is_not_found(client, desk, year):
    assert client.get(f"/admin/proposals/proposal/first-ones/?year={year}").status_code == 404
