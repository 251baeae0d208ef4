"""① 受付: how a case comes to be, and the code that lets its proposer back in."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from cityhall import access, calendar, numbers, records, text
from cityhall.models import ActedAs, Posting, Role
from cityhall.refusal import NotAllowed
from proposals import mail
from proposals.models import (
    Contact,
    Encounter,
    Organization,
    Origin,
    Proposal,
    ReceiptCode,
    Submission,
    Track,
)
from proposals.services import indexing
from proposals.services.receipts import hash_code
from proposals.services.recording import lock_unmerged, note_fact
from proposals.workflow import Kind

ALREADY = (
    "この画面からは、もう {number} として受け付けています。"
    "書き直したものを別の1件として送るときは、もう一度ボタンを押してください。"
)


def submit(
    words: dict,
    *,
    organization: dict,
    contact: dict,
    track: Track,
    key: str,
    code: str,
    is_held: bool = False,
    is_fictional: bool = False,
) -> Proposal:
    """Take in what the public form sent, once for its key; a second sending returns the same case.

    `words` are Submission columns, `organization` and `contact` theirs. `code` is the receipt code shown
    to the sender; only its hash is stored. Refuses other words under the same key: they would be lost.
    """
    told = {"organization": organization, "contact": contact}
    try:
        with transaction.atomic():
            flags = {"is_held": is_held, "is_fictional": is_fictional}
            return receive(words, **told, track=track, key=key, code=code, **flags).proposal
    except IntegrityError:
        if sent := _sent_before(words | {"key": key}, **told):
            return sent
        raise


def receive(
    words: dict,
    *,
    organization: dict,
    contact: dict,
    track: Track,
    key: str,
    code: str,
    is_held: bool = False,
    is_fictional: bool = False,
) -> Submission:
    """As `submit`, inside the caller's transaction: a key sent before breaks it. The words as stored."""
    submission = _open_case(
        words | {"key": key},
        organization=organization | {"is_fictional": is_fictional},
        contact=contact,
        track=track,
        actor=ActedAs.PROPOSER,
        origin=Origin.FORM,
        is_held=is_held,
        is_fictional=is_fictional,
    )
    ReceiptCode.objects.create(proposal=submission.proposal, code_hash=hash_code(code))
    mail.queue_receipt(submission.proposal)
    mail.queue_new_case_for_desk(submission.proposal)
    return submission


def enter(
    words: dict,
    *,
    by,
    organization: dict,
    contact: dict | None = None,
    track: Track,
    first_contact_on: date,
    received_on: date | None = None,
    came: dict | None = None,
    is_fictional: bool = False,
) -> Proposal:
    """Key in a phone call, a visit or a paper, once for the key among its words, if there is one.

    `came` tells how (a kind of contact, or paper), by which route (`came.ROUTES`), and a note in words.
    Refuses anybody but the desk, impossible days, and other words under the same key.
    """
    posting = access.require(by, Role.DESK)
    _check_days(first_contact_on, received_on)
    contact = contact or {}
    try:
        with transaction.atomic():
            submission = _open_case(
                words,
                organization=organization | {"is_fictional": is_fictional},
                contact=contact,
                track=track,
                actor=posting,
                origin=Origin.STAFF,
                first_contact_on=first_contact_on,
                received_on=received_on,
                is_fictional=is_fictional,
                officer=by,
            )
            _note_how(submission.proposal, posting, **came or {})
            return submission.proposal
    except IntegrityError:
        if sent := _sent_before(words, organization=organization, contact=contact):
            return sent
        raise


def _check_days(first_contact_on: date, received_on: date | None) -> None:
    today = timezone.localdate()
    if first_contact_on > today or (received_on and not first_contact_on <= received_on <= today):
        raise NotAllowed("初回相談日・受付日は、初回相談日 ≦ 受付日 ≦ 今日 になるように入れてください。")


def _note_how(case: Proposal, posting: Posting, *, how: str = "", route: str = "", note: str = "") -> None:
    """Keep how a case came to the desk; a call or a visit is the first contact, and not only its day."""
    if how in Encounter.Kind:
        first = case.records.get(kind=Kind.FIRST_CONTACT)
        Encounter.objects.create(proposal=case, record=first, kind=how, on=first.on, by=posting.user, text="")
    if how or route:
        note_fact(
            case, Kind.NOTE, actor=posting, text=note.strip(), data={"came": {"how": how, "route": route}}
        )


def _sent_before(words: dict, *, organization: dict, contact: dict) -> Proposal | None:
    """The case of this key; refuses words changed since, which would else be lost unseen."""
    key = words.get("key")
    sent = key and Submission.objects.select_related("proposal__contact").filter(key=key).first()
    if not sent:
        return None
    kept = [
        (sent, words),
        (sent, {"organization_name": organization["name"]}),
        (sent.proposal.contact, contact),
    ]
    if any(getattr(row, name) != value for row, told in kept for name, value in told.items()):
        raise NotAllowed(ALREADY.format(number=sent.proposal.number))
    return sent.proposal


def _open_case(
    words: dict,
    *,
    organization: dict,
    contact: dict,
    track: Track,
    actor: Posting | ActedAs,
    origin: Origin,
    first_contact_on: date | None = None,
    received_on: date | None = None,
    **columns,
) -> Submission:
    today = timezone.localdate()
    t0 = first_contact_on or today
    t1 = (received_on or today) if track == Track.PROPOSAL else None
    number = next_case_number(t1 or t0)  # first: who sends meanwhile waits here, and finds a new organisation
    proposal = Proposal(
        number=number,
        origin=origin,
        organization=find_organization(**organization, is_vouched=origin != Origin.FORM),
        title=words["title"],
        fields=words.get("fields", []),
        step_entered_on=t1 or t0,
        **columns,
    )
    days = [(Kind.FIRST_CONTACT, t0), (Kind.RECEIVED, t1)]
    records.begin(proposal, ({"kind": kind, "actor": actor, "on": on} for kind, on in days if on))
    submission = Submission.objects.create(proposal=proposal, organization_name=organization["name"], **words)
    Contact.objects.create(proposal=proposal, **contact)
    return submission


def next_case_number(arrived_on: date) -> str:
    """The next number of the fiscal year of arrival: R8-0001, for 相談 and 提案 alike."""
    year = calendar.fiscal_year(arrived_on)
    return f"{calendar.era_year(year)}-{numbers.next_number('case', year):04}"


def find_organization(
    *, name: str, kind: str, corporate_number: str = "", is_vouched: bool = True, **columns
) -> Organization:
    """The registered organisation of this corporate number, else of this name and kind, else a new one.

    Of one merged into another it is that other. A number nobody at the city hall vouches for (the
    public form) is never written on a known namesake.
    """
    key = text.name_key(name)
    wanted = Q(name_key=key, kind=kind)
    if corporate_number:
        without_number = wanted & Q(corporate_number="") if is_vouched else Q()
        wanted = Q(corporate_number=corporate_number) | without_number
    order = "-corporate_number" if corporate_number else "pk"
    known = Organization.objects.filter(wanted).order_by(order, "pk")
    fits = ("", corporate_number) if corporate_number else None
    found = next((one.living for one in known if not fits or one.living.corporate_number in fits), None)
    if found is None:
        columns |= {"name": name, "name_key": key, "kind": kind, "corporate_number": corporate_number}
        return Organization.objects.create(**columns)
    if corporate_number and not found.corporate_number:
        found.corporate_number = corporate_number
        found.save(update_fields=["corporate_number"])
        indexing.renamed(found)
    return found


@transaction.atomic
def turn_into_proposal(
    proposal: Proposal, *, by, on: date | None = None, version: int | None = None
) -> Proposal:
    """Make a 相談 a 提案 as of that day (t1); refuses a 提案, a double, and days outside t0–today."""
    posting = access.require(by, Role.DESK)
    proposal = lock_unmerged(proposal, version=version)
    on = on or timezone.localdate()
    if proposal.is_proposal:
        raise NotAllowed("この案件は、もう「提案」です。")
    if not proposal.first_contact_on <= on <= timezone.localdate():
        raise NotAllowed("受付日は、初回相談日から今日までの日にしてください。")
    note_fact(proposal, Kind.RECEIVED, actor=posting, on=on)
    return proposal
