"""覚え・すること: what somebody of the desk keeps in mind about a case, and what is to be done by when."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Role, User
from cityhall.refusal import NotAllowed
from cityhall.text import is_blank
from proposals.models import Organization, Proposal, Todo
from proposals.services.recording import lock_unmerged, note_fact
from proposals.workflow import Kind

ALREADY = (
    "この画面からは、もう別の文を残しています。書き直した文も残すときは、もう一度ボタンを押してください。"
)


@transaction.atomic
def write_note(proposal: Proposal, *, by, text: str, key: str = "") -> None:
    """Keep a note (覚え) in the record, once for its key; only the desk reads it.

    Refuses: anybody but the desk, a double, no words, other words under the same key.
    """
    posting = access.require(by, Role.DESK)
    case, text = lock_unmerged(proposal), text.strip()
    known = key and case.records.filter(kind=Kind.NOTE, data__key=key).select_related("text").first()
    if known:
        if getattr(known, "text", None) and known.text.text != text:
            raise NotAllowed(ALREADY)
        return
    if is_blank(text):
        raise NotAllowed("書きとめることを書いてください。")
    note_fact(case, Kind.NOTE, actor=posting, text=text, data={"key": key} if key else {})


@transaction.atomic
def add(
    subject: Proposal | Organization | None,
    *,
    by,
    text: str,
    key: str,
    owner: User | None = None,
    due_on: date | None = None,
    origin: str = Todo.Origin.HAND,
) -> Todo:
    """Put something to do on a case, an organisation or neither, once for its key; no owner: everybody's.

    Refuses: anybody but the desk, a double, no words, a day past, an owner who is not at the desk today.
    """
    access.require(by, Role.DESK)
    if isinstance(subject, Proposal):
        subject = lock_unmerged(subject)
    if is_blank(text):
        raise NotAllowed("することを書いてください。")
    if due_on and due_on < timezone.localdate():
        raise NotAllowed("「いつまでに」は、今日からの日にしてください。")
    if owner and not access.has_role(owner, Role.DESK):
        raise NotAllowed(f"{owner}さんは、いま窓口にいません。ほかの人を選んでください。")
    told = {"text": text.strip(), "due_on": due_on, "owner": owner}
    about = {"proposal" if isinstance(subject, Proposal) else "organization": subject}
    todo, is_new = Todo.objects.get_or_create(key=key, defaults=told | about | {"origin": origin})
    if not is_new and any(getattr(todo, name) != value for name, value in told.items()):
        raise NotAllowed(ALREADY)
    return todo


def promise(text: str, *, key: str, due_on: date, proposal: Proposal | None = None) -> bool:
    """Put what was promised for a day before the desk, once for its key; tells whether it is new."""
    told = {"text": text[:200], "due_on": due_on, "proposal": proposal, "origin": Todo.Origin.PROMISE}
    return Todo.objects.get_or_create(key=key, defaults=told)[1]


def see_to_promise(key: str) -> None:
    """What was promised was done; one that never came, or is seen to already, is no mistake."""
    Todo.objects.open().filter(key=key).update(done_at=timezone.now())


@transaction.atomic
def finish(todo: Todo, *, by) -> Todo:
    """Mark something as done; who did so first stays. Refuses anybody but the desk."""
    access.require(by, Role.DESK)
    todo = Todo.objects.select_for_update().get(pk=todo.pk)
    if todo.done_at is None:
        todo.done_at, todo.done_by = timezone.now(), by
        todo.save()
    return todo
