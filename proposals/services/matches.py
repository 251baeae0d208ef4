"""組み合わせ: what the sides of a case do together, and each side's own gain, written by that side."""

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import ActedAs, Department, Posting, Role
from cityhall.refusal import NotAllowed
from cityhall.text import is_blank
from cityhall.workflow import lock
from proposals.models import Match, MatchParty, Proposal, Resource
from proposals.services.recording import lock_unmerged, note_fact
from proposals.told import told
from proposals.workflow import Kind, Step

Side = MatchParty.Role
WRITTEN_AT = [Step.MATCHING, Step.LOGIC_MODEL]
NOT_NOW = "組み合わせは、④マッチング・調整と⑤のあいだに書きます。"
GONE = "この相手は、もう組み合わせから外れています。"
NO_PARTY = "この案件の組み合わせに入っていません。"


@transaction.atomic
def write(
    proposal: Proposal, *, by, purpose: str, own_part: str, lead_part: str, version: int | None = None
) -> Match:
    """Write, or rewrite, what all aim at, and the parts of the proposer and of the section in charge.

    Refuses anybody but the desk, other steps, a case without 所管課, a stale page, no words. What was agreed
    has to be agreed anew.
    """
    posting = access.require(by, Role.DESK)
    case, match = _locked(proposal, version)
    if case.department is None:
        raise NotAllowed("先に、所管課を決めてください。")
    if is_blank(purpose) or is_blank(own_part) or is_blank(lead_part):
        raise NotAllowed("いっしょに目指すことと、それぞれの担うことを書いてください。")
    before = in_words(match) if match else ""
    match = match or Match.objects.create(proposal=case, purpose=purpose.strip())
    match.purpose = purpose.strip()
    _part(match, own_part, role=Side.PROPOSER)
    _part(match, lead_part, role=Side.LEAD, department=case.department)
    _store(case, match, posting, before, "written")
    return match


def _locked(proposal: Proposal, version: int | None = None) -> tuple[Proposal, Match | None]:
    """The case and its match; refuses other steps, and a page that shows an older match."""
    case = lock_unmerged(proposal)
    if case.step not in WRITTEN_AT:
        raise NotAllowed(NOT_NOW)
    match = Match.objects.filter(proposal=case).first()
    return case, match and lock(match, version=version)


def _part(match: Match, part: str, **who) -> None:
    MatchParty.objects.update_or_create(match=match, **who, defaults={"part": part.strip()})


def _store(case: Proposal, match: Match, actor: Posting | ActedAs, before: str, how: str) -> None:
    """The record says what stands now and what stood before; an agreement ends with what was agreed on.

    Where all is as it was, so is the agreement.
    """
    after = in_words(match)
    if after == before:
        return
    was_agreed, match.agreed_on = match.agreed_on, None
    match.version += 1
    match.save()
    text = f"{after}\n（前は）\n{before}" if before else after
    note_fact(case, Kind.MATCHED, actor=actor, text=text, data={"how": how, "was_agreed": bool(was_agreed)})


def in_words(match: Match) -> str:
    """The whole match for the record: the purpose, each side with its part and its gain."""
    parties = match.parties.select_related(
        "department", "resource__organization", "match__proposal__organization"
    )
    lines = [f"目指すこと：{match.purpose}"]
    for party in parties.order_by("pk"):
        gain = f"。良いこと：{party.gain}" if party.gain else ""
        lines.append(f"{party.get_role_display()}　{side(party)}：{party.part}{gain}")
    return "\n".join(lines)


def side(party: MatchParty) -> str:
    """Who a side is, by name."""
    return str(party.department or party.resource or party.match.proposal.organization)


# --- who helps ----------------------------------------------------------------


@transaction.atomic
def add_side(
    proposal: Proposal,
    *,
    by,
    part: str,
    department: Department | None = None,
    resource: Resource | None = None,
    version: int | None = None,
) -> MatchParty:
    """A section that helps, or a partner of the town, with its part; one there already gets another part.

    Refuses anybody but the desk, other steps, before the purpose is written, a stale page, no words, the
    section in charge, a section no longer valid, and a partner that may not be named.
    """
    posting = access.require(by, Role.DESK)
    case, match = _locked(proposal, version)
    if match is None:
        raise NotAllowed("先に、いっしょに目指すことを書いてください。")
    if is_blank(part):
        raise NotAllowed("担うことを書いてください。")
    if (department is None) == (resource is None):
        raise NotAllowed("課か地域の団体の、どちらか1つを選んでください。")
    before = in_words(match)
    if resource:
        if not Resource.objects.shown().filter(pk=resource.pk).exists():
            raise NotAllowed("紹介してよいと確かめていない団体は、加えられません。")
        _part(match, part, role=Side.PARTNER, resource=resource)
    else:
        if department == case.department:
            raise NotAllowed(f"{department}は所管課です。上の欄で書いてください。")
        if not Department.objects.valid_on(timezone.localdate()).filter(pk=department.pk).exists():
            raise NotAllowed(f"{department}は、いまはない課です。引き継いだ課を選んでください。")
        _part(match, part, role=Side.SUPPORT, department=department)
    _store(case, match, posting, before, "side")
    return match.parties.get(department=department, resource=resource)


@transaction.atomic
def drop_side(party: MatchParty, *, by, reason: str) -> None:
    """A section or a partner takes no part any more; refuses the lead, the proposer, and no reason."""
    posting = access.require(by, Role.DESK)
    case, match = _locked(party.match.proposal)
    if party.role in (Side.LEAD, Side.PROPOSER):
        raise NotAllowed("提案者と所管課は、外せません。")
    if is_blank(reason):
        raise NotAllowed("外すわけを書いてください。記録に残ります。")
    before = f"{in_words(match)}\n外したわけ：{reason.strip()}"
    gone, _ = MatchParty.objects.filter(pk=party.pk).delete()
    if not gone:
        raise NotAllowed(GONE)
    _store(case, match, posting, before, "dropped")


def follow_lead(case: Proposal, *, actor: Posting) -> None:
    """Another section takes the lead: it stands in the match, its part and gain to be written by it."""
    match = Match.objects.filter(proposal=case).first()
    lead = match and match.parties.filter(role=Side.LEAD).first()
    if lead is None or lead.department_id == case.department_id:
        return
    before = in_words(match)
    match.parties.filter(role=Side.SUPPORT, department=case.department).delete()
    lead.department, lead.gain, lead.gain_as, lead.gain_on, lead.gain_by = case.department, "", "", None, None
    lead.save()
    _store(case, match, actor, before, "lead")


# --- each side's own gain -----------------------------------------------------


@transaction.atomic
def write_section_gain(proposal: Proposal, department: Department, *, by, gain: str) -> MatchParty:
    """A section of the match writes its own gain; refuses others, other steps and no words."""
    posting = access.require(by, Role.MEMBER, Role.HEAD, department=department)
    case, match = _locked(proposal)
    party = match and match.parties.filter(department=department).first()
    if party is None:
        raise NotAllowed(NO_PARTY)
    return _gain(case, match, party, gain, posting, by=by)


@transaction.atomic
def write_own_gain(proposal: Proposal, *, gain: str) -> MatchParty:
    """The proposer writes the own gain on the receipt page; refuses other steps, and without a match."""
    case, match = _locked(proposal)
    party = match and match.parties.filter(role=Side.PROPOSER).first()
    if party is None or told(case).is_pending:
        raise NotAllowed("いまは書けません。「やりとり」からお書きください。")
    return _gain(case, match, party, gain, ActedAs.PROPOSER)


@transaction.atomic
def take_down_gain(party: MatchParty, *, by, gain: str, heard_from: str) -> MatchParty:
    """The desk takes down what a partner or a proposer says; refuses sections, and not to say who said it."""
    posting = access.require(by, Role.DESK)
    case, match = _locked(party.match.proposal)
    if party.role not in (Side.PARTNER, Side.PROPOSER):
        raise NotAllowed("課にとって良いことは、その課が課のまどで書きます。")
    if is_blank(heard_from):
        raise NotAllowed("だれから聞いたかを書いてください。")
    return _gain(case, match, party, gain, posting, by=by, heard_from=heard_from)


def _gain(case, match, party, gain: str, actor, *, by=None, heard_from: str = "") -> MatchParty:
    if is_blank(gain):
        raise NotAllowed("自分たちにとって良いことを書いてください。1文で構いません。")
    before, party = in_words(match), match.parties.filter(pk=party.pk).first()
    if party is None:
        raise NotAllowed(GONE)
    party.gain, party.gain_on, party.gain_from = gain.strip(), timezone.localdate(), heard_from.strip()
    party.gain_as, party.gain_by = (actor.role if isinstance(actor, Posting) else actor), by
    party.save()
    _store(case, match, actor, before, "gain")
    return party


# --- the agreement ------------------------------------------------------------


@transaction.atomic
def agree(proposal: Proposal, *, by, why_not: str = "", version: int | None = None) -> Match:
    """All sides agree, today: each has its part and its gain, or the desk says why not.

    Refuses anybody but the desk, other steps, a stale page, no match, and a gain missing without a word.
    """
    posting = access.require(by, Role.DESK)
    case, match = _locked(proposal, version)
    if match is None:
        raise NotAllowed("先に、いっしょに目指すことを書いてください。")
    if match.agreed_on:
        raise NotAllowed("この組み合わせは、もう合意しています。")
    silent = [
        side(party) for party in match.parties.select_related("department", "resource") if not party.gain
    ]
    if silent and is_blank(why_not):
        names = "・".join(silent)
        raise NotAllowed(
            f"{names}の「良いこと」がまだです。ないまま合意するときは、そのわけを書いてください。"
        )
    match.agreed_on = timezone.localdate()
    match.version += 1
    match.save()
    missing = f"\n「良いこと」がないまま合意したわけ：{why_not.strip()}" if silent else ""
    note_fact(case, Kind.MATCHED, actor=posting, text=in_words(match) + missing, data={"how": "agreed"})
    return match
