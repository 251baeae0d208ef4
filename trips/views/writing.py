"""Writing about a TRIP: one page for all that can be written down, of the TRIP or of something it holds."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from cityhall import access
from cityhall.access import role_required
from cityhall.models import Role
from trips import forms, services
from trips.queries import possible_parents
from trips.services.recording import writing_posting
from trips.views import room


@dataclass(frozen=True)
class Writing:
    """Something one can write down: its title, form and service, and the word on the button.

    `of` names what the TRIP holds several of, where it is about one of them; `desk_only`: the section may
    not.
    """

    title: str
    form: type
    service: Callable
    button: str = "書いておく"
    of: str = ""
    knows: bool = False  # the form is told what it is about
    desk_only: bool = False

    def form_of(self, request, about):
        """The form, with what was sent."""
        told = {"about": about} if self.knows else {}
        return self.form(room.sent(request), request.FILES if request.method == "POST" else None, **told)


WRITINGS = {
    "event": Writing("出来事を書く", forms.EventForm, services.add_event),
    "review": Writing("ふり返りを書く", forms.ReviewForm, services.add_review),
    "review-day": Writing(
        "次のふり返りの日を決める", forms.ReviewDayForm, services.plan_review, "この日に決める"
    ),
    "result": Writing("生まれたものを書く", forms.ResultForm, services.add_result),
    "partner": Writing("一緒に旅をする団体を加える", forms.PartnerForm, services.add_partner, "加える"),
    "parent": Writing("この旅を生んだ旅をつなぐ", forms.ParentForm, services.add_parent, "つなぐ"),
    "lead": Writing("主に担当する課を決める", forms.LeadForm, services.choose_lead, "この課に決める"),
    # what is planned
    "milestone": Writing("節目を決める", forms.MilestoneForm, services.plan_milestone, "この節目を置く"),
    "milestone-done": Writing(
        "節目を終えた",
        forms.MilestoneDoneForm,
        services.finish_milestone,
        "終えたと記録する",
        of="milestones",
    ),
    "milestone-drop": Writing(
        "節目を取りやめる", forms.DropForm, services.drop_milestone, "取りやめる", of="milestones"
    ),
    "reports": Writing(
        "定期報告の期限を決める", forms.ReportsForm, services.plan_reports, "この予定に決める"
    ),
    "report": Writing(
        "定期報告を書く", forms.HandInForm, services.hand_in, "窓口に出す", of="reports", knows=True
    ),
    "report-accept": Writing(
        "定期報告を受け取る", forms.AcceptForm, services.accept_report, "受け取る", "reports", True, True
    ),
    "report-return": Writing(
        "書き直しをお願いする", forms.ReturnForm, services.return_report, "課へ戻す", "reports", True, True
    ),
    "report-drop": Writing(
        "定期報告を取りやめる", forms.DropForm, services.drop_report, "取りやめる", "reports", False, True
    ),
    "files": Writing("写真・書類を加える", forms.FilesForm, services.attach, "加える"),
    "file-drop": Writing("写真・書類を外す", forms.NothingForm, services.remove_file, "外す", of="files"),
    # the end
    "told": Writing(
        "終わりを知らせた", forms.ToldForm, services.tell_partner, "知らせたと記録する", knows=True
    ),
    "duty": Writing("残る務めを書く", forms.DutyForm, services.add_duty),
    "duty-owner": Writing(
        "残る務めの担い手を決める", forms.DutyOwnerForm, services.give_duty, "担い手に決める", "duties", True
    ),
    "duty-done": Writing(
        "残る務めを終えた", forms.OnDayForm, services.finish_duty, "終えたと記録する", of="duties"
    ),
    "recontact": Writing(
        "また会う日を決める", forms.RecontactForm, services.plan_recontact, "この日に決める"
    ),
    "met-again": Writing("また会えたことを書く", forms.MeetAgainForm, services.meet_again),
}


@role_required(Role.DESK, Role.MEMBER, Role.HEAD)
def write(request, number, what, key=None):
    """The leading section or the desk writes down what happened, what is planned, what came of it."""
    trip = room.find_to_write(request.user, number, writing_posting)
    writing = _writing(request.user, what)
    about = _about(trip, writing, key)
    form = writing.form_of(request, about)
    if "parent" in form.fields:
        form.fields["parent"].queryset = possible_parents(request.user, trip)
    if room.attempt(form, partial(writing.service, about), by=request.user):
        messages.success(request, "記録しました。")
        return redirect(trip)
    return room.show(request, "write", trip=trip, writing=writing, form=form, about=about)


def _writing(user, what: str) -> Writing:
    found = WRITINGS.get(what)
    if found is None or (found.desk_only and not access.has_role(user, Role.DESK)):
        raise Http404
    return found


def _about(trip, writing: Writing, key):
    """The TRIP itself, or the one thing of it that the address names; 404 if there is none."""
    if bool(writing.of) != (key is not None):
        raise Http404
    return get_object_or_404(getattr(trip, writing.of).all(), pk=key) if writing.of else trip
