"""What all forms on a case's page share, and those of what else the desk keeps."""

from django import forms

from cityhall.refusal import NotAllowed, Stale
from proposals.forms.fields import Version
from proposals.forms.section.fields import VersionedForm


class CaseForm(VersionedForm):
    """A form on a case's page; `slot` keeps its ids apart from those of the page's other forms."""

    slot = "deed"
    is_in_time = True  # the service knows the steps

    def __init__(self, data=None, *, proposal, **options):
        super().__init__(data, proposal=proposal, auto_id=f"{self.slot}-%s", **options)

    def carry_out(self, deed, **more) -> bool:
        """Do what the form asks; a refusal becomes an error of the form, and what was typed stays."""
        if not self.is_valid():
            return False
        try:
            deed(self.proposal, **self.for_service(), **more)
        except NotAllowed as refusal:
            self.refuse(refusal)
        return not self.errors

    def for_service(self) -> dict:
        """What the service asks for, by its own names."""
        return self.cleaned_data


class KeptForm(forms.Form):
    """A form of something the desk keeps beside the cases; it says which state of it the page showed."""

    version = Version()

    def __init__(self, data=None, *, kept, initial=None, **options):
        super().__init__(data, **options)
        self.kept, self.is_overtaken = kept, False
        self.initial = {"version": self.version_now(), **(initial or {})}

    def version_now(self) -> int:
        """The state that stands; a page that shows another is stale."""
        return self.kept.version

    def carry_out(self, deed, **more) -> bool:
        """Do what the form asks; a refusal becomes an error of the form, and what was typed stays."""
        if not self.is_valid():
            return False
        try:
            deed(self.kept, **self.for_service(), **more)
        except NotAllowed as refusal:
            self._refuse(refusal)
        return not self.errors

    def _refuse(self, refusal: NotAllowed) -> None:
        self.add_error(None, str(refusal))
        self.kept.refresh_from_db()
        self.is_overtaken = isinstance(refusal, Stale)
        self.data = self.data.copy()
        self.data["version"] = self.version_now()

    def for_service(self) -> dict:
        """What the service asks for, by its own names."""
        return self.cleaned_data
