"""What the database itself refuses, by raw SQL, on both databases."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests import make, make_trips

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_trip_outside_history_and_ledger_has_a_section():
    trip = make_trips.trip()

    with pytest.raises(IntegrityError, match="trip_has_a_section"):
        sql("UPDATE trips_trip SET department_id = NULL WHERE id = %s", trip.pk)


@pytest.mark.parametrize("step", ["trial", "result", "next", "ended"])
def test_a_trip_under_way_has_a_day_it_started(step):
    trip = make_trips.trip()

    with pytest.raises(IntegrityError, match="trip_under_way_has_started"):
        sql("UPDATE trips_trip SET step = %s WHERE id = %s", step, trip.pk)


def test_a_started_trip_is_not_cancelled_before_its_start():
    trip = make_trips.started()

    with pytest.raises(IntegrityError, match="trip_cancelled_before_it_started"):
        sql("UPDATE trips_trip SET cancelled_on = started_on WHERE id = %s", trip.pk)


def test_a_trip_does_not_start_before_it_is_opened():
    trip = make_trips.started()

    with pytest.raises(IntegrityError, match="trip_days_in_order"):
        sql("UPDATE trips_trip SET started_on = %s WHERE id = %s", trip.opened_on - timedelta(1), trip.pk)


def test_a_ledger_key_opens_one_trip():
    first, second = make_trips.trip(), make_trips.trip()
    sql("UPDATE trips_trip SET ledger_key = 'A' WHERE id = %s", first.pk)

    with pytest.raises(IntegrityError):
        sql("UPDATE trips_trip SET ledger_key = 'A' WHERE id = %s", second.pk)


def test_a_case_travels_in_a_trip_once():
    trip = make_trips.trip()
    case = trip.proposals.get()

    with pytest.raises(IntegrityError):
        sql(
            "INSERT INTO trips_tripcase (trip_id, proposal_id, joined_on) VALUES (%s, %s, %s)",
            trip.pk,
            case.pk,
            trip.opened_on,
        )


def test_a_partner_has_a_name():
    trip = make_trips.trip()

    with pytest.raises(IntegrityError, match="partner_has_a_name"):
        sql("UPDATE trips_partner SET organization_id = NULL WHERE trip_id = %s", trip.pk)


@pytest.mark.parametrize("column", ["evidence", "said_by"])
def test_a_result_has_evidence_and_who_says_so(column):
    result = make_trips.result(make_trips.started())

    with pytest.raises(IntegrityError, match="result_has_evidence"):
        sql(f"UPDATE trips_result SET {column} = '' WHERE id = %s", result.pk)


def test_an_event_lies_in_one_of_the_four_phases():
    event = make_trips.history().events.get()

    with pytest.raises(IntegrityError, match="event_lies_in_a_phase"):
        sql("UPDATE trips_event SET phase = 'ended' WHERE id = %s", event.pk)


def test_a_link_joins_two_and_says_why():
    parent, child = make_trips.history(), make_trips.trip()
    insert = "INSERT INTO trips_link (parent_id, child_id, reason, linked_on) VALUES (%s, %s, %s, %s)"

    with pytest.raises(IntegrityError, match="link_joins_two"):
        sql(insert, child.pk, child.pk, "学び", make.LONG_AGO)
    with pytest.raises(IntegrityError, match="link_has_a_reason"):
        sql(insert, parent.pk, child.pk, "", make.LONG_AGO)


@pytest.mark.parametrize(
    "statement", ["UPDATE trips_triprecord SET data = '{}'", "DELETE FROM trips_triprecord"]
)
def test_a_record_is_neither_changed_nor_deleted(statement):
    make_trips.trip()

    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement)
