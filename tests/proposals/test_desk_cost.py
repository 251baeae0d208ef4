"""What a case's page asks of the database: fifteen statements, whatever has come together on it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cityhall.models import ActedAs, ClosedDay
from proposals.services import advance, decisions, hearings, relations
from proposals.services.recording import note_fact
from proposals.workflow import SIX_STEPS, Kind, Step
from tests import make
from tests.make_care import assess, encounter, todo
from tests.make_talk import ask, decided, paper, planted, reply, rewritten
from trips.services import cancel_before_start, open_trip

pytestmark = [pytest.mark.django_db, pytest.mark.both]

MOST, RECORDS = 15, 200
HARD = {"answer": "hard", "text": "人がいない", "possible_when": "来年度"}


def asked_for(client, case):
    """How many statements the page takes once its session is warm."""
    client.get(f"/admin/proposals/proposal/{case.number}/change/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/admin/proposals/proposal/{case.number}/change/")
    assert page.status_code == 200
    return len(asked)


def crowd(case, desk):
    """All that can pile up on a case: words, files, contacts, notes, things to do, marks, relations."""
    case = rewritten(case, overview="書き直した概要です。")
    for n in range(20):
        paper(case, message=reply(case, f"{n}通目です。"))
        encounter(case, desk, text=f"{n}回目の電話です。")
        todo(case, desk, text=f"{n}つ目のこと")
        relations.link(case, by=desk, other=make.submission())
    if case.is_open:
        ask(make.reload(case), desk)
        assess(case, desk)
        assess(case, make.desk(), level=0)
    for n in range(RECORDS - case.records.count()):
        note_fact(case, Kind.NOTE, actor=ActedAs.SYSTEM, text=f"覚え{n}")
    return make.reload(case)


def gone_around(desk, name):
    """A case that was adopted with a condition, travelled, was given up before its start and came back."""
    section = make.department("架空の所管課")
    case = decided(section, "go_if")
    head = make.head(section)
    decisions.settle_condition(case.conditions.get(), by=head, on=timezone.localdate())
    decisions.fulfil(make.reload(case), by=head)
    trip = open_trip(make.reload(case), by=desk)
    cancel_before_start(trip, by=head, reason="架空の都合", on=timezone.localdate())
    advance(make.reload(case), "reopen", by=desk, note="もう一度")
    return make.reload(case) if name == "reopened" else _declined(make.reload(case), head, desk)


def _declined(case, head, desk):
    for move in ("start_matching", "start_model", "refer"):
        advance(make.reload(case), move, by=desk)
    told = {"decided_on": timezone.localdate(), "reason": "架空の理由です。"}
    decisions.decide(make.reload(case), "no_go", by=head, **told)
    return planted(make.reload(case))


@pytest.mark.parametrize("step", SIX_STEPS)
def test_a_crowded_case_asks_no_more_than_fifteen(client, desk, step):
    case = make.proposal(step, by=desk)
    few = asked_for(client, case)
    if step in hearings.ASKED_AT:
        for n in range(20):
            hearings.ask(case, make.department(f"架空{n}課"), by=desk, reason="関わる課のため")
    ClosedDay.objects.create(on="2026-12-01", reason="架空の休庁")

    many = asked_for(client, crowd(make.reload(case), desk))

    assert few <= many <= MOST


@pytest.mark.parametrize("step", [Step.HEARING, Step.MATCHING, Step.LOGIC_MODEL])
def test_answers_in_conflict_ask_no_more_either(client, desk, step):
    case = make.proposal(Step.HEARING, by=desk, section=make.department("架空の所管課"))
    other = make.department("架空の慎重な課")
    hearings.ask(case, other, by=desk, reason="関わる課のため")
    crowd(make.reload(case), desk)
    for sheet in case.hearings.open():
        told = {"answer": "yes"} if sheet.department != other else HARD
        hearings.answer(sheet, by=make.head(sheet.department), **told)
    type(case).objects.filter(pk=case.pk).update(step=step)

    assert asked_for(client, make.reload(case)) <= MOST


@pytest.mark.parametrize("name", ["reopened", "declined"])
def test_a_case_that_has_been_through_everything_asks_no_more_either(client, desk, name):
    case = crowd(gone_around(desk, name), desk)

    assert asked_for(client, case) <= MOST


def test_a_case_back_at_sorting_after_all_that_costs_the_same(client, desk):
    case = crowd(gone_around(desk, "reopened"), desk)
    advance(case, "back_to_sorting", by=desk, note="もう一度整理する")

    assert asked_for(client, case) <= MOST


def test_closed_days_sections_and_officers_come_with_the_case(client, desk):
    ClosedDay.objects.create(on=timezone.localdate(), reason="架空の休庁")
    section, case = make.department("架空の新しい課"), make.proposal(Step.HEARING, by=desk)

    forms = client.get(f"/admin/proposals/proposal/{case.number}/change/").context["forms"]

    assert (section.pk, str(section)) in forms["ask"].departments
    assert (desk.pk, desk.name) in list(forms["todo"].fields["owner"].choices)
