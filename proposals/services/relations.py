"""Cases that belong together: linked by the desk, or one split off another."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from cityhall import access, closures, records
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals.models import Contact, Origin, Proposal, Relation, Submission
from proposals.services.intake import next_case_number
from proposals.services.recording import lock_unmerged, note_fact
from proposals.workflow import DESK_STEPS, OPEN_DAYS_AT, Kind

NOT_COPIED = {"id", "proposal", "version", "key", "submitted_at", "search_text", "search_pairs"}
NOT_COPIED |= {"notices_version", "pledges_version", "pledges"}  # said of the whole, and proved there


@transaction.atomic
def link(proposal: Proposal, *, by, other: Proposal) -> Relation:
    """Two cases belong together, once; refuses anybody but the desk, a case with itself, and a double."""
    access.require(by, Role.DESK)
    if other.pk == proposal.pk:
        raise NotAllowed("同じ案件どうしは、つなげません。")
    for case in sorted((proposal, other), key=lambda one: one.pk):
        lock_unmerged(case)
    relation, is_new = Relation.objects.get_or_create(**_ends(proposal, other), defaults={"by": by})
    if is_new:
        _tell_both(proposal, other, by=by, how="linked")
    return relation


@transaction.atomic
def unlink(proposal: Proposal, *, by, other: Proposal) -> None:
    """Two cases belong together no more; refuses what was split, for that happened."""
    access.require(by, Role.DESK)
    relation = Relation.objects.select_for_update().filter(**_ends(proposal, other)).first()
    if relation is None:
        return
    if relation.kind == Relation.Kind.SPLIT:
        raise NotAllowed("分けた案件のつながりは、外せません。")
    relation.delete()
    _tell_both(proposal, other, by=by, how="unlinked")


def split(
    proposal: Proposal, *, by, title: str, overview: str, note: str, key: str, version: int | None = None
) -> Proposal:
    """Make what a case holds besides a case of its own, once for the key: a 相談 with the same t0.

    One letter was received, so 提案受付件数 grows only when the desk makes the new one a 提案. Refuses
    anybody but the desk, a closed case, no reason, and a stale page.
    """
    try:
        with transaction.atomic():
            return _split(
                proposal, by=by, title=title, overview=overview, note=note, key=key, version=version
            )
    except IntegrityError:
        if made := Submission.objects.filter(key=key).select_related("proposal").first():
            return made.proposal
        raise


def _split(proposal: Proposal, *, by, title, overview, note, key, version) -> Proposal:
    posting = access.require(by, Role.DESK)
    case = lock(proposal)
    if made := Submission.objects.filter(key=key).select_related("proposal").first():
        return made.proposal
    lock(case, version=version)
    if case.step not in DESK_STEPS:
        raise NotAllowed("分けられるのは、①〜⑤の案件だけです。")
    if not note.strip():
        raise NotAllowed("分ける理由を書いてください。")
    t0 = case.first_contact_on
    new = Proposal(
        number=next_case_number(t0),
        origin=Origin.STAFF,
        organization=case.organization,
        title=title,
        fields=case.fields,
        officer=case.officer,
        step_entered_on=t0,
        is_fictional=case.is_fictional,
    )
    records.begin(new, [{"kind": Kind.FIRST_CONTACT, "actor": posting, "on": t0}])
    _begin_today(new)
    _copy_words(case, new, title=title, overview=overview, key=key)
    Relation.objects.create(**_ends(case, new), kind=Relation.Kind.SPLIT, by=by)
    _tell_both(case, new, by=by, how="split", text=note.strip())
    return new


def _begin_today(new: Proposal) -> None:
    """The contact lies back, the desk's turn begins now."""
    new.holder_since_on = timezone.localdate()
    new.due_on = closures.due_after(new.holder_since_on, OPEN_DAYS_AT[new.step])
    new.save(update_fields=["holder_since_on", "due_on"])


def _copy_words(case: Proposal, new: Proposal, **words) -> None:
    """The proposer's other answers hold for both; whom to call as well."""
    told = case.latest_submission
    kept = {f.name: getattr(told, f.name) for f in told._meta.concrete_fields if f.name not in NOT_COPIED}
    Submission.objects.create(proposal=new, **kept | words)
    person = getattr(case, "contact", None)
    fields = [f.name for f in Contact._meta.concrete_fields if f.name not in ("id", "proposal")]
    Contact.objects.create(proposal=new, **{name: getattr(person, name) for name in fields if person})


def _ends(one: Proposal, other: Proposal) -> dict:
    first, second = sorted((one, other), key=lambda case: case.pk)
    return {"first": first, "second": second}


def _tell_both(one: Proposal, other: Proposal, *, by, how: str, text: str = "") -> None:
    posting = access.require(by, Role.DESK)
    for case, its_other in sorted([(one, other), (other, one)], key=lambda pair: pair[0].pk):
        note_fact(case, Kind.RELATED, actor=posting, text=text, data={"other": its_other.number, "how": how})
