"""連絡先: whom to call, changed by proposer or desk; the record names the lines, not their words."""

from django.db import transaction

from cityhall import access
from cityhall.models import Role
from cityhall.workflow import lock
from proposals import mail
from proposals.models import Contact, Proposal
from proposals.services.recording import note_fact
from proposals.workflow import Kind


@transaction.atomic
def change_contact(proposal: Proposal, *, by, version: int | None = None, **columns) -> list[str]:
    """Write down what the desk heard of whom to call; returns which lines changed.

    The words stay out of the trail, so that they can be erased. Refuses anybody but the desk, a stale page.
    """
    posting = access.require(by, Role.DESK)
    case = lock(proposal, version=version)
    if changed := write(case, columns):
        note_fact(case, Kind.NOTE, actor=posting, data={"contact": changed})
    return changed


def write(case: Proposal, columns: dict) -> list[str]:
    """Store the new words of a locked case; whoever had its letters is told that they go elsewhere."""
    contact, _ = Contact.objects.select_for_update().get_or_create(proposal=case)
    changed = {name: value for name, value in columns.items() if getattr(contact, name) != value}
    before = contact.email
    for name, value in changed.items():
        setattr(contact, name, value)
    contact.save()
    case.contact = contact
    if before and before != contact.email:
        mail.queue_address_changed(case, before=before)
    return sorted(changed)
