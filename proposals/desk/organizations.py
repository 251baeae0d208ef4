"""What the pages of organisations say: the list, who one is to us, what came of it, who is like it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from cityhall import calendar, text
from cityhall.models import Reading
from cityhall.templatetags.zama import short_date, wareki
from proposals import queries, touch
from proposals.desk import introductions
from proposals.desk.rows import rows
from proposals.desk.trail import who
from proposals.models import (
    Attachment,
    Contact,
    Encounter,
    Organization,
    Proposal,
    ProposalRecord,
    Support,
    Todo,
)
from proposals.sentences import contact_lines
from proposals.views.section.days import Today
from proposals.workflow import OPEN

PAGE, CASES, SHOWN, PEOPLE, MOST = 50, 50, 20, 20, 5
CANDIDATES, NEAR = 200, 0.6


def page_url(organization: Organization, deed: str = "change") -> str:
    """An organisation's page, or one of its deeds."""
    return reverse(f"admin:proposals_organization_{deed}", args=[organization.pk])


# --- the list ---------------------------------------------------------------


def found(words: str, kind: str, after: Organization | None) -> list[Organization]:
    """A page of organisations by their names, and one more if there are more; merged names are found too."""
    rows = Organization.objects.select_related("merged_into")
    if words:
        key = text.name_key(words)
        rows = rows.filter(
            Q(name_key__contains=key)
            | Q(kana__contains=_katakana(words))
            | Q(corporate_number=text.digits(words) or "-")
        )
    else:
        rows = rows.living()
    if kind:
        rows = rows.filter(kind=kind)
    if after:
        rows = rows.filter(
            Q(name_key__gt=after.name_key) | Q(name_key=after.name_key, pk__gt=after.pk),
            name_key__gte=after.name_key,
        )
    return list(_counted(rows.order_by("name_key", "pk")[: PAGE + 1]))


def _katakana(words: str) -> str:
    import jaconv

    return jaconv.hira2kata(text.full_katakana(words.strip()))


def _counted(rows: QuerySet[Organization]) -> list[Organization]:
    """With `cases` and `going`: how many cases each has, and how many are open, in one statement more."""
    known = list(rows)
    counts = (
        Proposal.objects.filter(organization__in=known)
        .order_by()
        .values_list("organization")
        .annotate(n=Count("pk"), going=Count("pk", filter=Q(step__in=OPEN)))
    )
    told = {pk: (n, going) for pk, n, going in counts}
    for one in known:
        one.cases, one.going = told.get(one.pk, (0, 0))
    return known


# --- the page ---------------------------------------------------------------


def whole(organization: Organization) -> dict:
    """Everything the page of an organisation shows; `organization` comes from `touch.with_touch`."""
    today = Today()
    cases = rows(_cases(organization), today)
    met = list(_encounters(organization))
    todos = list(
        Todo.objects.open().filter(Q(organization=organization) | Q(proposal__organization=organization))[
            :SHOWN
        ]
    )
    return {
        "rows": cases,
        "more_cases": len(cases) == CASES,
        "strip": _strip(organization, cases, met, todos, today),
        "met": met,
        "todos": todos,
        "quiet": _quiet(organization, cases, today.day),
        "supports": _supports(organization),
        "introduced": introductions.of_organization(organization),
        "matches": introductions.matches_of(organization),
        "papers": _papers(organization),
        "resources": list(organization.resources.kept().order_by("pk")[:SHOWN]),
        "facts": _facts(organization),
        "contact_history": contact_history(organization),
        "namesakes": alike(organization),
        "merged": list(organization.merged.order_by("pk")),
        "trail": list(
            organization.records.order_by("-sequence").select_related("by", "posting__department", "text")[
                :SHOWN
            ]
        ),
    }


def _cases(organization: Organization) -> QuerySet[Proposal]:
    mine = queries.with_turn(Proposal.objects.filter(organization=organization))
    return mine.order_by("-pk").select_related("merged_into")[:CASES]


def _encounters(organization: Organization) -> QuerySet[Encounter]:
    told = Encounter.objects.filter(proposal__organization=organization, record__superseded_by__isnull=True)
    return told.select_related("proposal", "by")[:SHOWN]


def _papers(organization: Organization) -> list[Attachment]:
    mine = Attachment.objects.filter(proposal__organization=organization)
    return list(mine.select_related("proposal").order_by("-pk")[:SHOWN])


def _supports(organization: Organization) -> list[dict]:
    """What it does for others and gets from them (地域活動支援), with the days of delivery."""
    mine = Support.objects.filter(Q(provider=organization) | Q(recipient=organization))
    told = mine.select_related("provider", "recipient").annotate(times=Count("deliveries"))[:SHOWN]
    return [{"support": one, "gives": one.provider_id == organization.pk, "times": one.times} for one in told]


def _strip(
    organization: Organization, cases, met: list[Encounter], todos: list[Todo], today: Today
) -> list[dict]:
    going = [row for row in cases if row.case.is_open]
    numbers = "・".join(row.case.number for row in going[:3])
    last = touch.touched_on(organization)
    how = met[0].get_kind_display() if met and met[0].on == last else "案件・やりとり" if last else ""
    return [
        {"term": "いま動いている案件", "value": f"{len(going)}件", "note": numbers},
        {"term": "いまの番", "turns": _turns(going), "value": "" if going else "―", "note": ""},
        {"term": "最後に話した日", "value": short_date(last) or "―", "note": _ago(last, today, how)},
        {"term": "次に声をかける日", **_next(organization, todos, bool(going))},
    ]


def _turns(going: Iterable) -> list[dict]:
    return [{"holder": row.case.holder, "name": row.turn} for row in list(going)[:2]]


def _ago(last: date | None, today: Today, how: str) -> str:
    if last is None:
        return "まだ記録がありません"
    days = calendar.count_open_days(last, today.day, today.closed)
    return f"{f'{days}開庁日前' if days else 'きょう'}・{how}"


def _next(organization: Organization, todos: list[Todo], is_going: bool) -> dict:
    """The first day somebody set, else the one on which the desk is reminded, each with its reason."""
    planned = [todo for todo in todos if todo.due_on and todo.origin != Todo.Origin.QUIET]
    if planned:
        return {"value": short_date(planned[0].due_on), "note": f"理由：{planned[0].text}"}
    if organization.quiet_until:
        return {"value": short_date(organization.quiet_until), "note": f"理由：{organization.quiet_reason}"}
    on = touch.remind_on(organization) if is_going else None
    return {"value": short_date(on) or "―", "note": "60日たつ日" if on else ""}


def _quiet(organization: Organization, cases, today: date) -> int | None:
    """For how many days nobody has spoken with it, where that is too long."""
    last = touch.touched_on(organization)
    is_going = any(row.case.step in touch.IN_TOUCH and not row.case.cancelled_on for row in cases)
    due = touch.remind_on(organization) if is_going else None
    return (today - last).days if due and due <= today else None


def _facts(organization: Organization) -> list[dict]:
    pairs = [
        ("フリガナ", organization.kana),
        ("区分", organization.get_kind_display()),
        ("法人番号", organization.corporate_number),
        ("所在地", " ".join(filter(None, [organization.postal_code, organization.address]))),
        ("ウェブサイト", organization.website),
    ]
    if organization.quiet_until:
        until = f"{wareki(organization.quiet_until)}まで"
        pairs.append(("声をかけるのを待つ", f"{until}（{organization.quiet_reason}）"))
    return [{"term": term, "value": value, "blank": "登録なし"} for term, value in pairs]


def people(organization: Organization) -> list[dict]:
    """Whom to call, each once with the newest case they are told of; shown only once somebody opened it."""
    told = Contact.objects.filter(proposal__organization=organization).exclude(name="", email="", phone="")
    seen: dict[tuple, dict] = {}
    for person in told.select_related("proposal").order_by("-proposal")[: PEOPLE * 3]:
        key = (person.name, person.email, person.phone)
        seen.setdefault(key, {"person": person, "case": person.proposal})
    return list(seen.values())[:PEOPLE]


def contact_history(organization: Organization) -> list[dict]:
    """Who changed which lines of whom to call, and who opened them, newest first."""
    told = ProposalRecord.objects.filter(subject__organization=organization, data__has_key="contact")
    told = told.order_by("-entered_at").select_related("subject", "by", "posting__department")[:SHOWN]
    numbers = Proposal.objects.filter(organization=organization).values("number")
    opened = Reading.objects.filter(what="連絡先", about__in=numbers).select_related("by")[:SHOWN]
    changes = [
        _known(one.entered_at, who(one), f"{contact_lines(one)}を直しました", one.subject.number)
        for one in told
    ]
    looks = [_known(one.at, str(one.by), "ひらきました", one.about) for one in opened]
    return sorted(changes + looks, key=lambda line: line["at"], reverse=True)[:SHOWN]


def _known(at, name: str, words: str, number: str) -> dict:
    return {"at": at, "who": name, "words": words, "number": number}


def alike(organization: Organization) -> list[Organization]:
    """Living organisations with the same or nearly the same name or reading, the likest first."""
    key = organization.name_key
    wanted = Q(name_key=key) | Q(name_key__startswith=key[:2]) | Q(name_key__contains=key[-4:])
    if organization.kana:
        wanted |= Q(kana=organization.kana)
    others = Organization.objects.living().exclude(pk=organization.pk).filter(wanted)[:CANDIDATES]
    ranked = [(_nearness(organization, other), other) for other in others]
    ranked = sorted(((near, one) for near, one in ranked if near >= NEAR), key=lambda pair: -pair[0])
    return [one for _, one in ranked[:MOST]]


def _nearness(one: Organization, other: Organization) -> float:
    if one.name_key == other.name_key or (one.kana and one.kana == other.kana):
        return 1
    ours, theirs = ({key[n : n + 2] for n in range(len(key) - 1)} for key in (one.name_key, other.name_key))
    return 2 * len(ours & theirs) / ((len(ours) + len(theirs)) or 1)


# --- two that may be one ------------------------------------------------------


def others(organization: Organization, looked_for: str) -> list[Organization]:
    """Which organisations it may be a double of: those of the words looked for, else those alike."""
    if looked_for:
        rows = [
            one for one in found(looked_for, "", None) if not one.merged_into_id and one.pk != organization.pk
        ]
        return rows[:SHOWN]
    return _counted(Organization.objects.filter(pk__in=[one.pk for one in alike(organization)]))


def side_by_side(organization: Organization, into: Organization) -> dict:
    """Both with what they hold, line by line, for `_compare.html`."""
    pair = {one.pk: one for one in _counted(Organization.objects.filter(pk__in=[organization.pk, into.pk]))}
    both = [pair[organization.pk], pair[into.pk]]
    lines = [
        {"term": left["term"], "left": left["value"] or "登録なし", "right": right["value"] or "登録なし"}
        for left, right in zip(*(_held(one) for one in both), strict=True)
    ]
    heads = [
        {"role": role, "name": one.name, "url": page_url(one)}
        for role, one in zip(("まとめる団体", "まとめ先"), both, strict=True)
    ]
    return {"heads": heads, "lines": [line | {"differs": line["left"] != line["right"]} for line in lines]}


def _held(organization: Organization) -> list[dict]:
    waits = organization.quiet_until
    facts = [{"term": "案件", "value": f"{organization.cases}件"}, *_facts(organization)]
    return facts[:-1] if waits else facts
