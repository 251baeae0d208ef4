"""地域資源 as a file to take away: those that may be named, never whom to call."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from cityhall.tables import write_csv, write_xlsx
from proposals.desk import resources as words
from proposals.forms.desk.resources import ExportForm
from proposals.ledger.resources import OPEN, cells
from proposals.models import Resource

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def export(request):
    """The desk takes the register away, narrowed as its list; reading it back in changes nothing."""
    form = ExportForm(request.GET)
    if not form.is_valid():
        raise BadRequest("この絞り込みは読めませんでした。")
    asked = form.cleaned_data
    shown = words.narrowed(asked, Resource.objects.shown())
    rows = [[told[heading] for heading in OPEN] for told in map(cells, shown.iterator(2000))]
    kind = asked["format"]
    data = write_csv(OPEN, rows) if kind == "csv" else write_xlsx(OPEN, rows, title="地域資源")
    response = HttpResponse(data, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="resources.{kind}"'
    response["Cache-Control"] = "no-store"
    return response
