"""A form on a draft: what its page had shown, and how the words of two people meet in it."""

import json
from collections.abc import Callable

from django import forms

from cityhall.refusal import NotAllowed, Stale
from logicmodels.models import LogicModel
from proposals.forms.fields import Version, missing

Read = Callable[[], dict | None]
THEIRS = (
    "あなたが書いている間に、ほかの人が「{}」に直しました。あなたの言葉は、欄に残っています。"
    "どちらかに決めて、もう一度保存してください。"
)


class DraftForm(forms.Form):
    """A form on a draft. It says which saving of the draft its page showed (D11), and what stood in it then.

    `read` tells what stands there now, None where it is gone. So what others saved meanwhile is taken into
    the fields nobody touched here, and shown beside those both have changed. Without `read` they go first.
    """

    version = Version()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    is_whole = False  # whether any change by others to what is edited here is for people to look at

    def __init__(self, data=None, *, model: LogicModel, read: Read | None = None, **options):
        told = read() if read and data is None else {}
        kept = {"version": model.version, "seen": json.dumps(told, ensure_ascii=False)}
        super().__init__(data, initial=kept | told | options.pop("initial", {}), **options)
        self.model, self.read, self.is_stale, self.made = model, read, False, None

    def carry_out(self, deed: Callable) -> bool:
        """Do the deed with what was typed; a refusal stays on the form, and the typed words with it."""
        if not (self.is_bound and self.is_valid()):
            return False
        try:
            self.made = deed(**self._typed())
        except Stale as overtaken:
            return self._meet(deed, overtaken)
        except NotAllowed as refusal:
            self._refuse(refusal)
        return not self.errors

    def is_there(self) -> bool:
        """Whether what is to be added is there already: a second press of one page."""
        return False

    def _typed(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def _meet(self, deed, overtaken) -> bool:
        """Others saved since the page was drawn: save into what they left, or show both."""
        now, seen = self.read() if self.read else None, self._seen()
        self.model.refresh_from_db()
        if now is None or seen is None or (self.is_whole and now != seen):
            self._refuse(overtaken)
            return False
        self.data = self.data.copy()
        self.data["version"], self.data["seen"] = self.model.version, json.dumps(now, ensure_ascii=False)
        theirs = self._merged(seen, now)
        self.full_clean()
        if self.is_there():
            return True
        for name, text in theirs.items():
            self.add_error(name, missing(THEIRS.format(text), where=f"{self.fields[name].label}："))
        self.is_stale = bool(theirs)
        if not self.errors:
            self._once_more(deed)
        return not self.errors

    def _once_more(self, deed):
        try:
            self.made = deed(**self._typed())
        except NotAllowed as refusal:
            self._refuse(refusal)

    def _seen(self) -> dict | None:
        """What the page had shown, as it came back; None where it cannot be read."""
        try:
            told = json.loads(self.cleaned_data["seen"])
        except ValueError:
            return None
        return told if isinstance(told, dict) else None

    def _merged(self, seen: dict, now: dict) -> dict[str, str]:
        """Take over what only others changed; returns what they wrote where both did."""
        theirs = {}
        for name in now.keys() & self.fields.keys():
            typed, was, stands = (
                _plain(self.fields[name], told.get(name, "")) for told in (self.data, seen, now)
            )
            if typed == was:
                self.data[name] = now[name]
            elif stands not in (was, typed):
                theirs[name] = dict(getattr(self.fields[name], "choices", [])).get(now[name], now[name])
        return theirs

    def _refuse(self, refusal):
        self.add_error(None, str(refusal))
        self.is_stale = isinstance(refusal, Stale)
        self.model.refresh_from_db()
        self.data = self.data.copy()
        self.data["version"] = self.model.version


def _plain(field: forms.Field, raw: object) -> object:
    """What was typed or stored as the field keeps it, so that the two can be compared."""
    try:
        return field.clean(raw)
    except forms.ValidationError:
        return raw
