"""担当の引継ぎ: all that one officer looks after goes to another, with a record a case."""

from dataclasses import dataclass

from django.db import transaction

from cityhall import access
from cityhall.models import Posting, Role, User
from cityhall.refusal import NotAllowed, Stale
from cityhall.workflow import lock
from proposals.models import Proposal, Todo
from proposals.services.recording import note_fact
from proposals.workflow import Kind

CHANGED = "この画面を開いたあとに、引き継ぐものが変わりました。下の一覧を確かめて、もう一度押してください。"


@dataclass(frozen=True)
class Burden:
    """What somebody looks after: open cases, and things to do (受け持ち)."""

    cases: list[Proposal]
    todos: list[Todo]

    @property
    def mark(self) -> str:
        """Which these are, so that nothing unseen is handed over."""
        return ",".join([*(f"c{case.pk}" for case in self.cases), *(f"t{todo.pk}" for todo in self.todos)])

    def __bool__(self) -> bool:
        return bool(self.cases or self.todos)


def burden_of(person: User) -> Burden:
    """The open cases and the things to do of this person."""
    cases = Proposal.objects.open().filter(officer=person).with_people().order_by("pk")
    todos = Todo.objects.open().filter(owner=person).select_related("proposal", "organization").order_by("pk")
    return Burden(list(cases), list(todos))


@transaction.atomic
def hand_over(person: User, *, to: User, by, reason: str, seen: str | None = None) -> int:
    """Give all open cases and things to do of one person to another; returns how many cases.

    Refuses: the same person, somebody not at the desk, no reason, nothing to hand over, and what was not
    on the page (`seen`, a burden's mark).
    """
    posting = access.require(by, Role.DESK)
    if person.pk == to.pk:
        raise NotAllowed("引き継ぐ人と受け取る人が同じです。")
    if not Posting.objects.in_force().filter(role=Role.DESK, user=to).exists():
        raise NotAllowed(f"{to}は、いま窓口にいません。窓口の職員を選んでください。")
    if not reason.strip():
        raise NotAllowed("引き継ぐわけを書いてください。")
    _hold(person)
    burden = burden_of(person)
    if not burden:
        raise NotAllowed(f"{person}が受け持つ案件とすることは、いまはありません。")
    if seen is not None and seen != burden.mark:
        raise Stale(CHANGED)
    given = [_give(case, person, to, posting, reason.strip()) for case in burden.cases]
    Todo.objects.open().filter(pk__in=[todo.pk for todo in burden.todos], owner=person).update(owner=to)
    return sum(given)


def _hold(person: User) -> None:
    """Wait for a colleague who hands over, takes or finishes the same things at this moment."""
    for rows in (Proposal.objects.open().filter(officer=person), Todo.objects.open().filter(owner=person)):
        list(rows.order_by("pk").select_for_update().values("pk"))


def _give(case: Proposal, person: User, to: User, posting: Posting, reason: str) -> bool:
    """One case; a colleague may have taken it meanwhile."""
    case = lock(case)
    if case.officer_id != person.pk:
        return False
    text = f"担当：{person} → {to}。{reason}"
    note_fact(case, Kind.HANDOVER, actor=posting, text=text, changes={"officer": to})
    return True
