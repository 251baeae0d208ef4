"""What the database itself refuses, whatever the code above does."""

import pytest
from django.db import IntegrityError, transaction

from logicmodels.models import Arrow, Edition, LogicModel, Node, Paper
from proposals.workflow import Step
from tests import make
from tests import make_logicmodels as lm

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def refused(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_second_model_of_a_case():
    case = make.proposal(Step.SORTING)
    lm.model(proposal=case)

    refused(LogicModel(number="LM-R8-999", proposal=case, title="二つ目"))


def test_a_second_box_with_the_same_key():
    refused(Node(model=lm.model(), key="cook", column="input", place=99))


def test_a_second_arrow_between_two_boxes_and_one_to_itself():
    draft = lm.model()
    cook, activity = lm.node(draft, "cook"), lm.node(draft, "activity")

    refused(Arrow(model=draft, source=cook, target=activity))
    refused(Arrow(model=draft, source=cook, target=cook))


def test_a_second_edition_of_the_same_number():
    edition = lm.edition()

    refused(
        Edition(
            model=edition.model,
            number=1,
            content={},
            fixed_at=edition.fixed_at,
            fixed_by=edition.fixed_by,
            posting=edition.posting,
        )
    )


def test_a_second_paper_of_the_same_size_and_a_ready_one_without_a_file():
    edition = lm.edition()
    Paper.objects.create(edition=edition, size="A3")

    refused(Paper(edition=edition, size="A3"))
    refused(Paper(edition=edition, size="A4", state="ready"))
