"""Two people, or two workers, at the very same moment."""

from functools import partial

import pytest

from cityhall.refusal import NotAllowed
from logicmodels import services
from logicmodels.models import Edition, LogicModel, Paper
from logicmodels.services import papers
from proposals.workflow import Step
from tests import make
from tests import make_logicmodels as lm
from tests.together import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def test_two_presses_fix_one_edition():
    draft, desk = lm.model(), make.desk()

    outcomes = at_once(*[partial(services.fix_trial, draft, by=desk)] * 2)

    assert [type(refusal) for refusal in failures(outcomes)] == [NotAllowed]
    assert Edition.objects.count() == 1


def test_two_presses_begin_one_draft_of_a_case():
    case, desk = make.proposal(Step.SORTING), make.desk()

    outcomes = at_once(*[partial(services.start, case, by=desk)] * 2)

    assert [type(refusal) for refusal in failures(outcomes)] == [NotAllowed]
    assert LogicModel.objects.count() == 1


def test_two_savings_of_one_page_write_once():
    draft, desk = lm.model(), make.desk()
    add = partial(services.add_node, draft, by=desk, column="input", text="鍋", version=draft.version)

    outcomes = at_once(add, add)

    assert len(failures(outcomes)) == 1
    assert draft.nodes.filter(text="鍋").count() == 1


def test_two_orders_are_one_paper_and_two_workers_make_it_once():
    edition, desk = lm.edition(), make.desk()
    ordered = at_once(*[partial(services.order_paper, edition, by=desk, size="A3")] * 2)
    paper = Paper.objects.get()

    made = at_once(*[partial(papers.make_paper, paper.pk)] * 2)

    paper.refresh_from_db()
    assert failures(ordered) == []
    assert sorted(made) == [False, paper.state == "ready"]
    assert paper.attempts == 1
