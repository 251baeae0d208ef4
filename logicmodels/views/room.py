"""What the pages of a logic model share: who may open which, and how a page is put together."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from logicmodels.chain import Chain
from logicmodels.checks import Finding, grouped
from logicmodels.checks.mends import mend_of
from logicmodels.content import numbers
from logicmodels.diagram import BESIDE, SCREEN, Sheet, draw, fitted
from logicmodels.models import DRAFT, Edition, LogicModel, Node
from proposals.desk.links import case_url
from proposals.views.section.room import way_home

VERSION_DIGITS = 9
READERS = (Role.DESK, Role.MEMBER, Role.HEAD, Role.MANAGER)


def find_model(user, number: str) -> LogicModel:
    """The model if this person may see it; 404 otherwise."""
    return get_object_or_404(LogicModel.objects.visible_to(user).with_editions(), number=number)


def find_draft(user, number: str) -> LogicModel:
    """The model for the desk, which alone writes on it; 404 otherwise."""
    models = LogicModel.objects.visible_to(user) if may_edit(user) else LogicModel.objects.none()
    return get_object_or_404(models.with_editions(), number=number)


def find_node(draft: LogicModel, key: str) -> Node:
    """A box of the draft by its key; 404 when it is gone."""
    return get_object_or_404(draft.nodes.select_related("model"), key=key)


def find_edition(user, number: str, edition: int) -> Edition:
    """The edition if this person may see its model; 404 otherwise."""
    editions = Edition.objects.visible_to(user).select_related("model__proposal", "posting__department")
    return get_object_or_404(editions, model__number=number, number=edition)


def find_state(user, number: str, edition: int) -> Edition:
    """An edition, or under number 0 the draft as it stands, for whoever may see it; 404 otherwise."""
    if edition == DRAFT and sees_drafts(user):
        return Edition.of_draft(find_model(user, number))
    return find_edition(user, number, edition)


def may_edit(user) -> bool:
    """The desk alone draws."""
    return access.has_role(user, Role.DESK)


def sees_drafts(user) -> bool:
    """A manager reads what was fixed, not the draft."""
    return may_edit(user) or not access.has_role(user, Role.MANAGER)


def picture(content: dict, sheet: Sheet = SCREEN, link=None, chosen: str = "") -> str:
    """The picture for a page, as high as its boxes ask: SVG of our own making, every word in it escaped."""
    return mark_safe(draw(fitted(content, sheet), link=link, chosen=chosen))


def node_link(draft: LogicModel):
    """How the picture's boxes lead to their forms."""
    return lambda key: reverse("logicmodels:node", args=[draft.number, key])


def advice(draft: LogicModel, content: dict, findings: list[Finding]) -> list[dict]:
    """The findings under the four questions, each as `beside` gives it."""
    return [{"group": group, "findings": beside(draft, content, found)} for group, found in grouped(findings)]


def beside(draft: LogicModel, content: dict, findings: list[Finding]) -> list[dict]:
    """Findings in words, each with the number and the form of its box, and the press that mends it."""
    given, link = numbers(content), node_link(draft)
    return [
        {
            "text": finding.text,
            "is_error": finding.is_error,
            "number": given.get(finding.node, ""),
            "url": link(finding.node) if finding.node else "",
            "key": finding.key,
            "mend": mend_of(finding.code, finding.node, content),
        }
        for finding in findings
    ]


def show(request, page: str, *, status: int = 200, **context):
    """A page of this room."""
    home, home_url = way_home(request.user)
    context |= {"home": home, "home_url": home_url, "may_edit": may_edit(request.user)}
    if (model := context.get("model")) and model.proposal:
        context["case_url"] = (
            case_url(model.proposal) if may_edit(request.user) else model.proposal.get_absolute_url()
        )
    return render(request, f"logicmodels/{page}.html", context, status=status)


def show_form(request, form, *, title: str, button: str, back: str, chosen: str = "", **more):
    """A page with one form beside the picture of the draft; 409 when somebody else was first."""
    draft = form.model
    content = draft.as_content()
    return show(
        request,
        more.pop("page", "form"),
        status=409 if form.is_stale else 200,
        model=draft,
        form=form,
        title=title,
        button=button,
        back=back,
        picture=picture(content, BESIDE, node_link(draft), chosen),
        chain=Chain(content),
        **more,
    )


def press(request, draft: LogicModel, deed, back: str, said: str = ""):
    """A deed without a form to fill: done, or refused in a message on the page one comes back to.

    What is said afterwards is `said`, or what the deed itself tells.
    """
    try:
        told = deed(version=_version(request))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said or told)
    return redirect(back)


def _version(request) -> int:
    typed = request.POST.get("version", "")
    if not typed.isdecimal() or len(typed) > VERSION_DIGITS:
        raise NotAllowed("画面を開き直してから、もう一度押してください。")
    return int(typed)
