"""困りごとの公開: what the sections would have shown; the desk publishes each or gives it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from cityhall.refusal import NotAllowed
from proposals.admin.lines import made, with_forms
from proposals.admin.pages import page
from proposals.desk import theme_fits as words
from proposals.forms.section.theme import PublishForm, ReturnForm
from proposals.models import Theme
from proposals.services import themes

ASKED = "admin:proposals_theme_asked"


@require_safe
def asked(request):
    """The desk reads what it is asked to show."""
    return _show(request)


def publish(request, pk):
    """The desk shows one to the public."""
    return _deed(request, pk, PublishForm, themes.publish, "公開しました。課にも知らせます。")


def send_back(request, pk):
    """The desk gives one back to the section, with words."""
    return _deed(request, pk, ReturnForm, themes.send_back, "課に戻しました。わけは課のページに出ます。")


def _deed(request, pk: int, kind, deed, done: str):
    theme = get_object_or_404(Theme, pk=pk)
    if request.method != "POST":
        return redirect(ASKED)
    form = made(kind, theme, request.POST)
    if form.is_valid():
        try:
            deed(theme, by=request.user, **form.for_service())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"「{theme}」を{done}")
            return redirect(ASKED)
    return _show(request, tried=form)


def _show(request, *, tried=None):
    waiting = Theme.objects.asked().select_related("department", "asked_by").order_by("asked_on", "pk")
    lines = with_forms(waiting, tried, publish=PublishForm, send_back=ReturnForm)
    return page(request, "themes", title="困りごとの公開", lines=lines, tried=tried)


@require_safe
def fits(request, pk):
    """The desk reads which open proposals and which of the town's strengths fit a trouble."""
    theme = get_object_or_404(Theme.objects.select_related("department"), pk=pk)
    return page(request, "theme_fits", title=f"「{theme}」に会えそうな相手", **words.shown(theme))


PAGES = [
    ("<int:pk>/fits/", fits, "fits"),
    ("asked/", asked, "asked"),
    ("<int:pk>/publish/", publish, "publish"),
    ("<int:pk>/send-back/", send_back, "send_back"),
]
