"""A letter's page at the desk: what became of it, and what the desk may do about it."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from cityhall import post, readings
from cityhall.access import role_required
from cityhall.models import OutgoingMail, Role
from cityhall.refusal import NotAllowed
from cityhall.templatetags.zama import clock, wareki

WIPED = "（再発行の番号は、安全のため、ここには出ません。送ると消えます）"


class ResendForm(forms.Form):
    """Where the letter goes this time."""

    to = forms.EmailField(
        label="宛先",
        max_length=254,
        help_text="アドレスがまちがっていたときは、ここで直せます。案件の連絡先は、別に直してください。",
    )


class LetterPages:
    """The pages of one letter in the admin: read, never written; two deeds, each its own POST."""

    def get_urls(self):
        deeds = [("resend", self.resend), ("settle", self.settle)]
        ours = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(role_required(Role.DESK)(view)),
                name=f"cityhall_outgoingmail_{name}",
            )
            for name, view in deeds
        ]
        return ours + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What the letter says, to whom, and what became of it; who opens it is noted."""
        if request.method == "POST":
            raise Http404
        letter = self._letter(request, object_id)
        readings.note(request.user, "通知", letter.about, letter.subject)
        return self._show(request, letter, ResendForm(initial={"to": letter.to}))

    def resend(self, request, object_id):
        """The desk sends the letter once more."""
        letter = self._letter(request, object_id)
        form = ResendForm(request.POST)
        if request.method != "POST":
            return _to(letter)
        if form.is_valid():
            try:
                again = post.resend(letter, by=request.user, to=form.cleaned_data["to"])
            except NotAllowed as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "もう一度送ります。届いたかどうかは、この画面で確かめられます。")
                return _to(again)
        return self._show(request, letter, form)

    def settle(self, request, object_id):
        """The desk has told it by telephone or otherwise."""
        letter = self._letter(request, object_id)
        if request.method == "POST":
            try:
                post.settle(letter, by=request.user)
            except NotAllowed as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, "ほかの方法で伝えたと記録しました。この通知は、もう送りません。")
        return _to(letter)

    def _letter(self, request, object_id) -> OutgoingMail:
        letter = self.get_object(request, unquote(object_id))
        if letter is None or not self.has_view_permission(request, letter):
            raise Http404
        return letter

    def _show(self, request, letter: OutgoingMail, form: ResendForm):
        context = self.admin_site.each_context(request) | {
            "title": letter.subject,
            "letter": letter,
            "facts": facts(letter),
            "body": WIPED if letter.is_secret else letter.body,
            "form": None if letter.is_secret or letter.resent.exists() else form,
            "may_settle": letter.settled_at is None and letter.state != OutgoingMail.State.SENT,
        }
        return TemplateResponse(request, "admin/cityhall/outgoingmail/change_form.html", context)


def facts(letter: OutgoingMail) -> list[dict]:
    """Everything there is to know of a letter but its text."""
    pairs = [
        ("宛先", letter.to),
        ("状態", letter.standing),
        ("理由", letter.last_error),
        ("書いた時刻", moment(letter.created_at)),
        ("送った時刻", moment(letter.sent_at)),
        ("次に送る時刻", moment(letter.tried_next_at)),
        ("送ってみた回数", f"{letter.attempts}回" if letter.attempts else ""),
        ("送り直した人", str(letter.asked_by or "")),
        ("対応した人", f"{letter.settled_by}（{moment(letter.settled_at)}）" if letter.settled_at else ""),
    ]
    return [{"term": term, "value": value} for term, value in pairs if value]


def moment(at) -> str:
    """令和8年11月2日（月） 10:32."""
    return f"{wareki(at)} {clock(at)}" if at else ""


def _to(letter: OutgoingMail):
    return redirect("admin:cityhall_outgoingmail_change", letter.pk)
