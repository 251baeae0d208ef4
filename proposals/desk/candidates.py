"""引き合わせの候補: what the page of a case's suggestions says."""

from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from cityhall import calendar
from proposals import guards
from proposals.desk.links import deed_url
from proposals.fitting import Candidate, Wish, partners, sections, wish
from proposals.models import Dismissal, Introduction, Proposal, Resource, Submission
from proposals.queries import rows_of

SHOWN = 5  # of each kind, before 「ほかの候補も見る」
SECTION, PARTNER = "section", "partner"
GONE = "（登録から外れた団体）"


@dataclass(frozen=True)
class Asked:
    """A case with its newest words, and what was found unfit for it: read in one statement."""

    case: Proposal
    said: Submission | None
    dismissed: list[dict] = field(default_factory=list)

    @property
    def wish(self) -> Wish:
        return wish.of_case(self.case, self.said)

    def without(self, side: str) -> set[int]:
        return {row["candidate"] for row in self.dismissed if row["side"] == side}


def asked(number: str) -> Asked:
    """The case of that number as the suggestions need it; 404 without."""
    sent = Submission.objects.filter(proposal__number=number).order_by("-version")
    sent = sent.select_related("proposal__organization", "proposal__department", "theme")
    said = sent.annotate(unfit=_dismissed(OuterRef("proposal"))).first()
    if said:
        return Asked(said.proposal, said, _rows(said.unfit))
    cases = Proposal.objects.with_people().annotate(unfit=_dismissed(OuterRef("pk")))
    if case := cases.filter(number=number).first():
        return Asked(case, None, _rows(case.unfit))
    raise Http404


def _dismissed(case: OuterRef) -> Subquery:
    """Sections and those that may be named; of others nothing is shown, not even that there are some."""
    named = Q(department__isnull=False) | Q(resource__in=Resource.objects.shown())
    rows = Dismissal.objects.filter(named, proposal=case)
    who = ("department", "department__name", "resource", "resource__name", "resource__organization__name")
    return rows_of(rows, "pk", "reason", *who)


def _rows(rows: list | None) -> list[dict]:
    found = []
    for pk, why, department, section, resource, name, organization in sorted(rows or []):
        side, candidate = (SECTION, department) if department else (PARTNER, resource)
        told = {"pk": pk, "reason": why, "side": side, "candidate": candidate}
        found.append(told | {"name": section or name or organization})
    return found


# --- the page ---------------------------------------------------------------


def shown(of: Asked, *, every: bool) -> dict:
    """Everything the page shows; `every` candidate, or the first of each kind."""
    today, looked_for = timezone.localdate(), of.wish
    told = of.said.overview if of.said else ""
    theme = of.said.theme if of.said else None
    fits = {
        SECTION: sections.sections(
            of.case, looked_for, told=told, theme=theme, today=today, without=of.without(SECTION)
        ),
        PARTNER: partners.partners(looked_for, today=today, without=of.without(PARTNER)),
    }
    most = None if every else SHOWN
    introduce = _introduce_url(of.case)
    groups = {
        f"{side}s": [_line(of.case, side, n, one, introduce) for n, one in enumerate(found[:most], start=1)]
        for side, found in fits.items()
    }
    more = sum(len(found[SHOWN:]) for found in fits.values())
    return groups | {
        "case": of.case,
        "more": more,
        "every": every,
        "dismissed": of.dismissed,
        "introductions": introductions(of.case),
        "brings": _brings(of),
        "wants": _wants(of),
        "asks_first": bool(of.said and of.said.sharing == Submission.Sharing.ASK),
        "lacks": guards.to_leave_matching(of.case),
    }


def _line(case: Proposal, side: str, number: int, one: Candidate, introduce: str) -> dict:
    pk = one.subject.pk
    query = "department" if side == SECTION else "resource"
    return {
        "number": number,
        "name": str(one.subject),
        "about": about_section(case, pk) if side == SECTION else about_partner(one.subject),
        "is_fictional": getattr(one.subject, "is_fictional", False),
        "reasons": one.reasons,
        "dismiss_url": deed_url(case, "dismiss", side, pk),
        "introduce_url": f"{introduce}?{query}={pk}" if introduce else "",
    }


def _introduce_url(case: Proposal) -> str:
    """Where an introduction is written; empty where there is no such page."""
    try:
        return deed_url(case, "introduce")
    except NoReverseMatch:
        return ""


def about_section(case: Proposal, pk: int) -> str:
    if case.department_id == pk:
        return "所管課"
    return "関係課の候補" if case.department_id else "所管課・関係課の候補"


def about_partner(one: Resource) -> str:
    """団体　活動：学習支援・居場所　区域：座間市　確認：令和8年6月."""
    of = f"{one.get_kind_display()}（{one.organization}）" if one.name else one.get_kind_display()
    told = [
        of,
        f"活動：{'・'.join(one.activities)}",
        f"区域：{'・'.join(one.areas)}",
        f"曜日：{one.days}" if one.days else "",
        f"確認：{calendar.wareki(one.verified_on)}" if one.verified_on else "確認：まだ",
    ]
    return "　".join(filter(None, told))


def _brings(of: Asked) -> str:
    if of.said is None:
        return "台帳に記載なし"
    return "／".join(filter(None, ["・".join(of.said.brings), of.said.brings_note])) or "書かれていません"


def _wants(of: Asked) -> str:
    if of.said is None:
        return "台帳に記載なし"
    told = ["・".join(of.said.requests), of.said.requests_note, of.said.wished_partners]
    return "／".join(filter(None, told)) or "書かれていません"


# --- introductions so far ---------------------------------------------------


def introductions(case: Proposal) -> list[dict]:
    """Who met for this case, newest first, with what came of it; one statement."""
    own = Introduction.objects.filter(proposal=case).order_by("-on", "-pk")
    met = Introduction.departments.through.objects.filter(introduction=OuterRef("pk"))
    town = Introduction.resources.through.objects.filter(introduction=OuterRef("pk"))
    who = ("resource__name", "resource__organization__name", "resource__consent", "resource__removed_on")
    rows: QuerySet = own.annotate(sections=rows_of(met, "department__name"), town=rows_of(town, *who))
    return [{"one": one, "who": "・".join([*_names(one), *_town(one)])} for one in rows]


def _names(one: Introduction) -> list[str]:
    return [name for (name,) in one.sections or ()]


def _town(one: Introduction) -> list[str]:
    yes = Resource.Consent.YES
    return [
        (name or organization) if consent == yes and not removed else GONE
        for name, organization, consent, removed in one.town or ()
    ]


def page_url(case: Proposal) -> str:
    return reverse("admin:proposals_proposal_candidates", args=[case.number])
