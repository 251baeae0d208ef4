"""The person's own password again, before something that cannot be taken back."""

from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError


class PasswordAgain(forms.Form):
    """A form part that asks for the password of whoever is logged in; refuses many tries a minute."""

    password = forms.CharField(
        label="ご本人の確認",
        help_text="もう一度、パスワードを入れてください。",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "パスワードを入れてください。"},
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self):
        password = self.cleaned_data["password"]
        if not ratelimit.consume(self.request, action="reauthenticate", user=self.request.user):
            raise ValidationError(
                "続けて間違えたため、いまは確かめられません。1分待ってから、もう一度入れてください。"
            )
        if not self.request.user.check_password(password):
            raise ValidationError(
                "パスワードが違います。もう一度入れてください。ほかの欄の文は残しています。"
            )
        return password
