"""What the desk writes around ⑥: sections in joint charge, the fairness log, what a paper 決裁 says."""

from django import forms

from cityhall.models import Department
from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import FREE, MUST, Line
from proposals.forms.papers import Papers
from proposals.forms.section.decision import DraftForm, draft_version_in, said_in
from proposals.forms.section.joint import FairnessForm


class JointForm(CaseForm):
    """A section in joint charge; named, or taken off again with a reason."""

    slot = "joint"
    department = forms.TypedChoiceField(
        label="共管の課", coerce=int, error_messages={"required": "課を選んでください。"}
    )

    def __init__(self, data=None, *, proposal, departments, **options):
        super().__init__(data, proposal=proposal, **options)
        self.fields["department"].choices = [("", "課を選ぶ"), *departments]

    def for_service(self) -> dict:
        chosen = Department.objects.get(pk=self.cleaned_data["department"])
        return self.cleaned_data | {"department": chosen}


class DropJointForm(JointForm):
    """Taken off again."""

    slot = "drop"
    reason = Line(MUST, "共管から外す理由", 200)


class LogForm(FairnessForm, CaseForm):
    """公平さの確かめ, at the desk."""

    slot = "fairness"


class PrepareForm(DraftForm, CaseForm):
    """代理入力: what the paper 決裁 says, with its copy."""

    slot = "prepare"
    papers = Papers(FREE, "決裁の写し", help_text="押印や電子決裁の画面の写し。PDFか画像。")

    def __init__(self, *args, draft=None, **options):
        super().__init__(*args, draft=draft, **options)
        self.fields["papers"].needed = draft is None

    def for_service(self) -> dict:
        """What `decision_drafts.prepare` asks for."""
        return {
            "said": said_in(self.data),
            "draft_version": draft_version_in(self.data),
            "uploads": self.cleaned_data["papers"],
            "version": self.cleaned_data["version"],
        }
