"""The append-only trail: chained, kept by the database itself, and checked."""

from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cityhall import records
from cityhall.models import ActedAs
from cityhall.refusal import NotAllowed
from proposals.models import Proposal, ProposalRecord, ProposalRecordText
from proposals.services import advance, intake, triage
from proposals.services.recording import correct, note_fact
from proposals.workflow import Kind, Step
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]

TABLE = "proposals_proposalrecord"


def run(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def case_with_four_records():
    case, desk = make.submission(), make.desk()
    advance(case, "accept", by=desk)
    triage.pass_gate(case, by=desk, note="対象になることを確かめました。")
    return make.reload(case)


def test_records_are_numbered_and_each_carries_the_hash_of_the_one_before():
    trail = list(case_with_four_records().records.order_by("sequence"))

    assert [r.sequence for r in trail] == [1, 2, 3, 4]
    assert [r.previous_hash for r in trail] == ["", *(r.hash for r in trail[:-1])]
    assert [r.kind for r in trail] == [Kind.FIRST_CONTACT, Kind.RECEIVED, Kind.MOVE, Kind.GATE]


def test_every_record_raises_the_version_of_the_case_by_one():
    case = make.submission()

    record = note_fact(case, Kind.NOTE, actor=ActedAs.SYSTEM)

    assert make.reload(case).version == case.version + 1 == record.sequence


def test_the_day_it_happened_and_the_moment_it_was_written_are_two_things(time_machine):
    time_machine.move_to("2026-07-01T01:00:00Z", tick=False)
    case = make.submission()

    record = note_fact(case, Kind.NOTE, actor=ActedAs.SYSTEM, on=date(2026, 6, 20))

    assert (record.on, record.entered_at.isoformat()) == (date(2026, 6, 20), "2026-07-01T01:00:00+00:00")


def test_a_record_without_a_day_is_of_the_japanese_day(time_machine):
    time_machine.move_to("2026-06-30T15:00:00Z", tick=False)

    record = note_fact(make.submission(), Kind.NOTE, actor=ActedAs.SYSTEM)

    assert record.on == date(2026, 7, 1)


def test_words_are_kept_apart_and_only_their_salted_hash_is_chained():
    case = make.submission()

    first = note_fact(case, Kind.NOTE, actor=ActedAs.SYSTEM, text="同じ文")
    second = note_fact(case, Kind.NOTE, actor=ActedAs.SYSTEM, text="同じ文")

    assert (first.text.text, second.text.text) == ("同じ文", "同じ文")
    assert first.text_hash != second.text_hash
    assert "同じ文" not in str(vars(first))


def test_erasing_words_leaves_the_chain_whole():
    case_with_four_records()

    ProposalRecordText.objects.all().delete()

    assert records.first_bad(ProposalRecord) is None


def test_a_correction_stands_at_the_place_of_the_record_it_supersedes():
    case = make.submission()
    received = case.records.get(kind=Kind.RECEIVED)
    desk = make.desk().postings.get()

    new = correct(received, actor=desk, on=received.on, reason="日付の書き間違い")

    assert (new.supersedes, new.place, new.sequence, new.kind) == (received, 2, 3, Kind.RECEIVED)
    assert list(case.records.effective().values_list("sequence", flat=True)) == [1, 3]


def test_a_correction_without_a_reason_is_refused():
    received = make.submission().records.get(kind=Kind.RECEIVED)

    with pytest.raises(NotAllowed, match="訂正には理由"):
        correct(received, actor=ActedAs.SYSTEM, on=received.on, reason="　")


def test_a_record_already_corrected_is_refused():
    received = make.submission().records.get(kind=Kind.RECEIVED)
    correct(received, actor=ActedAs.SYSTEM, on=received.on, reason="訂正")

    with pytest.raises(NotAllowed, match="もう訂正されています"):
        correct(received, actor=ActedAs.SYSTEM, on=received.on, reason="訂正")


def test_what_a_constraint_forbids_is_refused_in_its_words_and_nothing_is_written():
    case = make.submission()
    received = case.records.get(kind=Kind.RECEIVED)

    with pytest.raises(NotAllowed, match="初回相談日より前にできません"):
        correct(received, actor=ActedAs.SYSTEM, on=date(2020, 1, 1), reason="訂正")

    assert case.records.count() == 2
    assert make.reload(case).version == case.version


def new_case(**columns):
    organization = intake.find_organization(**make.organization())
    return Proposal(number="R8-0001", organization=organization, step_entered_on=DAY, **columns)


DAY = date(2026, 7, 1)
BOTH = [
    {"kind": Kind.FIRST_CONTACT, "actor": ActedAs.SYSTEM, "on": DAY},
    {"kind": Kind.RECEIVED, "actor": ActedAs.SYSTEM, "on": DAY, "data": {"by": "post"}},
]


def test_a_new_case_begun_with_its_records_stands_as_if_they_had_been_appended():
    begun = new_case()
    records.begin(begun, BOTH)

    appended = new_case()
    appended.number, appended.pk = "R8-0002", None
    records.begin(appended, BOTH[:1])
    records.append(appended, **BOTH[1])

    def told(case):
        same = make.reload(case)
        return {name: value for name, value in vars(same).items() if name not in OWN}

    assert told(begun) == told(appended)
    assert records.first_bad(ProposalRecord) is None
    assert list(begun.records.values_list("sequence", "place")) == [(1, 1), (2, 2)]


OWN = {"_state", "id", "number", "organization_id"}


def test_a_new_case_a_constraint_forbids_is_refused_in_its_words_and_nothing_is_written():
    case = new_case(is_eligible=True)

    with pytest.raises(NotAllowed, match="判断に付すには"), transaction.atomic():
        case.step = Step.DECISION
        records.begin(case, BOTH)

    assert not Proposal.objects.exists() and not ProposalRecord.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET data = '{{}}'",
        f"DELETE FROM {TABLE}",
        f"UPDATE {TABLE} SET \"on\" = '2020-01-01'",
    ],
)
def test_the_database_itself_refuses_to_change_records(statement):
    case_with_four_records()

    with pytest.raises(DatabaseError, match="append-only"):
        run(statement)

    assert ProposalRecord.objects.count() == 4


def test_the_database_itself_refuses_to_empty_the_table():
    case_with_four_records()
    run("SET CONSTRAINTS ALL IMMEDIATE" if connection.vendor == "postgresql" else "SELECT 1")

    with pytest.raises(DatabaseError, match="append-only"):
        run(f"TRUNCATE {TABLE} CASCADE" if connection.vendor == "postgresql" else f"DELETE FROM {TABLE}")


def test_the_orm_is_refused_as_well():
    record = case_with_four_records().records.first()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ProposalRecord.objects.filter(pk=record.pk).update(kind=Kind.NOTE)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        record.save()


def test_the_protection_is_lifted_inside_alone():
    case_with_four_records()

    with records.lifted():
        run(f"UPDATE {TABLE} SET data = '{{}}'")

    with pytest.raises(DatabaseError, match="append-only"):
        run(f"UPDATE {TABLE} SET data = '{{}}'")


def test_the_protection_is_back_after_a_failure_inside():
    case_with_four_records()

    with pytest.raises(ZeroDivisionError), records.lifted():
        raise ZeroDivisionError

    with pytest.raises(DatabaseError, match="append-only"):
        run(f"DELETE FROM {TABLE}")


TAMPERING = {
    "a day": ("UPDATE {t} SET \"on\" = '2020-01-01' WHERE sequence = 3", 3),
    "a kind": ("UPDATE {t} SET kind = 'note' WHERE sequence = 2", 2),
    "the details": ('UPDATE {t} SET data = \'{{"move": "x"}}\' WHERE sequence = 3', 3),
    "the capacity": ("UPDATE {t} SET acted_as = 'desk' WHERE sequence = 1", 1),
    "the person": ("UPDATE {t} SET by_id = NULL WHERE sequence = 4", 4),
    "the order": ("UPDATE {t} SET place = 9 WHERE sequence = 1", 1),
    "the moment": ("UPDATE {t} SET entered_at = '2020-01-01T00:00:00+00:00' WHERE sequence = 2", 2),
    "the words": ("UPDATE proposals_proposalrecordtext SET text = '別の文'", 4),
    "one taken out": ("DELETE FROM {t} WHERE sequence = 2", 3),
    "the first taken out": ("DELETE FROM {t} WHERE sequence = 1", 2),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_verify_records_names_the_first_bad_record(what):
    statement, sequence = TAMPERING[what]
    case = case_with_four_records()
    with records.lifted():
        run(statement.format(t=TABLE))

    with pytest.raises(CommandError, match=f"{case.number} .*の {sequence} 番の記録が合いません"):
        call_command("verify_records", stdout=StringIO())


def test_sealing_a_changed_record_anew_shows_at_the_next_one():
    case = case_with_four_records()
    changed = case.records.get(sequence=2)
    changed.on = date(2020, 1, 1)
    with records.lifted():
        run(f"UPDATE {TABLE} SET \"on\" = '2020-01-01', hash = %s WHERE sequence = 2", records.seal(changed))

    bad = records.first_bad(ProposalRecord)

    assert bad.sequence == 3


def test_each_case_has_a_chain_of_its_own():
    first, second = case_with_four_records(), case_with_four_records()
    with records.lifted():
        run(f"UPDATE {TABLE} SET kind = 'note' WHERE sequence = 1 AND subject_id = %s", second.pk)

    bad = records.first_bad(ProposalRecord)

    assert bad.subject == second
    assert first.records.count() == 4


def test_verify_records_counts_what_is_whole():
    case_with_four_records()
    out = StringIO()

    call_command("verify_records", stdout=out)

    assert "案件の記録：4件の記録は、すべて連なっています。" in out.getvalue()


def test_the_columns_of_the_case_repeat_what_the_record_says():
    case = make.submission()

    record = advance(case, "accept", by=make.desk())

    case = make.reload(case)
    assert (record.source, record.target, record.holder) == (Step.INTAKE, case.step, case.holder)
    assert case.step_entered_on == record.on


def test_a_moment_of_another_time_zone_is_sealed_as_it_is_read_back(monkeypatch):
    tokyo = datetime(2026, 11, 21, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
    monkeypatch.setattr(timezone, "now", lambda: tokyo)

    make.submission()

    assert records.first_bad(ProposalRecord) is None
