"""接触の記録・覚え・すること: what the desk has added to a case."""

from collections.abc import Iterable

from django.db.models import QuerySet

from proposals.models import Proposal, ProposalRecord, Todo
from proposals.views.section.days import Today
from proposals.workflow import Kind

SHOWN = 4


def encounters(case: Proposal, records: Iterable[ProposalRecord]) -> dict:
    """The contacts in force, latest day first: what is shown at once, and those before."""
    corrected = {record.supersedes_id for record in records}
    met = [r for r in records if r.pk not in corrected and hasattr(r, "encounter")]
    met.sort(key=lambda record: (record.on, record.sequence), reverse=True)
    lines = [
        {"encounter": r.encounter, "sequence": r.sequence, "is_first": r.on == case.first_contact_on}
        for r in met
    ]
    return {"count": len(lines), "lines": lines[:SHOWN], "earlier": lines[SHOWN:]}


def how_it_began(case: Proposal, records: Iterable[ProposalRecord]) -> str:
    """電話で, if the contact of 初回相談日 is written down."""
    first = [r.encounter for r in records if hasattr(r, "encounter") and r.on == case.first_contact_on]
    return first[0].get_kind_display() if first else ""


def notes(records: Iterable[ProposalRecord]) -> list[ProposalRecord]:
    """What was kept in mind, newest first."""
    return [r for r in records if r.kind == Kind.NOTE and "key" in r.data and getattr(r, "text", None)]


def todo_lines(todos: Iterable[Todo], today: Today) -> list[dict]:
    """Things to do with how far they are, for `_todos.html`."""
    return [{"todo": todo, "due": today.due(todo.due_on)} for todo in todos]


def todos_of(case: Proposal, today: Today) -> list[dict]:
    return todo_lines(_open().filter(proposal=case), today)


def todos_for(user, today: Today, limit: int = 8) -> list[dict]:
    """What this person, or anybody at the desk, has to do, nearest day first."""
    mine = _open().filter(owner=user) | _open().filter(owner=None)
    return todo_lines(mine[:limit], today)


def _open() -> QuerySet[Todo]:
    return Todo.objects.open().select_related("owner", "proposal", "organization")
