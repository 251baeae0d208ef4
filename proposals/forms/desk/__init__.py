"""What the desk writes: on a case's page, on the page of a move, and for a paper entry."""

from proposals.forms.desk.entry import EntryForm
from proposals.forms.desk.gate import GateForm
from proposals.forms.desk.moves import move_form
from proposals.forms.desk.sheets import AskForm, ConsolidateForm, LeadForm, SectionQuestionForm, WaiveForm
from proposals.forms.desk.talk import AnnounceForm, TalkForm
from proposals.forms.desk.triage import CodeForm, ReceiveForm, ReleaseForm, SummaryForm

__all__ = [
    "AnnounceForm",
    "AskForm",
    "CodeForm",
    "ConsolidateForm",
    "EntryForm",
    "GateForm",
    "LeadForm",
    "ReceiveForm",
    "ReleaseForm",
    "SectionQuestionForm",
    "SummaryForm",
    "TalkForm",
    "WaiveForm",
    "move_form",
]
