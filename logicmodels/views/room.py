"""What the pages of a logic model share: who may open which, and how a page is put together."""

import json

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.safestring import mark_safe

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from logicmodels.chain import Chain
from logicmodels.checks import Finding, grouped
from logicmodels.checks.mends import mend_of
from logicmodels.content import numbers
from logicmodels.diagram import BESIDE, SCREEN, Sheet, draw, fitted
from logicmodels.exports import KINDS
from logicmodels.models import DRAFT, EarlierDraft, Edition, LogicModel, Node
from logicmodels.services.editions import findings_of
from logicmodels.vocabulary import Column
from proposals.desk.links import case_url
from proposals.views.section.room import way_home

VERSION_DIGITS = 9
READERS = (Role.DESK, Role.MEMBER, Role.HEAD, Role.MANAGER)


def find_model(user, number: str) -> LogicModel:
    """The model if this person may see it; 404 otherwise."""
    return get_object_or_404(LogicModel.objects.visible_to(user).with_case(), number=number)


def find_draft(user, number: str) -> LogicModel:
    """The model for the desk, which alone writes on it; 404 otherwise."""
    return get_object_or_404(_writable(user).with_case(), number=number)


def find_node(user, number: str, key: str) -> Node:
    """A box of a draft for the desk, by its key, with its draft; 404 otherwise, and when it is gone."""
    boxes = Node.objects.filter(model__in=_writable(user), model__number=number)
    with_draft = boxes.select_related("model__proposal__organization", "model__changed_by")
    return get_object_or_404(with_draft, key=key)


def _writable(user):
    return LogicModel.objects.visible_to(user) if may_edit(user) else LogicModel.objects.none()


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
    if model := context.get("model"):
        prefetch_related_objects([model], LogicModel.objects.newest_editions())
        if model.proposal:
            context["case_url"] = (
                case_url(model.proposal) if context["may_edit"] else model.proposal.get_absolute_url()
            )
    return render(request, f"logicmodels/{page}.html", context, status=status)


def show_draft(request, page: str, draft: LogicModel, *, chosen: str = "", **more):
    """The draft as one page, picture and words; for the desk with one panel in it.

    The editor's script asks again with the revision it has, and is told where nothing has changed (304).
    """
    revision, is_desk = f'"{draft.number}-{draft.version}"', may_edit(request.user)
    if unchanged := _unchanged(request, revision):
        return unchanged
    prefetch_related_objects([draft], "nodes", "arrows")
    content, findings = draft.as_content(), findings_of(draft)
    chain = Chain(content)
    sheet, link = (BESIDE, node_link(draft)) if is_desk else (SCREEN, None)
    return show(
        request,
        page,
        model=draft,
        content=content,
        chain=chain,
        revision=revision,
        chosen=chosen,
        **_around(chain, chosen),
        ways=json.dumps([[way["from"], way["to"], way["evidence"]] for way in content["arrows"]]),
        picture=picture(content, sheet, link, chosen),
        advice=advice(draft, content, findings),
        here=beside(draft, content, [finding for finding in findings if finding.node == chosen]),
        open_count=sum(finding.is_error for finding in findings),
        advice_count=sum(not finding.is_error for finding in findings),
        files=KINDS,
        undoing=ways_of(draft) if is_desk else [],
        **more,
    )


def _around(chain: Chain, chosen: str) -> dict:
    """The chosen box with its arrows, in and out; nothing where none is chosen."""
    if chosen not in chain.by_id:
        return {}
    node = chain.by_id[chosen]
    return {
        "node": node | {"label": Column(node["column"]).label},
        "ways_in": [chain.arrow_in_words(arrow) for arrow in chain.arrows_to(node)],
        "ways_out": [chain.arrow_in_words(arrow) for arrow in chain.arrows_from(node)],
    }


def _unchanged(request, revision: str):
    """The 304 for a script that asks with the newest revision; browsers keep nothing of these pages."""
    if request.method == "GET" and "If-None-Match" in request.headers:
        return get_conditional_response(request, etag=revision)
    return None


def ways_of(draft: LogicModel) -> list[dict]:
    """Back and forward, each with its address and whether there is anything to go to."""
    there = set(draft.earlier.values_list("way", flat=True).order_by().distinct())
    return [
        {
            "label": way.label,
            "url": reverse(f"logicmodels:{way.value}", args=[draft.number]),
            "is_there": way in there,
        }
        for way in EarlierDraft.Way
    ]


def show_form(request, form, *, title: str, button: str, back: str, page: str = "form", **more):
    """The draft with one form in its panel; 409 when somebody else was first."""
    status = 409 if form.is_stale else 200
    told = {"form": form, "title": title, "button": button, "back": back, "status": status}
    return show_draft(request, page, form.model, **told, **more)


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
