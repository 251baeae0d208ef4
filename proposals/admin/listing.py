"""案件の一覧: where each case stands and with whom, nearest due first."""

from django.utils import timezone

from proposals.admin.pages import page
from proposals.desk.links import list_url
from proposals.desk.rows import rows
from proposals.filters import LISTS, ProposalFilter, list_of, unknown
from proposals.models import Proposal
from proposals.paging import ORDER, PAGE, Place
from proposals.queries import desk_lists, with_turn
from proposals.views.section.days import Today


def listing(request):
    """The desk's lists, narrowed and looked through; a parameter that cannot be read is told (400)."""
    name = list_of(request.GET)
    cases = desk_lists(request.user).get(name, Proposal.objects.all())
    chosen = ProposalFilter(request.GET, queryset=cases)
    if unknown(request.GET) or not chosen.form.is_valid():
        return page(request, "bad_filter", status=400, title="一覧", url=list_url())
    found = list(with_turn(chosen.qs).order_by(*ORDER)[: PAGE + 1])
    pills = [_pill(request.GET, chosen, pill) for pill in chosen.PILLS]
    return page(
        request,
        "list",
        title=LISTS[name],
        now=timezone.now(),
        rows=rows(found[:PAGE], Today()),
        next_url=_url(request.GET, after=str(Place.of(found[PAGE - 1]))) if len(found) > PAGE else "",
        is_next_page="after" in request.GET,
        pills=pills,
        is_narrowed=any(pill["chosen"] for pill in pills) or bool(request.GET.get("q")),
        all_url=list_url(list=name) if name != "open" else list_url(),
        kept=[(key, value) for key, value in request.GET.items() if key not in ("q", "after")],
        query=request.GET.get("q", ""),
        desk_query=request.GET.get("q", ""),
    )


def _pill(parameters, chosen: ProposalFilter, name: str) -> dict:
    field, value = chosen.form.fields[name], parameters.get(name, "")
    options = [
        {
            "words": words if key else "すべて",
            "url": _url(parameters, **{name: key}),
            "is_chosen": str(key) == value,
        }
        for key, words in field.choices
    ]
    now = next((option["words"] for option in options if option["is_chosen"] and value), "")
    return {"label": field.label, "chosen": now, "options": options}


def _url(parameters, **changes) -> str:
    """This list with something else chosen, from its first row on."""
    kept = {key: value for key, value in parameters.items() if key != "after"} | changes
    return list_url(**{key: value for key, value in kept.items() if value})
