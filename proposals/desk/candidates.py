"""引き合わせの候補: what the page of a case's suggestions says."""

from dataclasses import dataclass, field
from functools import cache

from django.db.models import OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from cityhall import calendar
from proposals import guards
from proposals.column import Column
from proposals.desk import resources
from proposals.desk.introductions import of_case
from proposals.desk.links import deed_url
from proposals.fitting import Candidate, Wish, partners, sections, wish
from proposals.introduced import introduced
from proposals.models import Dismissal, Proposal, ProposalRecord, Resource, Submission
from proposals.queries import rows_of

SECTION, PARTNER = "section", "partner"
SHOWN = {SECTION: 3, PARTNER: 5}  # before 「ほかの候補も見る」
OF_A_CASE = (
    *("number", "title", "step", "is_held", "is_fictional", "fields", "version", "organization__name"),
    *("organization__name_key", "organization__kana", "department__name"),
)
READ = (
    *("title", "overview", "activity", "problem", "fields", "brings", "brings_note", "requests"),
    *("requests_note", "wished_partners", "local_base", "sharing", "theme__title", "theme__department"),
    *(f"proposal__{name}" for name in OF_A_CASE),
)


@dataclass(frozen=True)
class Asked:
    """A case with its newest words, who met for it, and what was found unfit: read in one statement."""

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
    said = _sent().filter(proposal__number=number).first()
    cases = Proposal.objects.with_people().filter(number=number)
    row = said or cases.annotate(**_beside(OuterRef("pk"))).first()
    if row is None:
        raise Http404
    case = said.proposal if said else row
    case.introduced, case.last_of_answers = row.introduced, row.last_of_answers
    return Asked(case, said, _rows(row.unfit))


@cache
def _sent() -> QuerySet[Submission]:
    """Words with their case and all beside it; always asked the same way, so worded once."""
    sent = Submission.objects.select_related("proposal__organization", "proposal__department", "theme")
    return sent.only(*READ).annotate(**_beside(OuterRef("proposal"))).order_by("-version")


def _beside(case: OuterRef) -> dict:
    return {
        "unfit": _dismissed(case),
        "introduced": introduced(case),
        "last_of_answers": Column(guards.of_answers(ProposalRecord.objects.filter(subject=case))[:1]),
    }


def _dismissed(case: OuterRef) -> Column:
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
    introduce = deed_url(of.case, "introduce") if of.case.is_open and not of.case.is_held else ""
    groups = {
        f"{side}s": [
            _line(of.case, side, n, one, introduce)
            for n, one in enumerate(found if every else found[: SHOWN[side]], start=1)
        ]
        for side, found in fits.items()
    }
    more = sum(len(found[SHOWN[side] :]) for side, found in fits.items())
    return groups | {
        "case": of.case,
        "more": more,
        "every": every,
        "dismissed": of.dismissed,
        "lines": of_case(of.case),
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
        "url": resources.page_url(one.subject) if side == PARTNER else "",
        "reasons": one.told,
        "dismiss_url": deed_url(case, "dismiss", side, pk) if case.is_open else "",
        "introduce_url": f"{introduce}?{query}={pk}" if introduce else "",
    }


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


def page_url(case: Proposal) -> str:
    return reverse("admin:proposals_proposal_candidates", args=[case.number])
