"""Which words of a case are blacked out, from what the desk chose."""

from collections.abc import Iterable

from cityhall.models import Role, User
from proposals.dossier import ink
from proposals.dossier.rows import wished
from proposals.models import Proposal, Submission


def fill(under: ink.Ink, case: Proposal, redactions: dict) -> None:
    """Put every word to hide under the ink, wherever of the case it stands."""
    if redactions.get(ink.CONTACT):
        under.add(ink.CONTACT, *_reach(case))
    if redactions.get(ink.NAMES):
        under.add(ink.NAMES, *_names(case))
    if redactions.get(ink.STAFF):
        under.add(ink.STAFF, *{str(person) for person in _staff(case) if person})
    if redactions.get(ink.WISH):
        for version in case.submissions.all():
            under.add(ink.WISH, *(_words(version, name) for name in wished(version)))
    under.add(ink.CHOSEN, *_chosen(case, redactions))


def _reach(case: Proposal) -> Iterable[str]:
    person = getattr(case, "contact", None)
    if person:
        yield from (person.email, *ink.phones(person.phone), person.consideration)
    yield from (hint.reach for hint in case.hints.all())


def _names(case: Proposal) -> Iterable[str]:
    person = getattr(case, "contact", None)
    if person:
        yield from (person.name, person.kana)
    yield from (version.representative for version in case.submissions.all())
    yield from (met.who for met in case.encounters.all())
    yield from (hint.person for hint in case.hints.all())
    yield from (meeting.people for meeting in case.introductions.all())


def _staff(case: Proposal) -> Iterable:
    """Everybody of the city hall who stands anywhere in the dossier, and who was ever at the desk.

    The desk's people are named in words too, as when a case is handed from one to the next.
    """
    yield case.officer
    yield from User.objects.filter(postings__role=Role.DESK).distinct()
    yield from (record.by for record in case.records.select_related("by"))
    yield from (paper.added_by for paper in case.decision_papers.select_related("added_by"))
    yield from (mark.reader for mark in case.assessments.select_related("reader"))
    yield from (hint.by for hint in case.hints.select_related("by"))
    yield from (meeting.by for meeting in case.introductions.select_related("by"))
    for sheet in case.hearings.select_related("asked_by", "answered_by", "drafted_by", "draft__saved_by"):
        yield from (sheet.asked_by, sheet.answered_by, sheet.drafted_by)
        yield from (asked.asked_by for asked in sheet.questions.select_related("asked_by"))
        yield getattr(getattr(sheet, "draft", None), "saved_by", None)
    for decision in case.decisions.select_related("decided_by", "prepared_by"):
        yield from (decision.decided_by, decision.prepared_by)
    yield getattr(getattr(case, "decision_draft", None), "saved_by", None)


def _words(version: Submission, name: str) -> str:
    """What is blacked out elsewhere too: the words themselves, but no choice everybody may make."""
    value = getattr(version, name)
    return value if isinstance(value, str) and not version._meta.get_field(name).choices else ""


def _chosen(case: Proposal, redactions: dict) -> Iterable[str]:
    """What the desk picked by hand: messages, words of records, the names of papers left out."""
    yield from (message.text for message in case.messages.filter(pk__in=redactions.get("messages", ())))
    told = case.records.filter(pk__in=redactions.get("records", ()), text__isnull=False)
    yield from (record.text.text for record in told.select_related("text"))
    yield from (p.original_name for p in case.attachments.filter(pk__in=redactions.get("papers", ())))
    kept = case.decision_papers.filter(pk__in=redactions.get("decision_papers", ()))
    yield from (paper.original_name for paper in kept)
