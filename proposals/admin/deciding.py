"""Around ⑥ at the desk: 共管, 公平さの確かめ, 代理入力. The decision itself is no deed of the desk."""

from django.contrib import messages
from django.http import Http404

from proposals import queries
from proposals.admin.deeds import Ask, on_its_own
from proposals.admin.pages import back_to, page
from proposals.desk.case import find_case
from proposals.forms.desk.deciding import DropJointForm, JointForm, LogForm, PrepareForm
from proposals.forms.section.decision import said_in, with_a_row_more
from proposals.models import DecisionDraft
from proposals.services import decision_drafts, fairness, joint
from proposals.services.joint import NAMED_AT
from proposals.views.section.days import Today
from proposals.workflow import Step

LOG = Ask(
    "公平さの確かめを書く",
    "所管課も書けます。判断のときに見て、判断とともに残します。接触の記録は、自動で数えます。",
    "公平さの確かめを残す",
    "deciding",
)


def name_joint(request, number):
    """The desk names sections in joint charge, or takes them off, at ④ and ⑤."""
    case = find_case(number)
    if case.step not in NAMED_AT:
        messages.warning(request, joint.NOT_NOW)
        return back_to(case, "deciding")
    departments = list(queries.departments_on(Today().day))
    held = list(case.joint_sections.select_related("department"))
    forms = {
        "name": JointForm(_sent(request, "name"), proposal=case, departments=departments),
        "drop": DropJointForm(
            _sent(request, "drop"), proposal=case, departments=[(j.department_id, j.department) for j in held]
        ),
    }
    deeds = {"name": joint.name_joint, "drop": joint.drop_joint}
    go = request.POST.get("go")
    if go in deeds and forms[go].carry_out(deeds[go], by=request.user):
        messages.success(request, "共管の課を書き直しました。その課には、メールでお知らせします。")
        return back_to(case, "deciding")
    overtaken = any(form.is_overtaken for form in forms.values())
    status = 409 if overtaken else 200
    return page(request, "joint", status=status, title="共管の課を決める", case=case, held=held, forms=forms)


def write_fairness(request, number):
    """The desk writes the fairness log."""
    case = find_case(number)
    form = LogForm(request.POST if request.method == "POST" else None, proposal=case)
    return on_its_own(request, case, form, fairness.write, LOG)


def prepare(request, number):
    """The desk puts down what the paper 決裁 says; a head of the section in charge confirms it, or nobody."""
    case = find_case(number)
    if case.step != Step.DECISION:
        messages.warning(request, decision_drafts.NOT_NOW)
        return back_to(case, "deciding")
    draft = DecisionDraft.objects.filter(proposal=case).first()
    if draft and not draft.is_by_proxy:
        messages.warning(request, decision_drafts.OURS)
        return back_to(case, "deciding")
    form = _prepare_form(request, case, draft)
    if form.is_bound and form.carry_out(decision_drafts.prepare, by=request.user):
        messages.success(request, "準備しました。所管課の長が確かめると、判断になります。")
        return back_to(case, "deciding")
    return page(
        request,
        "prepare",
        status=409 if form.is_overtaken else 200,
        title="代理入力（紙の決裁を写す）",
        case=case,
        form=form,
        draft=draft,
        attached=decision_drafts.waiting_papers(case),
    )


def _prepare_form(request, case, draft) -> PrepareForm:
    if request.POST.get("go") == "row":
        said = with_a_row_more(said_in(request.POST))
        return PrepareForm(None, proposal=case, draft=draft, said=said)
    sent = request.POST if request.method == "POST" else None
    files = request.FILES if request.method == "POST" else None
    return PrepareForm(sent, proposal=case, draft=draft, files=files)


def discard(request, number):
    """The desk throws away what it prepared."""
    if request.method != "POST":
        raise Http404
    case = find_case(number)
    draft = DecisionDraft.objects.filter(proposal=case, is_by_proxy=True).first()
    if draft:
        decision_drafts.discard(case, by=request.user, draft_version=draft.version)
        messages.success(request, "代理入力の準備を取りやめました。")
    return back_to(case, "deciding")


def _sent(request, go: str):
    return request.POST if request.method == "POST" and request.POST.get("go") == go else None
