"""How things move: a table of transitions, and the only code that changes a step."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cityhall import access, records
from cityhall.models import ActedAs, Record, Role
from cityhall.refusal import NotAllowed, Stale

__all__ = ["NotAllowed", "Stale", "Transition", "Workflow", "lock"]


def nothing_missing(subject) -> list[str]:
    """The guard of a transition that asks for nothing."""
    return []


@dataclass(frozen=True)
class Transition:
    """A row of a workflow: one move, who may make it, and what must be there first."""

    name: str
    source: str
    target: str
    role: Role | ActedAs  # ActedAs.PROPOSER: a move only the proposer makes
    label: str
    kind: str = "move"
    needs_note: bool = False
    guard: Callable[..., list[str]] = nothing_missing
    verdict: str = ""

    def posting_of(self, user, subject):
        """The posting in which this person may make the move; a head acts for the own section only.

        `user` is a person of the city hall, or ActedAs.PROPOSER: whoever holds the case's receipt code.
        """
        if self.role == ActedAs.PROPOSER or user is ActedAs.PROPOSER:
            return user if user is self.role else None
        if self.role != Role.HEAD:
            return access.posting_for(user, self.role)
        if subject.department is None:
            return None
        return access.posting_for(user, Role.HEAD, department=subject.department)


def lock(subject, *, version: int | None = None):
    """The subject as it is now, locked until the caller's transaction ends; refuses an out-of-date page."""
    current = type(subject)._default_manager.select_for_update(of=["self"]).get(pk=subject.pk)
    if version is not None and current.version != version:
        raise Stale(
            "この画面を開いたあとに、ほかの人が先に保存しました。いまの内容を確かめてから、もう一度押してください。"
        )
    return current


class Workflow(tuple[Transition, ...]):
    """The moves of one kind of subject, in process order."""

    def from_step(self, step: str) -> Iterator[Transition]:
        """The moves that leave a step, in process order."""
        return (row for row in self if row.source == step)

    def row(self, name: str, *, source: str) -> Transition:
        """The move of that name from that step; refuses one that is not on the table."""
        for row in self.from_step(source):
            if row.name == name:
                return row
        raise NotAllowed(
            "いまの段階では、この動作は行えません。画面を開き直して、いまの段階を確かめてください。"
        )

    def moves_for(self, user, subject) -> list[Transition]:
        """The moves this person may make on the subject now, ready or not."""
        return [row for row in self.from_step(subject.step) if row.posting_of(user, subject)]

    @transaction.atomic
    def carry_out(
        self,
        subject,
        name: str,
        *,
        by,
        note: str = "",
        on: date | None = None,
        version: int | None = None,
        data: dict | None = None,
        **changes,
    ) -> Record:
        """Move the subject and write the record, in one locked transaction.

        Refuses: a move not on the table from here, a person without the posting, a missing reason,
        anything its guard finds missing, an out-of-date page. `changes` are columns set with the move.
        """
        subject = lock(subject, version=version)
        row = self.row(name, source=subject.step)
        for column, value in changes.items():
            setattr(subject, column, value)
        posting = self._check(row, subject, by=by, note=note)
        subject.step = row.target
        return records.append(
            subject,
            kind=row.kind,
            actor=posting,
            on=on,
            text=note.strip(),
            data={"move": row.name, **(data or {})},
            source=row.source,
            **({"verdict": row.verdict} if row.verdict else {}),
        )

    def take_back(self, subject, record: Record, *, actor, kind: str) -> Record:
        """Put the subject back to where it stood before a move; the caller has locked it and may do so.

        The new record takes the place of the move's, on its day, so that all reads as if it had not been.
        """
        subject.step = record.source
        return records.append(
            subject,
            kind=kind,
            actor=actor,
            on=record.on,
            supersedes=record,
            source=record.target,
            data={"undone": record.data["move"]},
        )

    def _check(self, row: Transition, subject, *, by, note: str):
        posting = row.posting_of(by, subject)
        if posting is None:
            raise NotAllowed(f"「{row.label}」は{row.role.label}だけが行えます。")
        if row.needs_note and not note.strip():
            raise NotAllowed(f"「{row.label}」には理由が必要です。")
        if missing := row.guard(subject):
            raise NotAllowed(f"「{row.label}」の前に、次のことが必要です。" + "／".join(missing))
        return posting
