"""受付台帳の取込み at the desk: bring a file, look at what it would do, have it taken in."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from cityhall import closures
from cityhall.refusal import NotAllowed
from cityhall.tables import UnreadableTable, write_csv
from proposals.admin.pages import page
from proposals.forms.desk.ledger import LedgerForm
from proposals.ledger.consequences import COLUMNS, line_of
from proposals.ledger.report import Outcome
from proposals.models import LedgerImport, LedgerRow
from proposals.services import ledger_imports

State = LedgerImport.State
SHOWN = 300  # rows on one page
TABS = {
    "care": ("気をつける行", (Outcome.REFUSED, Outcome.CHANGED)),
    "new": ("新しく入る", (Outcome.NEW,)),
    "changed": ("変わる", (Outcome.CHANGED,)),
    "same": ("同じ", (Outcome.SAME,)),
    "all": ("すべて", tuple(Outcome)),
}


def bring(request):
    """The desk chooses a spreadsheet; nothing is stored of its rows yet."""
    form = LedgerForm(request.POST, request.FILES) if request.method == "POST" else LedgerForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = ledger_imports.receive(file.read(), name=file.name, by=request.user)
        except (UnreadableTable, NotAllowed) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("admin:ledger_import", batch.token)
    recent = LedgerImport.objects.select_related("by").defer("data", "refused")[:10]
    return page(request, "ledger_bring", title="受付台帳の取込み", form=form, recent=recent)


def look(request, token, *, wake: Callable[[int], None]):
    """The desk sees what the file would do, and while it is taken in, how far it is.

    `wake` asks a worker to take it in: that reaches up to the projects, so the roof brings it.
    """
    batch = get_object_or_404(LedgerImport.objects.select_related("by"), token=token)
    if request.method == "POST":
        return _take_in(request, batch, wake)
    return _preview(request, batch) if batch.state == State.READY else _progress(request, batch)


@require_safe
def refused_rows(request, token):
    """The desk takes the refused rows away, to mend them."""
    batch = get_object_or_404(LedgerImport, token=token)
    if batch.state == State.READY:
        table, report = ledger_imports.preview(batch)
        refused = [ledger_imports.refusal(table, reading) for reading in report.refused]
    else:
        refused = batch.refused
    columns = refused[0]["columns"] if refused else ["番号"]
    rows = [[*row["cells"], _reasons(row)] for row in refused]
    response = HttpResponse(
        write_csv([*columns, "入らない理由"], rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="refused-rows.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _reasons(row: dict) -> str:
    return "／".join(f"{column}：{reason}" for column, reason in row["problems"])


def _take_in(request, batch: LedgerImport, wake: Callable[[int], None]):
    try:
        batch = ledger_imports.order(batch, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        transaction.on_commit(partial(wake, batch.pk), robust=True)
    return redirect("admin:ledger_import", batch.token)


def _preview(request, batch: LedgerImport):
    table, report = ledger_imports.preview(batch)
    typed = dict(zip(table.lines, table.rows, strict=True))
    if (tab := request.GET.get("rows", "care")) not in TABS:
        raise BadRequest("この絞り込みは読めませんでした。")
    wanted = [(o, r) for o, r in report.rows if o in TABS[tab][1]]
    wanted.sort(key=lambda found: found[0] != Outcome.REFUSED)
    known = {
        row.key: row.values for row in LedgerRow.objects.filter(key__in=[r.key for _, r in wanted[:SHOWN]])
    }
    closed = closures.closed_days()
    counts = {outcome: sum(o == outcome for o, _ in report.rows) for outcome in Outcome}
    return page(
        request,
        "ledger_preview",
        title="取り込む前に、確かめてください",
        batch=batch,
        encoding=ENCODING[table.encoding],
        counts=counts,
        to_take=counts[Outcome.NEW] + counts[Outcome.CHANGED],
        unread=report.unread_columns,
        refused=report.refused[:20],
        more_refused=max(0, len(report.refused) - 20),
        columns=COLUMNS,
        lines=[line_of(o, r, typed[r.line], known.get(r.key), closed) for o, r in wanted[:SHOWN]],
        hidden=max(0, len(wanted) - SHOWN),
        tabs=[_tab(name, tab, counts) for name in TABS],
    )


ENCODING = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8（BOM付き）",
    "cp932": "CP932（Excelの形式）",
    "xlsx": "XLSX",
}


def _tab(name: str, chosen: str, counts: dict) -> dict:
    words, outcomes = TABS[name]
    count = sum(counts[outcome] for outcome in outcomes)
    return {"words": words, "count": count, "url": f"?rows={name}", "is_chosen": name == chosen}


def _progress(request, batch: LedgerImport):
    title = "取り込みました" if batch.state == State.DONE else "取り込んでいます"
    response = page(request, "ledger_progress", title=title, batch=batch, refused=batch.refused[:50])
    if batch.state != State.DONE:
        response["Refresh"] = f"2; url={reverse('admin:ledger_import', args=[batch.token])}"
    return response
