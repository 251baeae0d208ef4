"""What other pages show of a logic model."""

import pytest
from django.template.loader import render_to_string

from cityhall.panels import panels_for
from logicmodels import services
from proposals.services import advance
from proposals.workflow import Step
from tests import make
from tests import make_logicmodels as lm

pytestmark = pytest.mark.django_db


def shown(place, case, user):
    mine = [panel for panel in panels_for(place, case, user) if panel.template.startswith("logicmodels/")]
    return "".join(render_to_string(panel.template, {"panel": panel}) for panel in mine)


def test_the_case_page_offers_the_start_then_the_draft_then_the_edition():
    case, desk = make.proposal(Step.LOGIC_MODEL), make.desk()
    before = shown("proposal.case", case, desk)
    draft = lm.model(proposal=case, by=desk)
    begun = shown("proposal.case", case, desk)
    services.fix_trial(draft, by=desk)

    fixed = shown("proposal.case", case, desk)

    assert "ロジックモデルを始める" in before
    assert "試行版はまだありません" in begun
    assert "第1版（試行版）" in fixed


def test_a_case_before_the_second_step_offers_no_start():
    assert "②内容整理から始められます" in shown("proposal.case", make.proposal(Step.INTAKE), make.desk())


def test_the_section_reads_the_frozen_picture_before_it_decides():
    section, desk = make.department("架空の所管課"), make.desk()
    case, head = make.proposal(Step.LOGIC_MODEL, section=section), make.head(section)
    draft = lm.model(proposal=case, by=desk)
    before = shown("proposal.section", case, head)
    services.fix_trial(draft, by=desk)
    services.add_node(draft, by=desk, column="input", text="あとから足した箱")
    advance(make.reload(case), "refer", by=desk)

    read = shown("proposal.section", make.reload(case), head)

    assert before == ""
    assert 'role="img"' in read
    assert "第1版（試行版）" in read
    assert "あとから足した箱" not in read


def test_a_section_without_a_part_in_the_case_reads_nothing():
    case = make.proposal(Step.LOGIC_MODEL)
    lm.edition(proposal=case)

    assert shown("proposal.section", case, make.member(make.department("よその課"))) == ""


def test_the_desks_left_column_leads_to_the_models(client):
    client.force_login(make.desk())

    assert 'href="/logic-models/"' in client.get("/admin/").content.decode()
