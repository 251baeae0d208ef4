"""What is told of introductions and matches: who meets whom, by name as far as one may be named."""

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat

from cityhall.templatetags.zama import wareki
from proposals.column import Column
from proposals.models import Introduction, MatchParty, Proposal, Resource, Support
from proposals.queries import Together, rows_of

Result = Introduction.Result
REMOVED, HIDDEN, SOMEBODY = "（登録から外れた団体）", "（いまは紹介していない団体）", "地域の団体"
FIELDS = ("pk", "running", "on", "hour", "place", "aim", "result", "result_text", "next_step", "next_on")
FIELDS += ("sections", "partners")
OF_A_PARTY = ("pk", "role", "department__name", "partner", "part", "gain", "gain_as", "gain_from", "gain_on")
LED_NOWHERE = (Result.NOT_NOW, Result.NOT_MET)


def partner_name(to: str = "", *, to_desk: bool = False) -> Case:
    """A partner's name while it may be shown; else the desk reads why not, and others only that it is one.

    `to` is the way to the resource, such as "resource__".
    """
    name = Concat(f"{to}name", Value("（"), f"{to}organization__name", Value("）"), output_field=CharField())
    is_shown = {f"{to}removed_on__isnull": True, f"{to}organization__merged_into__isnull": True}
    is_shown |= {f"{to}consent": Resource.Consent.YES}
    return Case(
        When(**is_shown, **{f"{to}kind": Resource.Kind.ACTIVITY}, then=name),
        When(**is_shown, then=F(f"{to}organization__name")),
        When(**{f"{to}removed_on__isnull": False}, then=Value(REMOVED if to_desk else SOMEBODY)),
        default=Value(HIDDEN if to_desk else SOMEBODY),
        output_field=CharField(),
    )


def with_ends(supports: QuerySet[Support]) -> QuerySet[Support]:
    """With `provider_name` and `recipient_name`: of those in the register, only who may be named is."""
    return supports.annotate(provider_name=_end("provider"), recipient_name=_end("recipient"))


def _end(end: str) -> Case:
    mine = {"organization": OuterRef(end)}
    may_be_named = ~Exists(Resource.objects.filter(**mine)) | Exists(Resource.objects.shown().filter(**mine))
    return Case(When(may_be_named, then=F(f"{end}__name")), default=Value(SOMEBODY))


def with_names(introductions: QuerySet[Introduction], *, to_desk: bool = False) -> QuerySet[Introduction]:
    """With `running`, and the `sections` and `partners` that meet the proposer, as words."""
    links = Introduction.departments.through.objects.filter(introduction=OuterRef("pk"))
    sections = links.order_by().values("introduction").annotate(names=Together("department__name", "、"))
    links = Introduction.resources.through.objects.filter(introduction=OuterRef("pk"))
    partners = links.order_by().values("introduction")
    partners = partners.annotate(names=Together(partner_name("resource__", to_desk=to_desk), "、"))
    return introductions.numbered().annotate(
        sections=Subquery(sections.values("names")), partners=Subquery(partners.values("names"))
    )


def beside() -> dict[str, Subquery]:
    """The columns that bring a case's introductions and its match along with the case, for the desk."""
    parties = MatchParty.objects.filter(match__proposal=OuterRef("pk"))
    parties = parties.annotate(partner=partner_name("resource__", to_desk=True))
    return {
        "introduced": introduced(OuterRef("pk")),
        "matched": rows_of(parties, *OF_A_PARTY),
    }


def introduced(case: OuterRef) -> Column:
    """The column that brings the introductions of a case along with it, for the desk."""
    met = Introduction.objects.filter(proposal=case)
    return rows_of(with_names(met, to_desk=True), *FIELDS)


def next_meeting() -> dict[str, Subquery]:
    """The columns that tell of the first introduction whose result is not told."""
    met = Introduction.objects.numbered().to_come().filter(proposal=OuterRef("pk")).order_by("on", "pk")
    return {
        name: Subquery(met.values(column)[:1])
        for name, column in (("meets_on", "on"), ("meets_as", "running"))
    }


def parties(case: Proposal, *, to_desk: bool = False) -> list[dict]:
    """The sides of a case's match, in one statement; those one may not name stay unnamed."""
    rows = MatchParty.objects.filter(match__proposal=case).order_by("pk")
    rows = rows.annotate(partner=partner_name("resource__", to_desk=to_desk))
    return in_parties(list(rows.values(*OF_A_PARTY)), case)


def in_parties(rows: list[dict], case: Proposal) -> list[dict]:
    """Each side in words: who, in what role, and whose words its gain is in."""
    roles = dict(MatchParty.Role.choices)
    for row in rows:
        who = {MatchParty.Role.PROPOSER: case.organization.name, MatchParty.Role.PARTNER: row["partner"]}
        row["who"] = who.get(row["role"]) or row["department__name"]
        row["role"] = roles[row["role"]]
        row["whose"] = f"{row['gain_from']}（窓口が聞きました）" if row["gain_from"] else "本人が書きました"
    return rows


def unnamed_sides(case: Proposal) -> list[dict]:
    """The sides of a case's match to be stored: a partner by its key alone."""
    keys = dict(MatchParty.objects.filter(match__proposal=case).values_list("pk", "resource"))
    told = ("who", "role", "part", "gain", "whose")
    return [
        {name: side[name] for name in told}
        | ({"who": "", "resource": keys[side["pk"]]} if keys[side["pk"]] else {})
        for side in parties(case)
    ]


def named_sides(sides: list[dict]) -> list[dict]:
    """Stored sides to be read: partners by name as far as they may be named today."""
    keys = [side["resource"] for side in sides if "resource" in side]
    rows = Resource.objects.filter(pk__in=keys).annotate(called=partner_name())
    names = dict(rows.values_list("pk", "called")) if keys else {}
    return [side | {"who": side["who"] or names.get(side.get("resource"), SOMEBODY)} for side in sides]


def met_names(row) -> str:
    """こども家庭課、学習支援の会かくう."""
    return "、".join(filter(None, [row.sections, row.partners]))


def when(introduction: Introduction) -> str:
    """令和8年11月27日（金） 14時から1時間."""
    return "　".join(filter(None, [wareki(introduction.on), introduction.hour]))
