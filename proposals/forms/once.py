"""A page that may be pressed twice: the signed code it was drawn with makes both presses one."""

from django import forms
from django.core import signing

from proposals.services import receipts

SALT = "proposals.once"
LATE = "時間がたったため、もう一度押してください。書いたものはそのまま残っています。"


class Once(forms.Form):
    """`code` is the page's own: the key of what it sends, or the receipt code it gives."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.initial.setdefault("stamp", _new())
        self.is_late = self.is_bound and not self.code
        if self.is_late:
            self.renew()

    @property
    def code(self) -> str:
        """Empty for a page that is not ours."""
        try:
            return signing.loads(self.data.get("stamp", ""), salt=SALT)
        except signing.BadSignature:
            return ""

    def clean(self):
        if self.is_late:
            self.add_error(None, LATE)

    def refuse(self, refusal) -> None:
        """Say why; the next press is one of its own."""
        self.add_error(None, str(refusal))
        self.renew()

    def renew(self) -> None:
        """Another code: what is pressed next has not been pressed before."""
        self.data = self.data.copy()
        self.data["stamp"] = _new()


def _new() -> str:
    return signing.dumps(receipts.new_code(), salt=SALT)
