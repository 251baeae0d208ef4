"""Who at the next place was told."""

from django.utils import timezone

from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import FREE, MUST, Line
from proposals.forms.section.fields import Day


class HandedForm(CaseForm):
    """A talk with the next place."""

    slot = "handed"
    who = Line(MUST, "次の窓口で話した人", 100, help_text="課と名前。例：契約の担当課 架空さん")
    on = Day(MUST, "話した日", initial=timezone.localdate)
    text = Line(FREE, "話したこと", 300)
