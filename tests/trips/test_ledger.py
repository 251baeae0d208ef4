"""TRIPs of the old ledger."""

from datetime import date

import pytest

from cityhall import records
from cityhall.models import ActedAs
from proposals.models import Organization, Origin, Proposal
from proposals.workflow import Kind as CaseKind
from proposals.workflow import Step, Verdict
from tests import make
from trips.models import Trip, TripCase, TripRecord
from trips.services import open_from_ledger
from trips.services.opening import open_trip
from trips.workflow import Kind, Phase

pytestmark = [pytest.mark.django_db, pytest.mark.both]
T1, T5, LATER = date(2026, 5, 1), date(2026, 7, 31), date(2027, 1, 20)


def case(number, *told, step=Step.ADOPTED):
    """A case as the import leaves it: its records, and the step they lead to."""
    organization = Organization.objects.get_or_create(name="架空団体", name_key="架空団体", kind="company")[0]
    proposal = Proposal.objects.create(
        number=number,
        origin=Origin.LEDGER,
        organization=organization,
        title=f"架空の提案 {number}",
        track="proposal",
        first_contact_on=T1,
        received_on=T1,
        step_entered_on=T1,
        holder_since_on=T1,
        step=step,
        is_fictional=True,
    )
    tell(proposal, (CaseKind.FIRST_CONTACT, T1), (CaseKind.RECEIVED, T1), *told)
    return proposal


def tell(proposal, *told):
    for kind, on, *verdict in told:
        records.append(
            proposal, kind=kind, on=on, actor=ActedAs.LEDGER, **({"verdict": verdict[0]} if verdict else {})
        )


def adopted(number):
    return case(number, (CaseKind.VERDICT, T5, Verdict.ADOPTED))


def test_an_adopted_row_opens_its_own_trip():
    proposal = adopted("R8-0001")

    trip = open_from_ledger(proposal, key="", on=T5)

    assert (trip.number, trip.opened_on, trip.department) == ("TRIP-R8-01", T5, None)
    assert list(trip.proposals.all()) == [proposal]
    assert trip.is_fictional


def test_rows_sharing_a_key_share_one_trip():
    trips = [open_from_ledger(adopted(f"R8-000{n}"), key="A", on=T5) for n in (1, 2)]

    assert trips[0] == trips[1]
    assert trips[0].proposals.count() == 2


def test_saying_the_same_again_changes_nothing():
    proposal = adopted("R8-0001")
    for key in ("A", "A"):
        open_from_ledger(proposal, key=key, on=T5)
        told = (Trip.objects.get().version, TripRecord.objects.count(), proposal.records.count())

    open_from_ledger(make.reload(proposal), key="A", on=T5)

    assert told == (Trip.objects.get().version, TripRecord.objects.count(), proposal.records.count())


def test_a_row_never_adopted_has_no_trip():
    proposal = case("R8-0001", (CaseKind.VERDICT, T5, Verdict.CONDITIONAL), step=Step.CONDITIONS)

    assert open_from_ledger(proposal, key="A") is None
    assert not Trip.objects.exists()


def test_a_condition_met_opens_it():
    met = (CaseKind.CONDITIONS_MET, T5)
    proposal = case("R8-0001", (CaseKind.VERDICT, T1, Verdict.CONDITIONAL), met)

    assert open_from_ledger(proposal).opened_on == T5


def test_a_row_cancelled_before_its_start_stands_at_cancelled():
    proposal = adopted("R8-0001")
    tell(proposal, (CaseKind.CANCELLED, LATER))

    trip = open_from_ledger(proposal, key="C", on=T5)

    assert (trip.step, trip.cancelled_on) == (Phase.CANCELLED, LATER)


def test_one_living_row_keeps_a_shared_trip_alive():
    cancelled = adopted("R8-0001")
    tell(cancelled, (CaseKind.CANCELLED, LATER))
    open_from_ledger(cancelled, key="C", on=T5)

    trip = open_from_ledger(adopted("R8-0002"), key="C", on=T5)

    assert (trip.step, trip.cancelled_on) == (Phase.GATE, None)


def test_a_row_corrected_to_another_key_moves_there():
    stays, moves = adopted("R8-0001"), adopted("R8-0002")
    for proposal in (stays, moves):
        open_from_ledger(proposal, key="A", on=T5)

    trip = open_from_ledger(moves, key="B", on=T5)

    assert TripCase.objects.filter(proposal=moves).get().trip == trip
    assert trip.ledger_key == "B"
    left = Trip.objects.get(ledger_key="A")
    assert (left.step, left.records.filter(kind=Kind.LEFT).count()) == (Phase.GATE, 1)


def test_a_corrected_day_moves_the_opening_by_a_correction():
    proposal = adopted("R8-0001")
    open_from_ledger(proposal, key="A", on=T5)

    trip = open_from_ledger(proposal, key="A", on=date(2026, 7, 1))

    assert trip.opened_on == date(2026, 7, 1)
    opened = trip.records.effective().get(kind=Kind.OPENED)
    assert opened.text.text == "台帳の訂正"


def test_a_trip_the_section_has_moved_on_is_left_alone():
    proposal = adopted("R8-0001")
    trip = open_from_ledger(proposal, key="A", on=T5)
    Trip.objects.filter(pk=trip.pk).update(step=Phase.TRIAL, started_on=T5)
    tell(proposal, (CaseKind.CANCELLED, LATER))

    trip = open_from_ledger(proposal, key="A", on=T5)

    assert trip.step == Phase.TRIAL


def test_a_live_trip_of_the_case_is_no_concern_of_the_ledger():
    proposal = adopted("R8-0001")
    Proposal.objects.filter(pk=proposal.pk).update(department=make.department())
    live = open_trip(make.reload(proposal), by=make.desk(), on=None)

    open_from_ledger(proposal, key="A", on=T5)

    assert set(Trip.objects.filter(proposals=proposal).values_list("ledger_key", flat=True)) == {None, "A"}
    assert live.ledger_key is None


def test_the_day_of_a_condition_met_stays_when_the_case_is_cancelled_later():
    met = (CaseKind.CONDITIONS_MET, T5)
    proposal = case("R8-0001", (CaseKind.VERDICT, T1, Verdict.CONDITIONAL), met)
    open_from_ledger(proposal)
    tell(proposal, (CaseKind.CANCELLED, LATER))

    trip = open_from_ledger(proposal)

    assert (trip.opened_on, trip.cancelled_on) == (T5, LATER)
