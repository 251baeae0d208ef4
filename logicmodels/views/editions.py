"""Fixing an edition, and reading one."""

from functools import partial

from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from cityhall import pdf_fonts
from cityhall.access import role_required
from cityhall.models import Role
from logicmodels import services
from logicmodels.chain import Chain
from logicmodels.content import numbers
from logicmodels.exports import KINDS
from logicmodels.forms import FixForm
from logicmodels.models import Paper
from logicmodels.services.editions import open_findings
from logicmodels.views import agreeing, room


@role_required(Role.DESK)
def fix(request, number):
    """The desk fixes the draft as the next 試行版, with a sentence for every open finding."""
    draft = room.find_draft(request.user, number)
    form = FixForm(
        request.POST or None,
        model=draft,
        findings=open_findings(draft),
        numbers=numbers(draft.as_content()),
    )
    if form.carry_out(partial(services.fix_trial, draft, by=request.user)):
        return redirect(draft.editions.latest("number"))
    return room.show(
        request,
        "fix",
        status=409 if form.is_stale else 200,
        model=draft,
        form=form,
        title="試行版にする",
        button="試行版として固定する",
        back=draft.get_absolute_url(),
        picture=room.picture(draft.as_content()),
        answer_count=len(form.answers),
    )


@require_safe
@role_required(*room.READERS)
def edition(request, number, edition):
    """Staff: an edition as it was fixed, and its papers."""
    found = room.find_edition(request.user, number, edition)
    chain = Chain(found.content)
    papers = {paper.size: paper for paper in found.papers.all()}
    return room.show(
        request,
        "edition",
        model=found.model,
        edition=found,
        content=found.content,
        chain=chain,
        picture=room.picture(found.content),
        answers=chain.placed(found.answers),
        papers=[(size, papers.get(size)) for size in Paper.Size],
        can_print=pdf_fonts.available(),
        sees_draft=room.sees_drafts(request.user),
        earlier=found.model.editions.filter(number__lt=found.number).first(),
        files=KINDS,
        **agreeing.context(request.user, found),
    )
