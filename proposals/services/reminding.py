"""しばらく声をかけていない: the desk is put in mind of organisations nobody has spoken with for 60 days."""

from datetime import date

from django.utils import timezone

from proposals import touch
from proposals.models import Organization, Todo

TEXT = "{}に、{}日、声をかけていません。"


def remind(today: date) -> int:
    """One thing to do an organisation and quiet time, whatever days were missed; returns how many are new.

    What somebody has spoken with since, or agreed to wait for, is seen to by itself.
    """
    _see_to(today)
    wanted = [_todo(one, today) for one in touch.quiet(today)]
    known = set(Todo.objects.filter(key__in=[t.key for t in wanted]).values_list("key", flat=True))
    new = [todo for todo in wanted if todo.key not in known]
    Todo.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _todo(organization: Organization, today: date) -> Todo:
    on = touch.remind_on(organization)
    return Todo(
        organization=organization,
        key=f"quiet:{organization.pk}:{on}",
        origin=Todo.Origin.QUIET,
        text=TEXT.format(organization.name[:100], (today - touch.touched_on(organization)).days),
        due_on=today,
        owner_id=organization.officer,
    )


def _see_to(today: date) -> None:
    open_ones = Todo.objects.open().filter(origin=Todo.Origin.QUIET)
    for one in touch.with_touch(Organization.objects.filter(pk__in=open_ones.values("organization"))):
        if touch.remind_on(one) > today:
            open_ones.filter(organization=one).update(done_at=timezone.now())
