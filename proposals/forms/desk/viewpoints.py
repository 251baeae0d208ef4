"""見立て: nine viewpoints, of each a level with its anchor sentence and a word."""

from django import forms
from django.utils import timezone

from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import FREE, Line, Pick
from proposals.models import Assessment, Measure
from proposals.viewpoints import EXPLAINED, VIEWPOINTS


class AssessForm(CaseForm):
    """One reader's own page; what is left open stays open."""

    slot = "assess"
    measures = forms.ModelMultipleChoiceField(
        Measure.objects.none(),
        label="あてはまる重点施策・基本姿勢",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="いくつでも。2人で共通です。",
    )

    def __init__(self, data=None, *, proposal, reader, **options):
        known = Assessment.objects.filter(proposal=proposal, reader=reader)
        initial = {"measures": [measure.pk for measure in proposal.measures.all()]}
        for row in known:
            initial |= {f"level{row.viewpoint}": str(row.level), f"comment{row.viewpoint}": row.comment}
        super().__init__(data, proposal=proposal, initial=initial, **options)
        named = Measure.objects.filter(pk__in=initial["measures"])
        self.fields["measures"].queryset = Measure.objects.in_force(timezone.localdate()) | named
        for viewpoint in VIEWPOINTS:
            levels = [(str(n), f"{n}　{words}") for n, words in enumerate(viewpoint.anchors)]
            label = f"{viewpoint.number} {viewpoint.name}"
            self.fields[f"level{viewpoint.number}"] = Pick(FREE, label, levels, help_text=viewpoint.question)
            self.fields[f"comment{viewpoint.number}"] = Line(FREE, f"観点{viewpoint.number}へのひとこと", 300)
        for field in self.fields.values():
            field.plain = True

    def rows(self):
        """Each viewpoint with its two fields, for the template."""
        for viewpoint in VIEWPOINTS:
            n = viewpoint.number
            yield {"viewpoint": viewpoint, "level": self[f"level{n}"], "comment": self[f"comment{n}"]}

    def clean(self):
        given = super().clean()
        for viewpoint in VIEWPOINTS:
            n = viewpoint.number
            level, comment = given.get(f"level{n}"), given.get(f"comment{n}")
            if level and int(level) in EXPLAINED and not comment and f"comment{n}" not in self.errors:
                self.add_error(f"comment{n}", f"{level}を選んだわけを、ひとことで書いてください。")
            if comment and not level and f"level{n}" not in self.errors:
                self.add_error(f"level{n}", "0から3のどれかを選んでください。")
        return given

    def for_service(self) -> dict:
        given = self.cleaned_data
        chosen = {v.number: given[f"level{v.number}"] for v in VIEWPOINTS if given[f"level{v.number}"]}
        marks = {n: (int(level), given[f"comment{n}"]) for n, level in chosen.items()}
        return {"marks": marks, "measures": given["measures"]}
