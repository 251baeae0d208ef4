"""What all forms on a case's page share, and those of what else the desk keeps."""

from django import forms

from cityhall.refusal import NotAllowed, Stale
from proposals.forms.fields import Version
from proposals.forms.section.fields import VersionedForm


class DeskForm(forms.Form):
    """A form that does one deed; a refusal becomes an error of it, and what was typed stays."""

    def carry_out(self, deed, *subject, **more) -> bool:
        """Do what the form asks of the service; what that made is `made`."""
        if not self.is_valid():
            return False
        try:
            self.made = deed(*subject, **self.for_service(), **more)
        except NotAllowed as refusal:
            self.refuse(refusal)
        return not self.errors

    def refuse(self, refusal: NotAllowed) -> None:
        """Say why."""
        self.add_error(None, str(refusal))

    def for_service(self) -> dict:
        """What the service asks for, by its own names."""
        return self.cleaned_data


class CaseForm(VersionedForm, DeskForm):
    """A form on a case's page; `slot` keeps its ids apart from those of the page's other forms."""

    slot = "deed"
    is_in_time = True  # the service knows the steps

    def __init__(self, data=None, *, proposal, **options):
        super().__init__(data, proposal=proposal, auto_id=f"{self.slot}-%s", **options)

    def carry_out(self, deed, **more) -> bool:
        """Do it to the case."""
        return super().carry_out(deed, self.proposal, **more)


class KeptForm(DeskForm):
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
        """Do it to what is kept."""
        return super().carry_out(deed, self.kept, **more)

    def refuse(self, refusal: NotAllowed) -> None:
        """Say why, and show it as it is now."""
        super().refuse(refusal)
        self.kept.refresh_from_db()
        self.is_overtaken = isinstance(refusal, Stale)
        self.data = self.data.copy()
        self.data["version"] = self.version_now()
