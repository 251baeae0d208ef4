"""記録: the whole trail of a case on a page of its own, by kind, a page at a time."""

from django.core.exceptions import BadRequest
from django.views.decorators.http import require_safe

from cityhall.models import User
from proposals.admin.pages import page
from proposals.desk.links import deed_url
from proposals.desk.opened import Opened
from proposals.desk.trail import GROUPS, trail

PAGE = 50
UNREADABLE = "この絞り込みは読めませんでした。"


@require_safe
def history(request, number):
    """The desk reads all that happened to a case."""
    group, start = request.GET.get("kind", ""), request.GET.get("from", "0")
    if (group and group not in GROUPS) or not (start.isascii() and start.isdecimal()) or len(start) > 6:
        raise BadRequest(UNREADABLE)
    opened, first = Opened(number, request.user), int(start)
    lines = trail(opened.records, _names(opened.records), group=group, first=first, most=PAGE + 1)
    url = deed_url(opened.case, "history")
    chosen = f"kind={group}&" if group else ""
    return page(
        request,
        "history",
        title="記録",
        case=opened.case,
        lines=lines[:PAGE],
        groups=[{"words": words, "url": f"{url}?kind={name}", "is_chosen": name == group}
                for name, (words, _) in GROUPS.items()],
        all_url=url,
        is_narrowed=bool(group),
        next_url=f"{url}?{chosen}from={first + PAGE}" if len(lines) > PAGE else "",
        newest_url=f"{url}?{chosen}" if first else "",
    )  # fmt: skip


def _names(records) -> dict[int, str]:
    """The officers named in what changed, also those who have left."""
    pairs = [record.data.get("values", {}).get("officer", []) for record in records]
    keys = {key for pair in pairs for key in pair if key}
    return {key: str(user) for key, user in User.objects.in_bulk(keys).items()}
