"""What a section writes: its answer to a sheet, its decision, its conditions."""

from proposals.forms.section.answer import AnswerForm
from proposals.forms.section.conditions import FulfilForm, LapseForm, SettleForm
from proposals.forms.section.decision import DecisionForm, SendBackForm

__all__ = ["AnswerForm", "DecisionForm", "FulfilForm", "LapseForm", "SendBackForm", "SettleForm"]
