"""案件の一覧: searched, narrowed, paged; a bad address is told."""

import re
from html import unescape

import pytest
from django.utils import timezone

from proposals.models import Measure, Organization, Proposal, Track
from proposals.paging import ORDER, PAGE, Place, after
from proposals.queries import with_turn
from proposals.services import hearings, indexing, matching, triage
from proposals.services.moves import leave
from proposals.workflow import Step
from tests import make
from tests.proposals.test_propose_form import open_theme

pytestmark = pytest.mark.django_db
LIST = "/admin/proposals/proposal/"


def shown(client, **query):
    rows = client.get(LIST, query).context["rows"]
    return [Proposal.objects.get(number=row.case.number) for row in rows]


def test_the_list_shows_open_cases_nearest_due_first(client, desk):
    later = make.proposal(Step.SORTING, by=desk)
    sooner = make.submission()
    gone = make.submission()
    leave(gone, "out_of_scope", by=desk, note="営業だけのため", next_place="架空の窓口")

    assert shown(client) == [sooner, later]
    assert shown(client, list="ended") == [gone]


def test_a_row_names_every_section_that_is_waited_for(client, desk):
    case = make.proposal(Step.HEARING, by=desk, section=make.department("架空一課"))
    hearings.ask(case, make.department("架空二課"), by=desk, reason="近いため")

    row = client.get(LIST).context["rows"][0]

    assert sorted(row.turn.split("・")) == ["架空一課", "架空二課"]


@pytest.mark.parametrize(
    "words",
    [
        "夕食",
        "架空の夕食",
        "r8-0001",
        "Ｒ８－０００１",
        "0001",
        "みほん配送",
        "株式会社みほん配送",
        "1234567890123",
    ],
)
def test_two_signs_are_enough_to_find_a_case(client, desk, words):
    case = make.submission()
    Organization.objects.filter(pk=case.organization_id).update(
        name="株式会社みほん配送", name_key="みほん配送", corporate_number="1234567890123"
    )
    indexing.renamed(Organization.objects.get(pk=case.organization_id))
    make.submission(title="まったく別の提案", overview="", problem="", activity="")
    wanted = (
        "0001"
        if words == "0001"
        else words.replace("0001", case.number[-4:]).replace("０００１", case.number[-4:])
    )

    found = shown(client, q=wanted)

    assert found == [case]


def test_a_search_looks_through_closed_cases_too(client, desk):
    case = make.submission()
    leave(case, "out_of_scope", by=desk, note="営業だけのため", next_place="架空の窓口")

    assert shown(client, q=case.number) == [case]


def test_each_filter_narrows(client, desk):
    section = make.department("架空課")
    other = make.submission(track=Track.CONSULTATION)
    case = make.proposal(Step.MATCHING, by=desk, section=section)
    matching.choose_lead(case, section, by=desk)
    triage.summarise(case, by=desk, summary="要約", officer=desk)

    assert shown(client, step="matching") == [case]
    assert shown(client, department=str(section.pk)) == [case]
    assert shown(client, officer=str(desk.pk)) == [case]
    assert shown(client, officer="none") == [other]
    assert shown(client, track="consultation") == [other]
    assert shown(client, holder="section") == []
    assert shown(client, year=case.number.split("-")[0]) == [other, case]
    assert shown(client, year="R7") == []
    assert shown(client, overdue="yes") == []
    assert shown(client, list="mine") == [case]


@pytest.mark.parametrize(
    "query",
    [
        "step=none",
        "department=999999",
        "department=1'--",
        "officer=x",
        "year=2026",
        "list=secret",
        "after=x",
        "after=__",
        "after=2026-13-01_2026-01-01_R8-0001",
        "q=" + "あ" * 101,
        "organization__name=x",
        "foo=1",
        "_popup=1",
        "step=sorting&step=hearing",
        "flag=secret",
        "field=料理",
        "theme=0",
        "measure=x",
        "kind=nobody",
    ],
)
def test_an_address_that_cannot_be_read_is_told(client, desk, query):
    response = client.get(f"{LIST}?{query}")

    assert response.status_code == 400
    assert "この絞り込みは読めませんでした。" in response.text


def test_a_chosen_filter_stays_in_every_link_of_the_others(client, desk):
    page = client.get(LIST, {"step": "sorting", "q": "夕食"})

    links = [unescape(link) for link in re.findall('href="([^"]+)"', page.text)]
    assert "段階 <b>②内容整理</b>" in page.text
    assert f"{LIST}?step=sorting&q=%E5%A4%95%E9%A3%9F&track=consultation" in links
    assert f"{LIST}?q=%E5%A4%95%E9%A3%9F" in links


def test_pages_follow_one_another_without_gap_or_double(client, desk):
    make_many(PAGE + 3)

    first = client.get(LIST)
    second = client.get(first.context["next_url"])

    pages = [[row.case.number for row in page.context["rows"]] for page in (first, second)]
    assert [len(page) for page in pages] == [PAGE, 3]
    assert pages[0] + pages[1] == list(Proposal.objects.order_by(*ORDER).values_list("number", flat=True))
    assert second.context["next_url"] == ""


@pytest.mark.both
def test_what_follows_a_place_is_the_rest_of_the_list_wherever_one_cuts(desk):
    make_many(8)
    ordered = list(Proposal.objects.order_by(*ORDER))

    for n, case in enumerate(ordered):
        place = Place.read(str(Place.of(case)))
        assert list(after(Proposal.objects.all(), place).order_by(*ORDER)) == ordered[n + 1 :]


@pytest.mark.both
def test_the_sections_waited_for_come_with_the_row(desk):
    case = make.proposal(Step.HEARING, by=desk, section=make.department("架空一課"))

    assert with_turn(Proposal.objects.all()).get(pk=case.pk).waiting_for == "架空一課"


def test_an_empty_list_says_why(client, desk):
    assert "ここに入る案件は、いまはありません。" in client.get(LIST).text
    assert "この絞り込みに当てはまる案件はありません。" in client.get(LIST, {"q": "ない"}).text


def test_the_list_asks_six_questions_whatever_its_length_and_one_more_to_search(
    client, desk, django_assert_num_queries
):
    make.proposal(Step.HEARING, by=desk)
    client.get(LIST)

    with django_assert_num_queries(6):
        client.get(LIST)
    make.proposal(Step.HEARING, by=desk)
    make.proposal(Step.SORTING, by=desk)
    with django_assert_num_queries(7):
        client.get(LIST, {"q": "夕食", "step": "hearing"})
    with django_assert_num_queries(6):
        client.get(LIST)


def make_many(count):
    """Cases of one organisation in every mixture of due days, some without, some closed."""
    one, today = make.submission(), timezone.localdate()
    for n in range(1, count):
        one.pk, one.number = None, f"R8-9{n:03}"
        one.due_on = None if n % 4 == 0 else today.replace(day=1 + n % 3)
        one.step_entered_on = today.replace(day=1 + n % 2)
        one.save(force_insert=True)


def test_the_rarer_filters_narrow_too(client, desk):
    case = make.submission(fields=["環境", "その他"], theme=(theme := open_theme()))
    other = make.submission(fields=["行政DX"])
    measure = Measure.objects.create(kind="priority", name="架空の施策")
    case.measures.add(measure)
    Proposal.objects.filter(pk=case.pk).update(category="civic", news="reply")
    Organization.objects.filter(pk=other.organization_id).update(kind="npo")

    assert shown(client, field="環境") == [case]
    assert shown(client, theme=str(theme.pk)) == [case]
    assert shown(client, measure=str(measure.pk)) == [case]
    assert shown(client, category="civic") == [case]
    assert shown(client, category="none") == [other]
    assert shown(client, kind="npo") == [other]
    assert shown(client, flag="news") == [case]
    assert shown(client, flag="revised") == shown(client, flag="held") == shown(client, flag="announce") == []
    assert shown(client, verdict="adopted") == []


@pytest.mark.both
@pytest.mark.parametrize("field", ["環境", "行政DX", "' --", "%"])
def test_a_field_is_looked_for_as_a_whole_word(field):
    case = make.submission(fields=["環境", "その他"])

    assert list(Proposal.objects.filter(fields__names=field)) == ([case] if field == "環境" else [])
