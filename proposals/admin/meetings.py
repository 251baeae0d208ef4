"""共創調整会議: the desk opens one in a press, reads and prints its pack, types the minutes on one page."""

from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from cityhall import calendar, readings
from cityhall.refusal import NotAllowed, Stale
from proposals import meeting_paper, queries
from proposals.admin.pages import OwnPages, page
from proposals.desk.links import list_url
from proposals.forms.desk.meetings import MinutesForm, OpenForm
from proposals.models import Meeting, MeetingItem, MeetingPaper
from proposals.services import meetings
from proposals.workflow import Step

LIST, PACK, MINUTES = (f"admin:proposals_meeting_{name}" for name in ("changelist", "change", "minutes"))
SHOWN = 36
RESTS = {  # where the rest of a section stands, as near as a list comes to it
    MeetingItem.Section.NEW: ("動いている案件", {"list": "open"}),
    MeetingItem.Section.STUCK: ("期限を過ぎた案件", {"list": "late"}),
    MeetingItem.Section.CONFLICT: ("③関係課ヒアリングの案件", {"step": Step.HEARING}),
    MeetingItem.Section.CLOSING: ("終わった案件", {"list": "ended"}),
    MeetingItem.Section.DECISION: ("⑥案件化判断の案件", {"step": Step.DECISION}),
    MeetingItem.Section.CONDITION: ("条件待ちの案件", {"step": Step.CONDITIONS}),
}
LOOK_AGAIN = 3  # seconds until the page with a PDF on its way loads itself anew
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def index(request):
    """The desk opens the meeting of the month, and finds those before."""
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            meeting = meetings.open_meeting(by=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "会議の資料を作りました。いまの案件のようすを写しています。")
            return redirect(PACK, meeting.held_on.isoformat())
    known = Meeting.objects.select_related("opened_by")[:SHOWN]
    return page(request, "meetings", title="共創調整会議", form=form, meetings=known)


@require_safe
def pack(request, day):
    """The desk reads or prints what the meeting talks about, as it was when it was opened."""
    meeting = _found(day)
    papers = list(meeting.papers.defer("data"))
    shown = page(
        request,
        "meeting",
        title=meeting.title,
        meeting=meeting,
        parts=[part | _rest(part) for part in meeting_paper.parts_of(meeting)],
        papers=papers,
    )
    if any(paper.made_at is None and not paper.error for paper in papers):
        shown["Refresh"] = str(LOOK_AGAIN)
    return shown


def _rest(part: dict) -> dict:
    """The list in which what the pack has no room for is found."""
    name, narrowed = RESTS.get(part["section"], ("", {}))
    return {"rest": name, "rest_url": list_url(**narrowed)} if part["more"] and name else {}


def minutes(request, day):
    """The desk types what was said and what follows, and records it to the cases."""
    meeting = _found(day)
    if request.method != "POST" and meeting.recorded_at:
        return redirect(PACK, day)
    items = list(meeting.items.select_related("owner"))
    form = MinutesForm(
        meeting,
        items=items,
        officers=list(queries.desk_officers()),
        data=request.POST if request.method == "POST" else None,
    )
    if request.method == "POST" and form.is_valid() and _saved(request, meeting, form):
        return redirect(PACK if "record" in request.POST else MINUTES, day)
    status = 409 if form.is_overtaken else 200
    title = f"{meeting.title}の記録"
    return page(request, "meeting_minutes", status=status, title=title, meeting=meeting, form=form)


def _saved(request, meeting: Meeting, form: MinutesForm) -> bool:
    """Save, and record if that was pressed; a refusal stands on the form, with all that was typed."""
    try:
        meetings.save(meeting, by=request.user, **form.for_service())
        if "record" in request.POST:
            meetings.record(meeting, by=request.user)
    except NotAllowed as refusal:
        is_gone = Meeting.objects.filter(pk=meeting.pk, recorded_at__isnull=False).exists()
        form.refuse(refusal, is_overtaken=is_gone or isinstance(refusal, Stale))
        return False
    is_recorded = "record" in request.POST
    messages.success(request, "案件に記録し、「すること」に加えました。" if is_recorded else "保存しました。")
    return True


@require_safe
def pdf(request, day, kind):
    """The desk takes the pack or the minutes as PDF; one still on its way sends back to the page."""
    paper = get_object_or_404(MeetingPaper, meeting=_found(day), kind=kind)
    if paper.made_at is None:
        return redirect(PACK, day)
    return _file(request, paper.meeting, bytes(paper.data), "application/pdf", f"{kind}.pdf")


@require_safe
def xlsx(request, day):
    """The desk takes the agenda as a table, with what was said so far."""
    meeting = _found(day)
    return _file(request, meeting, meeting_paper.xlsx_of(meeting), XLSX, "agenda.xlsx")


def _file(request, meeting: Meeting, data: bytes, content_type: str, name: str) -> HttpResponse:
    readings.note(request.user, "共創調整会議の資料", "", f"{meeting.held_on} {name}")
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="kaigi-{meeting.held_on:%Y%m%d}-{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response


def _found(day: str) -> Meeting:
    """The meeting of a day as its address says it: 2026-11-21."""
    try:
        held_on = calendar.parse_day(day)
    except ValueError:
        raise Http404 from None
    if held_on.isoformat() != day:
        raise Http404
    return get_object_or_404(Meeting, held_on=held_on)


PAGES = [
    ("", index, "changelist"),
    ("<str:day>/", pack, "change"),
    ("<str:day>/minutes/", minutes, "minutes"),
    ("<str:day>/pdf/<slug:kind>/", pdf, "pdf"),
    ("<str:day>/xlsx/", xlsx, "xlsx"),
]


@admin.register(Meeting)
class MeetingAdmin(OwnPages):
    """No stock view answers here: a meeting is opened, minuted and recorded by the services alone."""

    pages = PAGES
