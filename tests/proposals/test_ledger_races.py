"""A ledger taken in by two at the same moment: each row once, each correction once (M4, D1)."""

import pytest

from cityhall.records import first_bad
from cityhall.refusal import NotAllowed
from proposals.ledger.report import Outcome
from proposals.models import LedgerRow, Organization, Proposal, ProposalRecord
from proposals.services import table_imports
from tests import make
from tests.together import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]

HEAD = "番号,区分,件名,団体名,団体区分,初回相談日,受付日\n"
ROW = "{0},提案,{1},架空団体,企業,2026-04-13,2026-04-20\n"


@pytest.fixture
def people():
    yield make.desk(), make.desk()
    assert first_bad(ProposalRecord) is None


def brought(by, title="架空の提案"):
    data = HEAD + "".join(ROW.format(f"K{n}", f"{title}{n}") for n in range(8))
    return table_imports.receive(data.encode(), kind="ledger", name="台帳.csv", by=by)


def take_in(batch, by):
    table_imports.order(batch, by=by)
    while table_imports.carry_on(batch.pk, open_project=lambda case, *, key: None):
        pass


def test_a_ledger_pressed_twice_and_taken_up_by_two_workers_goes_in_once(people):
    batch = brought(people[0])

    outcomes = at_once(*(lambda by=by: take_in(batch, by) for by in people))

    assert failures(outcomes) == []
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.counts[Outcome.REFUSED]) == ("done", 8, 0)
    assert Proposal.objects.count() == LedgerRow.objects.count() == 8


def test_the_same_ledger_brought_by_two_at_once_goes_in_once(people):
    batches = [(brought(by), by) for by in people]

    outcomes = at_once(*(lambda batch=batch, by=by: take_in(batch, by) for batch, by in batches))

    assert {type(error) for error in failures(outcomes)} <= {NotAllowed}
    assert Proposal.objects.count() == LedgerRow.objects.count() == 8
    assert Organization.objects.count() == 1


def test_a_corrected_ledger_brought_by_two_at_once_corrects_once(people):
    take_in(brought(people[0]), people[0])
    before = ProposalRecord.objects.count()
    batches = [(brought(by, title="直した提案"), by) for by in people]

    outcomes = at_once(*(lambda batch=batch, by=by: take_in(batch, by) for batch, by in batches))

    assert {type(error) for error in failures(outcomes)} <= {NotAllowed}
    assert ProposalRecord.objects.count() == before + 8
    assert {case.title[:4] for case in Proposal.objects.all()} == {"直した提"}
