"""What all forms on a case's page share."""

from cityhall.refusal import NotAllowed
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
