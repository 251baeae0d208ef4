"""What the desk reads of introductions: those of a case, and all of them by what they wait for."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from cityhall.calendar import parse_date
from proposals.introduced import FIELDS, LED_NOWHERE, OF_A_PARTY, Result, in_parties, met_names, with_names
from proposals.models import Introduction, Match, MatchParty, Organization, Proposal, Resource

SHOWN = 50


@dataclass(frozen=True)
class Line:
    """One introduction: with whom, when, and what has come of it."""

    number: str
    running: int
    on: date
    hour: str
    place: str
    who: str
    aim: str
    word: str
    text: str
    next_step: str
    next_on: date | None
    is_awaited: bool
    led_nowhere: bool
    title: str = ""


def of_case(case: Proposal) -> list[Line]:
    """Its introductions as they came along with the case, the newest first."""
    rows = [Introduction(**_columns(row)) for row in case.introduced or ()]
    for row, told in zip(rows, case.introduced or (), strict=True):
        row.running, row.sections, row.partners = told[1], *told[-2:]
    return sorted((line(row, case) for row in rows), key=lambda one: (one.on, one.running), reverse=True)


def _columns(told: list) -> dict:
    given = dict(zip(FIELDS, told, strict=True))
    days = {name: given[name] and parse_date(given[name]) for name in ("on", "next_on")}
    return {name: given[name] for name in FIELDS if name not in ("running", "sections", "partners")} | days


def line(introduction: Introduction, case: Proposal) -> Line:
    """One in words, beside its case."""
    today = timezone.localdate()
    is_awaited = not introduction.result and introduction.on < today
    word = introduction.get_result_display() or ("結果がまだ" if is_awaited else "これから")
    return Line(
        case.number,
        introduction.running,
        introduction.on,
        introduction.hour,
        introduction.place,
        met_names(introduction),
        introduction.aim,
        word,
        introduction.result_text,
        introduction.next_step,
        introduction.next_on,
        is_awaited,
        introduction.result in LED_NOWHERE,
        case.title,
    )


def whole() -> list[dict]:
    """All introductions: those whose result is awaited, those to come, and what came of the rest."""
    today = timezone.localdate()
    found = with_names(Introduction.objects.all(), to_desk=True).select_related("proposal")
    groups = (
        ("結果がまだ", found.to_come().filter(on__lt=today).order_by("on", "pk")),
        ("これから", found.to_come().filter(on__gte=today).order_by("on", "pk")),
        ("続いているもの", _with(found, Result.GOES_ON)),
        ("次の種", _with(found, Result.SEED)),
        ("続かなかったもの", _with(found, *LED_NOWHERE)),
    )
    return [
        {"title": title, "lines": [line(row, row.proposal) for row in rows[:SHOWN]]} for title, rows in groups
    ]


def _with(found, *results):
    return found.filter(result__in=results).order_by("-on", "-pk")


def of_organization(organization: Organization) -> list[Line]:
    """Where it met somebody: as a proposer, or as a part of the town, while it stands in the register."""
    came = Resource.objects.kept().filter(organization=organization)
    links = Introduction.resources.through.objects.filter(resource__in=came)
    mine = Q(proposal__organization=organization) | Q(pk__in=links.values("introduction"))
    found = with_names(Introduction.objects.filter(mine), to_desk=True).select_related("proposal")
    return [line(row, row.proposal) for row in found.order_by("-on", "-pk")[:SHOWN]]


def matches_of(organization: Organization) -> list[Match]:
    """What it does together with others."""
    came = Resource.objects.kept().filter(organization=organization)
    parties = MatchParty.objects.filter(resource__in=came)
    mine = Q(proposal__organization=organization) | Q(pk__in=parties.values("match"))
    return list(Match.objects.filter(mine).select_related("proposal").order_by("-pk")[:SHOWN])


def parties_of(case: Proposal) -> list[dict]:
    """The sides of its match as they came along with the case."""
    rows = [dict(zip(OF_A_PARTY, row, strict=True)) for row in case.matched or ()]
    return in_parties(sorted(rows, key=lambda row: row["pk"]), case)
