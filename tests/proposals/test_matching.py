"""④ マッチング・調整: the section in charge, and what the floors above report back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.models import ActedAs
from cityhall.workflow import NotAllowed, Stale
from proposals.models import Proposal
from proposals.services import matching
from proposals.services.matching import LEAD_AT, MODEL_AT
from proposals.workflow import Kind, Step
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def case_at(step):
    """A case put at a step past all services, with what its constraints ask for."""
    case = make.submission()
    Proposal.objects.filter(pk=case.pk).update(
        step=step, department=make.department("架空の所管課"), logic_model_fixed_at=timezone.now()
    )
    return make.reload(case)


def fix(case, by):
    matching.report_model_fixed(case, by=by, label="LM-R8-001 第1版", fixed_at=timezone.now())


def test_the_desk_names_the_section_in_charge():
    case, section = make.proposal(Step.MATCHING), make.department("架空福祉課")

    matching.choose_lead(case, section, by=make.desk(), note="ヒアリングで手が挙がった")

    record = case.records.get(kind=Kind.LEAD)
    assert make.reload(case).department == section
    assert (record.department, record.text.text) == (section, "ヒアリングで手が挙がった")


@pytest.mark.parametrize("step", [s for s in Step if s not in LEAD_AT], ids=str)
def test_the_section_in_charge_is_chosen_from_three_to_five_alone(step):
    with pytest.raises(NotAllowed, match="③関係課ヒアリングから⑤"):
        matching.choose_lead(case_at(step), make.department(), by=make.desk())


@pytest.mark.parametrize("days", [-1, 1], ids=["ended yesterday", "starts tomorrow"])
def test_a_section_that_is_not_there_today_takes_no_lead(days):
    today = timezone.localdate()
    span = {"valid_to": today - timedelta(days=1)} if days < 0 else {"valid_from": today + timedelta(days=1)}
    section = make.department("架空旧課", **span)

    with pytest.raises(NotAllowed, match="架空旧課は、いまはない課です"):
        matching.choose_lead(make.proposal(Step.MATCHING), section, by=make.desk())


def test_a_lead_chosen_on_an_old_page_is_refused():
    case = make.proposal(Step.MATCHING)

    with pytest.raises(Stale):
        matching.choose_lead(case, make.department(), by=make.desk(), version=case.version - 1)


@pytest.mark.parametrize("maker", ["manager", "admin", "user"])
def test_nobody_but_the_desk_names_the_section_in_charge(maker):
    with pytest.raises(NotAllowed, match="窓口だけ"):
        matching.choose_lead(make.proposal(Step.MATCHING), make.department(), by=getattr(make, maker)())


def test_a_fixed_model_is_taken_down_with_its_label_and_time():
    case, moment = make.proposal(Step.LOGIC_MODEL), timezone.now()

    matching.report_model_fixed(case, by=make.desk(), label="LM-R8-001 第1版", fixed_at=moment)

    assert make.reload(case).logic_model_fixed_at == moment
    assert case.records.get(kind=Kind.MODEL_FIXED).data == {"label": "LM-R8-001 第1版"}


@pytest.mark.parametrize("step", [s for s in Step if s not in MODEL_AT], ids=str)
def test_a_model_is_fixed_from_two_to_five_alone(step):
    with pytest.raises(NotAllowed, match="②内容整理から⑤"):
        fix(case_at(step), make.desk())


def test_nobody_but_the_desk_reports_a_fixed_model():
    case = make.proposal(Step.LOGIC_MODEL)

    with pytest.raises(NotAllowed, match="窓口だけ"):
        fix(case, make.head(case.department))


@pytest.mark.parametrize("verb", ["choose_lead", "report_model_fixed"])
def test_the_step_is_asked_of_the_database_and_not_of_the_object_in_hand(verb):
    seen = case_at(Step.LOGIC_MODEL)
    Proposal.objects.filter(pk=seen.pk).update(step=Step.DECISION)
    desk, section = make.desk(), make.department()

    with pytest.raises(NotAllowed):
        fix(seen, desk) if verb == "report_model_fixed" else matching.choose_lead(seen, section, by=desk)

    assert make.reload(seen).department != section


def test_a_project_opened_above_is_taken_down():
    case = case_at(Step.ADOPTED)

    matching.report_project(case, actor=ActedAs.SYSTEM, number="TRIP-R8-01")

    assert case.records.get(kind=Kind.PROJECT).data == {"project": "TRIP-R8-01"}
