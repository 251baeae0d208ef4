"""案件の一覧: where each case stands and with whom, nearest due first."""

from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from proposals.admin.pages import page
from proposals.desk import pieces
from proposals.desk.links import list_url
from proposals.desk.rows import rows
from proposals.filters import LISTS, ProposalFilter, list_of, unknown
from proposals.lines import lines
from proposals.models import Proposal
from proposals.paging import PAGE, Place
from proposals.queries import list_rules
from proposals.views.section.days import Today
from proposals.workflow import OPEN

PILLS = (ProposalFilter.PILLS, ProposalFilter.MORE_PILLS)


@require_safe
def listing(request):
    """The desk's lists, narrowed and looked through; a parameter that cannot be read is told (400)."""
    today, name = Today(), list_of(request.GET)
    chosen = narrowed(request.GET, request.user, today)
    if chosen is None:
        return page(request, "bad_filter", status=400, title="一覧", url=list_url())
    found = lines(chosen.qs, PAGE + 1)
    pills, more_pills = ([_pill(request.GET, chosen, p) for p in names] for names in PILLS)
    return page(
        request,
        "list",
        title=LISTS[name],
        now=timezone.now(),
        rows=rows(found[:PAGE], today, ticks="bulk"),
        next_url=_url(request.GET, after=str(Place.of(found[PAGE - 1]))) if len(found) > PAGE else "",
        is_next_page="after" in request.GET,
        pills=pills,
        more_pills=more_pills,
        has_more_chosen=any(map(request.GET.get, ProposalFilter.MORE_PILLS)),
        is_narrowed=any(map(request.GET.get, ("q", *ProposalFilter.PILLS, *ProposalFilter.MORE_PILLS))),
        all_url=list_url(list=name) if name != "open" else list_url(),
        narrowing=_url(request.GET).partition("?")[2],
        kept=[(key, value) for key, value in request.GET.items() if key not in ("q", "after")],
        query=request.GET.get("q", ""),
        desk_query=request.GET.get("q", ""),
    )


def narrowed(parameters, user, today: Today) -> ProposalFilter | None:
    """The list an address asks for, narrowed; None where it cannot be read."""
    name = list_of(parameters)
    rule = list_rules(user, today.closed).get(name, Q)
    if name == "open" and {*parameters} <= {"step", "after"} and parameters.get("step") in OPEN:
        rule = Q  # the step says as much; told twice, PostgreSQL expects few cases and sorts them all
    chosen = ProposalFilter(parameters, queryset=Proposal.objects.filter(rule()))
    return None if unknown(parameters) or not chosen.form.is_valid() else chosen


def _pill(parameters, chosen: ProposalFilter, name: str) -> SafeString:
    """A filter as it is drawn."""
    field, without = chosen.form.fields[name], _url(parameters, **{name: ""})
    return pieces.pill(field.label, name, parameters.get(name, ""), tuple(field.choices), without)


def _url(parameters, **changes) -> str:
    """This list with something else chosen, from its first row on."""
    kept = {key: value for key, value in parameters.items() if key != "after"} | changes
    return list_url(**{key: value for key, value in kept.items() if value})
