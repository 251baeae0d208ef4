"""表の取込み at the desk: bring a file, look at what it would do, have it taken in; all tables one way."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from cityhall.refusal import NotAllowed
from cityhall.tables import UnreadableTable, write_csv
from proposals.admin.pages import page
from proposals.desk.imports import WORDS
from proposals.forms.desk.imports import TableForm
from proposals.ledger.report import Outcome
from proposals.models import TableImport
from proposals.services import table_imports
from proposals.services.table_kinds import KINDS

State, Kind = TableImport.State, TableImport.Kind
SHOWN = 300  # rows on one page
TABS = {
    "care": ("気をつける行", (Outcome.REFUSED, Outcome.CHANGED)),
    "new": ("新しく入る", (Outcome.NEW,)),
    "changed": ("変わる", (Outcome.CHANGED,)),
    "same": ("同じ", (Outcome.SAME,)),
    "all": ("すべて", tuple(Outcome)),
}
ENCODING = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8（BOM付き）",
    "cp932": "CP932（Excelの形式）",
    "xlsx": "XLSX",
}


def bring(request, kind):
    """The desk chooses a spreadsheet of this kind; nothing is stored of its rows yet."""
    kind = _kind(kind)
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = table_imports.receive(file.read(), kind=kind, name=file.name, by=request.user)
        except (UnreadableTable, NotAllowed) as refusal:
            form.add_error("file", str(refusal))
        else:
            return _to(batch)
    recent = TableImport.objects.filter(kind=kind).select_related("by").defer("data", "refused")[:10]
    title = f"{kind.label}の取込み"
    return page(request, "import_bring", title=title, kind=kind, form=form, recent=recent, words=WORDS[kind])


def look(request, kind, token, *, wake: Callable[[int], None]):
    """The desk sees what the file would do, and while it is taken in, how far it is.

    `wake` asks a worker to take it in: that reaches up to the projects, so the roof brings it.
    """
    batch = _batch(kind, token)
    if request.method == "POST":
        return _take_in(request, batch, wake)
    return _preview(request, batch) if batch.state == State.READY else _progress(request, batch)


@require_safe
def refused_rows(request, kind, token):
    """The desk takes the refused rows away, to mend them."""
    batch = _batch(kind, token)
    if batch.state == State.READY:
        table, report = table_imports.preview(batch)
        refused = [table_imports.refusal(table, reading, KINDS[batch.kind]) for reading in report.refused]
    else:
        refused = batch.refused
    columns = refused[0]["columns"] if refused else [WORDS[batch.kind].key]
    rows = [[*row["cells"], _reasons(row)] for row in refused]
    response = HttpResponse(
        write_csv([*columns, "入らない理由"], rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="refused-rows.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _kind(kind: str) -> TableImport.Kind:
    if kind not in Kind.values:
        raise Http404
    return Kind(kind)


def _batch(kind: str, token: str) -> TableImport:
    return get_object_or_404(TableImport.objects.select_related("by"), kind=_kind(kind), token=token)


def _to(batch: TableImport):
    return redirect("admin:import_look", batch.kind, batch.token)


def _reasons(row: dict) -> str:
    return "／".join(f"{column}：{reason}" for column, reason in row["problems"])


def _take_in(request, batch: TableImport, wake: Callable[[int], None]):
    try:
        batch = table_imports.order(batch, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        transaction.on_commit(partial(wake, batch.pk), robust=True)
    return _to(batch)


def _preview(request, batch: TableImport):
    table, report = table_imports.preview(batch)
    if (tab := request.GET.get("rows", "care")) not in TABS:
        raise BadRequest("この絞り込みは読めませんでした。")
    counts = {outcome: sum(o == outcome for o, _ in report.rows) for outcome in Outcome}
    if tab == "care" and "rows" not in request.GET and not _count("care", counts):
        tab = "all"
    wanted = [(o, r) for o, r in report.rows if o in TABS[tab][1]]
    wanted.sort(key=lambda found: found[0] != Outcome.REFUSED)
    words = WORDS[batch.kind]
    return page(
        request,
        "import_preview",
        title="取り込む前に、確かめてください",
        batch=batch,
        words=words,
        encoding=ENCODING[table.encoding],
        counts=counts,
        to_take=counts[Outcome.NEW] + counts[Outcome.CHANGED],
        unread=report.unread_columns,
        refused=report.refused[:20],
        more_refused=max(0, len(report.refused) - 20),
        lines=words.lines([(o, r, table.row_of(r.line)) for o, r in wanted[:SHOWN]]),
        hidden=max(0, len(wanted) - SHOWN),
        tabs=[_tab(name, tab, counts) for name in TABS],
    )


def _tab(name: str, chosen: str, counts: dict) -> dict:
    words = TABS[name][0]
    return {
        "words": words,
        "count": _count(name, counts),
        "url": f"?rows={name}",
        "is_chosen": name == chosen,
    }


def _count(name: str, counts: dict) -> int:
    return sum(counts[outcome] for outcome in TABS[name][1])


def _progress(request, batch: TableImport):
    title = "取り込みました" if batch.state == State.DONE else "取り込んでいます"
    told = {"batch": batch, "refused": batch.refused[:50], "words": WORDS[batch.kind]}
    response = page(request, "import_progress", title=title, **told)
    if batch.state != State.DONE:
        again = reverse("admin:import_look", args=[batch.kind, batch.token])
        response["Refresh"] = f"2; url={again}"
    return response
