"""指標のまど: who may look, what the address may say, and what each page shows."""

from datetime import date

import pytest
from django.utils import timezone

from kpi import services
from kpi.waits import waits
from proposals.models import LedgerRow, Proposal
from proposals.services import hearings
from proposals.workflow import Step
from tests import make
from tests.make_section import visit

pytestmark = pytest.mark.django_db
AT_YEAR_END = "?year=2026&as_of=2027-03-31"
PAGES = ["/kpi/", "/kpi/cases/received/", "/kpi/cases/activities/"]
SQL_OF_INDEX = 10
SQL_OF_CASES = 7


def manager():
    return visit(make.manager())


def number(key):
    return LedgerRow.objects.get(key=key).proposal.number


def words(response):
    return " ".join(response.content.decode().split())


# --- who ------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_managers_heads_and_the_desk_may_look(path):
    section = make.department("架空の課")

    for person in (make.manager(), make.head(section), make.desk()):
        assert visit(person).get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_members_administrators_and_people_without_a_posting_find_nothing(path):
    section = make.department("架空の課")

    for person in (make.member(section), make.admin(), make.user()):
        assert visit(person).get(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_asked_to_log_in(path):
    assert visit().get(path).status_code == 302


def test_a_head_sees_totals_but_only_the_cases_of_the_own_section(golden):
    section = make.department("架空の課")
    Proposal.objects.filter(number=number("P01")).update(department=section)

    response = visit(make.head(section)).get(f"/kpi/cases/received/{AT_YEAR_END}")

    assert [line.proposal.number for line in response.context["listing"].lines] == [number("P01")]
    assert "ほかに8件あります" in words(response)
    assert number("P02") not in words(response)


# --- what the address may say ---------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "?year=abc",
        "?year=99999",
        "?year=1900",
        "?year=9999999999999999999999",
        "?as_of=2027-02-30",
        "?as_of=1800-01-01",
        "?year=2026'--",
        "?as_of=2100-01-01",
    ],
)
@pytest.mark.parametrize("path", PAGES)
def test_a_bad_parameter_is_a_clear_400(path, query):
    response = manager().get(path + query)

    assert response.status_code == 400
    assert "この年度・日では開けません" in words(response)


def test_an_unknown_list_is_not_found():
    assert manager().get("/kpi/cases/secrets/").status_code == 404


def test_parameters_nobody_declared_change_nothing(golden):
    plain = manager().get(f"/kpi/{AT_YEAR_END}").context["tiles"]

    assert manager().get(f"/kpi/{AT_YEAR_END}&received__gt=1&order_by=pk").context["tiles"] == plain


def test_without_parameters_it_is_today_and_its_fiscal_year():
    figures = manager().get("/kpi/").context["figures"]

    assert figures.on == timezone.localdate()


def test_the_year_may_be_written_in_the_era():
    assert manager().get("/kpi/?year=R8&as_of=R9.3.31").context["figures"].year == 2026


# --- what it shows --------------------------------------------------------


def test_the_golden_set_gives_its_figures_on_the_page(golden):
    response = manager().get(f"/kpi/{AT_YEAR_END}")

    shown = [(tile.figure, tile.unit) for tile in response.context["tiles"]]
    assert shown == [("9", "件"), ("4", "開庁日（中央値）"), ("33.3", "%"), ("3", "件"), ("2", "件")]
    assert "令和9年3月31日（水）" in words(response)
    assert "庁内調整を待っているのは1件、いちばん長いもので7開庁日です" in words(response)
    assert words(response).count("定義") == 5


def test_each_figure_opens_as_many_cases_as_it_counts(golden):
    client = manager()
    tiles = client.get(f"/kpi/{AT_YEAR_END}").context["tiles"]

    counts = {tile.name: client.get(tile.url).context for tile in tiles}

    assert {name: context["listing"].count for name, context in counts.items() if name != "activities"} == {
        "received": 9,
        "days": 7,
        "adopted": 3,
        "projects": 3,
    }
    assert [times for _, times in counts["activities"]["supports"]] == [3, 1]


def test_the_waiting_case_is_named_with_its_days(golden):
    response = manager().get(f"/kpi/cases/waiting/{AT_YEAR_END}")

    assert [(line.proposal.number, line.open_days) for line in response.context["listing"].lines] == [
        (number("P07"), 7)
    ]


def test_cases_are_shown_as_known_on_the_day(golden):
    response = manager().get("/kpi/cases/received/?year=2026&as_of=2026-12-31")

    line = next(li for li in response.context["listing"].lines if li.proposal.number == number("P05"))
    assert (line.verdict, line.facts.adopted_on) == ("", None)


def test_under_five_a_share_is_written_as_a_fraction(golden):
    response = manager().get("/kpi/?year=2026&as_of=2026-06-30")

    assert [tile.figure for tile in response.context["tiles"]][2] == "0 / 4"


def test_an_empty_year_says_so_and_offers_no_cases(golden):
    response = manager().get("/kpi/?year=2031&as_of=2032-03-31")

    assert "令和13年度は、まだ受け付けがありません。" in words(response)
    assert [tile.url for tile in response.context["tiles"]] == [""] * 5


def test_days_to_come_are_called_plans():
    assert "これからの予定を含む" in words(manager().get("/kpi/?as_of=2090-01-05"))


def test_waits_are_shown_by_step_and_holder():
    section = make.department("架空の課")
    case = make.proposal("hearing", section=section)
    hearings.answer(case.hearings.get(), by=make.head(section), answer="yes", text="一緒に考えます。")
    services.rebuild_stays(today=timezone.localdate())

    response = manager().get("/kpi/")

    assert [row.step for row in response.context["waits"].rows] == ["intake", "sorting", "hearing"]
    assert 'role="img"' in words(response)


# --- what it costs --------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "statements"), [("/kpi/", SQL_OF_INDEX), ("/kpi/cases/received/", SQL_OF_CASES)]
)
def test_the_number_of_statements_does_not_grow_with_the_cases(
    django_assert_num_queries, rows, path, statements
):
    for _ in range(rows):
        make.submission()
    services.rebuild_stays(today=timezone.localdate())
    client = manager()

    with django_assert_num_queries(statements):
        response = client.get(path)

    assert len(response.context["figures"].received) == rows


def test_the_first_day_of_a_fiscal_year_belongs_to_it(golden):
    tiles = manager().get(f"/kpi/?year=2027&as_of={date(2027, 4, 1).isoformat()}").context["tiles"]

    assert tiles[0].figure == "0"


def test_waits_say_the_same_before_any_worker_has_run():
    make.proposal(Step.MATCHING)
    before = waits(2026, timezone.localdate())

    services.take_in_records(today=timezone.localdate())

    assert before.rows and before.rows == waits(2026, timezone.localdate()).rows


def test_a_case_withdrawn_before_the_coordination_waits_no_more(golden):
    response = manager().get(f"/kpi/cases/received/{AT_YEAR_END}")

    line = next(li for li in response.context["listing"].lines if li.proposal.number == number("P03"))
    assert (line.open_days, line.is_waiting) == (None, False)
