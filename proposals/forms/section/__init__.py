"""What a section writes: its answer to a sheet, its decision, its conditions."""

from proposals.forms.section.answer import AnswerForm
from proposals.forms.section.conditions import FulfilForm, LapseForm, SettleForm
from proposals.forms.section.decision import DecisionForm, DraftForm, RewriteForm, SendBackForm
from proposals.forms.section.joint import ConsentForm, FairnessForm

__all__ = [
    "AnswerForm",
    "ConsentForm",
    "DecisionForm",
    "DraftForm",
    "FairnessForm",
    "FulfilForm",
    "LapseForm",
    "RewriteForm",
    "SendBackForm",
    "SettleForm",
]
