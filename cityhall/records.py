"""The append-only, chained trail: how a record is written, protected and checked (reliability.md D13)."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date

from django.db import IntegrityError, connection, migrations, transaction
from django.utils import timezone

from cityhall.models import ActedAs, Posting, Record
from cityhall.refusal import NotAllowed

PROTECTED = "append_only_"


def append(
    subject,
    *,
    kind: str,
    actor: Posting | ActedAs,
    on: date | None = None,
    text: str = "",
    supersedes: Record | None = None,
    **columns,
) -> Record:
    """Write one record, then the columns of the subject that repeat it; the caller has locked the subject.

    `on` is the JST day it happened (today if not given). `actor` is a posting, or a capacity outside the
    city hall. Refuses what a constraint of the subject forbids, in the constraint's Japanese words.
    """
    salt = secrets.token_hex(16)
    text_hash = _fingerprint(salt, text) if text else ""
    last = subject.records.order_by("sequence").last()
    record = _next_record(
        subject, last, kind=kind, actor=actor, on=on, supersedes=supersedes, text_hash=text_hash, **columns
    )
    record.hash = seal(record)
    record.save(force_insert=True)
    if text:
        record.text_model.objects.create(record=record, salt=salt, text=text)
    subject.retell()
    subject.version += 1
    with constraints_in_words(subject), transaction.atomic():
        subject.save()
    return record


def begin(subject, events: Iterable[dict]) -> None:
    """Store a brand-new subject with the first records of its trail, each told as to `append`, without words.

    The subject is stored once, with the columns that repeat the trail. Refuses what a constraint of the
    subject forbids; the caller's transaction has then failed as a whole.
    """
    told = []
    for event in events:
        told.append(_next_record(subject, told[-1] if told else None, **event))
    subject.retell(told)
    subject.version = len(told)
    with constraints_in_words(subject):
        subject.save(force_insert=True)
    hash_before = ""
    for record in told:
        record.subject, record.previous_hash = subject, hash_before
        record.hash = hash_before = seal(record)
    type(told[0]).objects.bulk_create(told)


def _next_record(
    subject,
    last: Record | None,
    *,
    actor: Posting | ActedAs,
    on: date | None = None,
    supersedes: Record | None = None,
    data: dict | None = None,
    **columns,
) -> Record:
    """What follows on the last record, not sealed yet; a correction keeps the place of what it corrects."""
    sequence = last.sequence + 1 if last else 1
    record = subject._meta.get_field("records").related_model(
        subject=subject,
        sequence=sequence,
        place=supersedes.place if supersedes else sequence,
        supersedes=supersedes,
        previous_hash=last.hash if last else "",
        on=on or timezone.localdate(),
        entered_at=timezone.now().astimezone(UTC),  # as it is read back: the seal covers it
        data=data or {},
        **_capacity(actor),
        **columns,
    )
    subject.before_record(record)
    return record


@contextmanager
def constraints_in_words(subject) -> Iterator[None]:
    """Save what the constraints allow, a broken one refuses in its own words; to ask them one by one
    beforehand would cost a query each."""
    try:
        yield
    except IntegrityError as error:
        broken = [c for c in subject._meta.constraints if c.name in str(error)]
        if not broken:
            raise
        raise NotAllowed(broken[0].violation_error_message) from error


def _capacity(actor: Posting | ActedAs) -> dict:
    if isinstance(actor, Posting):
        return {"by": actor.user, "posting": actor, "acted_as": actor.role}
    return {"acted_as": actor}


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def seal(record: Record) -> str:
    """The hash of everything a record says, the hash before it included."""
    fields = [f for f in record._meta.concrete_fields if f.name not in ("id", "hash")]
    said = {field.attname: field.value_to_string(record) for field in fields}
    return _fingerprint(json.dumps(said, ensure_ascii=False, sort_keys=True))


def first_bad(model: type[Record]) -> Record | None:
    """The first record of a table that does not follow from the one before it, or None."""
    previous = None
    for record in model.objects.order_by("subject_id", "sequence").select_related("text").iterator():
        is_first = previous is None or previous.subject_id != record.subject_id
        if not _follows(record, None if is_first else previous):
            return record
        previous = record
    return None


def _follows(record: Record, previous: Record | None) -> bool:
    text = getattr(record, "text", None)
    return (
        record.sequence == (previous.sequence + 1 if previous else 1)
        and record.previous_hash == (previous.hash if previous else "")
        and record.hash == seal(record)
        and (text is None or record.text_hash == _fingerprint(text.salt, text.text))
    )


def protect(table: str) -> migrations.RunPython:
    """A migration step after which the database itself refuses to change or delete rows of the table."""

    def forward(apps, editor):
        for statement in _triggers(editor.connection.vendor, table):
            editor.execute(statement)

    def backward(apps, editor):
        where = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for verb in _verbs(editor.connection.vendor):
            editor.execute(f"DROP TRIGGER {PROTECTED}{table}_{verb.lower()}{where}")

    return migrations.RunPython(forward, backward)


def _verbs(vendor: str) -> list[str]:
    return ["UPDATE", "DELETE", "TRUNCATE"] if vendor == "postgresql" else ["UPDATE", "DELETE"]


def _triggers(vendor: str, table: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield (
            "CREATE OR REPLACE FUNCTION zamagate_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN "
            "IF current_setting('zamagate.records_lifted', true) IS DISTINCT FROM 'on' THEN "
            "RAISE EXCEPTION 'records are append-only'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
    for verb in _verbs(vendor):
        name = f"{PROTECTED}{table}_{verb.lower()}"
        if vendor == "postgresql":
            each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
            yield (
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION zamagate_refuse_change()"
            )
        else:
            yield (
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'records are append-only'); END"
            )


@contextmanager
def lifted() -> Iterator[None]:
    """Lift the protection of all records, for the test flush and for restore alone."""
    lift = _lifted_on_postgresql if connection.vendor == "postgresql" else _lifted_on_sqlite
    with lift():
        yield


@contextmanager
def _lifted_on_postgresql() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET zamagate.records_lifted = 'on'")
        try:
            yield
        finally:
            cursor.execute("RESET zamagate.records_lifted")


@contextmanager
def _lifted_on_sqlite() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '{PROTECTED}%'"
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, statement in triggers:
            cursor.execute(statement)
