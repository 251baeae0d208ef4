"""まとめてすること: how far it is, and what became of each case."""

import hashlib
import secrets
from functools import partial

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from cityhall import calendar, readings
from cityhall.wake import soon
from proposals.admin.pages import page
from proposals.models import DeskJob
from proposals.services import jobs
from proposals.services.exporting import FORMATS
from proposals.tasks import carry_on_job


def token_of(request) -> str:
    """The mark of one page in one person's hands: pressed twice, it orders once."""
    typed = request.POST.get("token") or secrets.token_hex(16)
    return hashlib.sha256(f"{request.user.pk}:{typed}".encode()).hexdigest()[:32]


def begin(job: DeskJob, *, at_once: int = jobs.AT_ONCE):
    """A short one is done while the page waits, a long one by the worker; then to its page."""
    if len(job.cases) <= at_once:
        while jobs.carry_on(job.pk):
            pass
    else:
        transaction.on_commit(partial(soon, carry_on_job, job.pk), robust=True)
    return redirect("admin:proposals_proposal_job", job.token)


@require_safe
def job(request, token):
    """The outcome, case by case; while it is under way, how far it is."""
    found = get_object_or_404(DeskJob.objects.defer("data"), token=token, by=request.user)
    done = [(number, words) for number, is_done, words in found.outcomes if is_done]
    left = [(number, words) for number, is_done, words in found.outcomes if not is_done]
    response = page(
        request,
        "job",
        title=found.get_kind_display(),
        job=found,
        reached=done,
        skipped=left,
        is_export=found.kind == DeskJob.Kind.EXPORT,
        total=len(found.cases),
        has_file=DeskJob.objects.filter(pk=found.pk).exclude(data=b"").exists(),
    )
    if not found.is_done:
        response["Refresh"] = "2"
    add_never_cache_headers(response)
    return response


@require_safe
def job_file(request, token):
    """The file a job made, for whoever ordered it."""
    found = get_object_or_404(DeskJob, token=token, by=request.user, kind=DeskJob.Kind.EXPORT)
    if not found.data:
        raise Http404
    form, query = found.asked["format"], found.asked["query"]
    readings.note(request.user, "一覧の書き出し", "", f"{form} {len(found.cases)}件 {query}")
    _, ending, content_type = FORMATS[form]
    day = calendar.jst_date(found.ordered_at)
    response = HttpResponse(bytes(found.data), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="anken-{day:%Y%m%d}{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response
