"""A table brought to the desk's page: kept, shown before anything changes, then taken in slice by slice."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.tables import Table, UnreadableTable, read_table
from proposals.ledger.report import Outcome, Reading, Report
from proposals.models import TableImport
from proposals.services.table_kinds import KINDS, TableKind

State = TableImport.State

MOST_BYTES = 10_000_000
SLICE = 100  # rows stored between two tellings of how far it is
STUCK = timedelta(minutes=3)  # longer than a slice takes
KEPT = timedelta(days=7)  # what nobody took in


def receive(data: bytes, *, kind: str, name: str, by) -> TableImport:
    """Keep a spreadsheet to look at; refuses anybody but the desk, and a file that is no such table."""
    access.require(by, Role.DESK)
    if len(data) > MOST_BYTES:
        raise UnreadableTable("10MBまでの表を取り込めます。年度ごとに分けて、もう一度選んでください。")
    KINDS[kind].preview(read_table(data))
    digest = hashlib.sha256(data).hexdigest()
    return TableImport.objects.create(
        kind=kind, token=secrets.token_hex(16), file_name=name[-255:], sha256=digest, data=data, by=by
    )


def preview(batch: TableImport) -> tuple[Table, Report]:
    """The table, and what taking it in would do now."""
    table = read_table(bytes(batch.data))
    return table, KINDS[batch.kind].preview(table)


@transaction.atomic
def order(batch: TableImport, *, by) -> TableImport:
    """Have it taken in, once; a second press changes nothing. Refuses anybody but the desk."""
    access.require(by, Role.DESK)
    batch = TableImport.objects.select_for_update().get(pk=batch.pk)
    if batch.state != State.READY:
        return batch
    table, report = preview(batch)
    outcomes = [outcome for outcome, _ in report.rows]
    batch.counts = {outcome: outcomes.count(outcome) for outcome in Outcome}
    batch.total = batch.counts[Outcome.NEW] + batch.counts[Outcome.CHANGED]
    if not batch.total:
        raise NotAllowed("取り込む行がありません。直した表を選び直してください。")
    batch.refused = [refusal(table, reading, KINDS[batch.kind]) for reading in report.refused]
    batch.state = State.QUEUED
    batch.save()
    return batch


def waiting() -> QuerySet[TableImport]:
    """Those ordered, and those whose worker went away."""
    is_left = Q(state=State.TAKING, touched_at__lt=timezone.now() - STUCK)
    return TableImport.objects.filter(Q(state=State.QUEUED) | is_left)


def carry_on(pk: int, *, open_project: Callable) -> bool:
    """Take in the next slice; True while rows are left. Safe twice: a stored row is not stored again."""
    if not waiting().filter(pk=pk).update(state=State.TAKING, touched_at=timezone.now()):
        return False
    batch = TableImport.objects.get(pk=pk)
    kind, (table, report) = KINDS[batch.kind], preview(batch)
    refused = {told["line"] for told in batch.refused}
    todo = [place for place in kind.in_order(report) if report.rows[place][1].line not in refused]
    for place in todo[:SLICE]:
        outcome, reading = report.rows[place]
        if kind.store(outcome, reading, by=batch.by, open_project=open_project) == Outcome.REFUSED:
            _count_refused(batch, outcome, refusal(table, reading, kind))
    batch.done = batch.total - len(todo[SLICE:])
    batch.state = State.QUEUED if todo[SLICE:] else State.DONE
    if batch.state == State.DONE:
        batch.data = b""
    batch.save()
    return batch.state == State.QUEUED


def _count_refused(batch: TableImport, outcome: Outcome, told: dict) -> None:
    batch.refused.append(told)
    batch.counts[outcome] -= 1
    batch.counts[Outcome.REFUSED] += 1


def refusal(table: Table, reading: Reading, kind: TableKind) -> dict:
    """A refused row as it is kept: where it stands, why it does not go in, its cells as typed."""
    columns = [column for column in table.columns if column not in kind.private]
    return {
        "line": reading.line,
        "key": reading.key,
        "problems": [[problem.column, problem.reason] for problem in reading.problems],
        "cells": [table.row_of(reading.line).get(column, "") for column in columns],
        "columns": columns,
    }


def forget_untaken() -> int:
    """Delete what was brought and not taken in for a week; returns how many."""
    old = TableImport.objects.filter(state=State.READY, uploaded_at__lt=timezone.now() - KEPT)
    return old.delete()[0]
