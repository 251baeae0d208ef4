"""設定: how a member or a head hears of what comes for the section."""

from django.contrib import messages
from django.shortcuts import redirect

from cityhall import section_post
from cityhall.access import role_required
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from proposals.forms.section.letters import LettersForm
from proposals.views.section import room


@role_required(Role.MEMBER, Role.HEAD)
def settings(request):
    """Each letter, one digest a day, or only the section's own address."""
    form = LettersForm(room.sent(request), initial={"letters": request.user.letters})
    if form.is_bound and form.is_valid():
        try:
            section_post.choose(request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "通知の受け取り方を保存しました。")
            return redirect("section:settings")
    return room.show(request, "settings", form=form)
