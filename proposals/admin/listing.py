"""案件の一覧: where each case stands and with whom, nearest due first."""

from urllib.parse import quote_plus

from django.db.models import Q
from django.utils import timezone
from django.views.decorators.http import require_safe

from proposals.admin.pages import page
from proposals.desk import pieces
from proposals.desk.links import list_url
from proposals.desk.rows import rows
from proposals.filters import LISTS, ProposalFilter, list_of, unknown
from proposals.models import Proposal
from proposals.paging import ORDER, PAGE, Place
from proposals.queries import for_list, list_rules
from proposals.views.section.days import Today

PILLS = (ProposalFilter.PILLS, ProposalFilter.MORE_PILLS)


@require_safe
def listing(request):
    """The desk's lists, narrowed and looked through; a parameter that cannot be read is told (400)."""
    today, name = Today(), list_of(request.GET)
    chosen = narrowed(request.GET, request.user, today)
    if chosen is None:
        return page(request, "bad_filter", status=400, title="一覧", url=list_url())
    found = list(for_list(chosen.qs).order_by(*ORDER)[: PAGE + 1])
    pills, more_pills = ([_pill(request.GET, chosen, p) for p in names] for names in PILLS)
    narrowing = "".join(pill["chosen"] for pill in pills + more_pills) or request.GET.get("q")
    return page(
        request,
        "list",
        title=LISTS[name],
        now=timezone.now(),
        rows=rows(found[:PAGE], today),
        next_url=_url(request.GET, after=str(Place.of(found[PAGE - 1]))) if len(found) > PAGE else "",
        is_next_page="after" in request.GET,
        pills=pills,
        more_pills=more_pills,
        has_more_chosen=any(pill["chosen"] for pill in more_pills),
        is_narrowed=bool(narrowing),
        all_url=list_url(list=name) if name != "open" else list_url(),
        narrowing=_url(request.GET).partition("?")[2],
        kept=[(key, value) for key, value in request.GET.items() if key not in ("q", "after")],
        query=request.GET.get("q", ""),
        desk_query=request.GET.get("q", ""),
    )


def narrowed(parameters, user, today: Today) -> ProposalFilter | None:
    """The list an address asks for, narrowed; None where it cannot be read."""
    rule = list_rules(user, today.closed).get(list_of(parameters), Q())
    chosen = ProposalFilter(parameters, queryset=Proposal.objects.filter(rule))
    return None if unknown(parameters) or not chosen.form.is_valid() else chosen


def _pill(parameters, chosen: ProposalFilter, name: str) -> dict:
    """A filter as it is drawn, and the words of what is chosen."""
    field, value = chosen.form.fields[name], parameters.get(name, "")
    without = _url(parameters, **{name: ""})
    options = tuple(
        (words if key else "すべて", _with(without, name, key) if key else without, str(key) == value)
        for key, words in field.choices
    )
    now = next((words for words, _, is_chosen in options if is_chosen and value), "")
    return {"chosen": now, "drawn": pieces.pill(field.label, now, options)}


def _with(url: str, name: str, key) -> str:
    return f"{url}{'&' if '?' in url else '?'}{name}={quote_plus(str(key))}"


def _url(parameters, **changes) -> str:
    """This list with something else chosen, from its first row on."""
    kept = {key: value for key, value in parameters.items() if key != "after"} | changes
    return list_url(**{key: value for key, value in kept.items() if value})
