"""引き合わせ at the desk: arranged, changed, told what came of it, each through a service."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from proposals import queries
from proposals.admin.pages import back_to, page, whole_number
from proposals.desk import introductions as words
from proposals.desk.case import find_case
from proposals.desk.links import deed_url
from proposals.forms.desk.introductions import (
    ChangeIntroductionForm,
    CorrectResultForm,
    IntroduceForm,
    ResultForm,
)
from proposals.introduced import with_names
from proposals.models import Introduction
from proposals.pointers import RESTING
from proposals.services import introductions, outcomes
from proposals.views.section.days import Today

FIND = "find"
PIECE = "introductions"


@require_safe
def listing(request):
    """The desk reads all introductions, also those that led nowhere."""
    return page(request, "introductions", title="引き合わせ", groups=words.whole())


def introduce(request, number):
    """The desk brings a proposer together with sections and partners; the address names a first choice."""
    case = find_case(number)
    departments = list(queries.departments_on(Today().day))
    first = {
        "departments": [key for key in map(whole_number, request.GET.getlist("department")) if key],
        "resources": [key for key in map(whole_number, request.GET.getlist("resource")) if key],
    }
    first = _looking(request) or first
    form = IntroduceForm(_sent(request), proposal=case, departments=departments, initial=first)
    if form.is_bound and form.carry_out(introductions.arrange, by=request.user):
        messages.success(request, "引き合わせを書きました。これからのものは、会う方にお知らせします。")
        return back_to(case, PIECE)
    return _ask(request, case, form, "引き合わせを書く", "introduce", words_left=_left(case))


def _left(case) -> dict:
    """What the proposer said about whom to share the proposal with, and whom they would like to meet."""
    sent = case.latest_submission
    return {
        "sharing": sent.get_sharing_display() if sent else "",
        "wished": sent.wished_partners if sent else "",
    }


def _sent(request):
    """What is to be done; who only looks for a partner has nothing to be told of yet."""
    return request.POST if request.method == "POST" and request.POST.get("go") != FIND else None


def _looking(request) -> dict:
    """What was typed so far by who looks for a partner."""
    if request.POST.get("go") != FIND:
        return {}
    ticked = {name: request.POST.getlist(name) for name in ("departments", "resources")}
    return request.POST.dict() | ticked


def of_one(view):
    """The introduction of a case by its running number, for a view."""

    @wraps(view)
    def found(request, number, running):
        rows = with_names(Introduction.objects.all(), to_desk=True).select_related(
            "proposal__organization", "by"
        )
        introduction = get_object_or_404(rows, proposal__number=number, running=running)
        return view(request, introduction.proposal, introduction)

    return found


@require_safe
@of_one
def look(request, case, introduction):
    """The desk reads one introduction, and goes on from there."""
    told = {"introduction": introduction, "line": words.line(introduction, case)}
    return page(request, "introduction", title="引き合わせ", case=case, **told)


@of_one
def edit(request, case, introduction):
    """The desk changes who meets whom, when or where, until it is held."""
    departments = list(queries.departments_on(Today().day))
    form = ChangeIntroductionForm(
        _sent(request), kept=introduction, departments=departments, initial=_looking(request)
    )
    if form.is_bound and form.carry_out(introductions.change, by=request.user):
        messages.success(request, "引き合わせを書き直しました。会う方に、あらためてお知らせします。")
        return _back(case, introduction)
    return _ask(request, case, form, "引き合わせを直す", "introduce", words_left=_left(case))


@of_one
def result(request, case, introduction):
    """The desk writes down what came of it."""
    return _tell(request, case, introduction, ResultForm, outcomes.tell_result, "結果を書く")


@of_one
def correct(request, case, introduction):
    """The desk puts a wrong result right, with a reason."""
    return _tell(request, case, introduction, CorrectResultForm, outcomes.correct_result, "結果を直す")


def _tell(request, case, introduction, form_class, deed, title):
    form = form_class(_sent(request), kept=introduction, officers=list(queries.desk_officers()))
    if form.is_bound and form.carry_out(deed, by=request.user):
        messages.success(request, "書き残しました。ありがとうございました。")
        told = Introduction.objects.get(pk=introduction.pk)
        if told.result == Introduction.Result.SEED:
            return _to_seed(request, case)
        return back_to(case, PIECE)
    about = {"introduction": introduction, "line": words.line(introduction, case)}
    return _ask(request, case, form, title, "introduction_result", **about)


def _to_seed(request, case):
    """A seed is planted once the case has ended; until then it waits with the introduction."""
    if case.step in RESTING:
        return redirect(deed_url(case, "case_seeds"))
    messages.info(request, "次の種になりました。この案件が終わるとき、種の条件を書く画面に出てきます。")
    return back_to(case, PIECE)


def _ask(request, case, form, title, name, **context):
    status = 409 if form.is_overtaken else 200
    return page(request, name, status=status, title=title, case=case, form=form, **context)


def _back(case, introduction):
    return redirect(deed_url(case, "introduction", introduction.running))
