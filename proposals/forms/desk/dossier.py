"""案件のひとまとめ: why, and what is blacked out."""

from django import forms

from proposals.dossier.ink import PICKED
from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import FREE, MUST, Line, Tick


class Chosen(forms.TypedMultipleChoiceField):
    """Any of the rows of the case, by their keys."""

    def __init__(self, label: str, **options):
        super().__init__(
            label=label, coerce=int, required=False, widget=forms.CheckboxSelectMultiple, **options
        )
        self.plain = True


class DossierForm(CaseForm):
    """People are blacked out unless somebody says otherwise."""

    slot = "dossier"
    reason = Line(MUST, "作るわけ", 200, help_text="記録に残ります。例：情報公開請求（令和8年度 第12号）")
    contact = Tick(FREE, "連絡先（電話・メール）を墨塗りする", initial=True)
    names = Tick(FREE, "個人の氏名（担当者・代表者・話した人）を墨塗りする", initial=True)
    staff = Tick(FREE, "職員の氏名を墨塗りする")
    wish = Tick(FREE, "提案者が非公開を希望した部分を墨塗りする", initial=True)
    messages = Chosen("墨塗りするやりとり")
    records = Chosen("墨塗りする記録の文")
    papers = Chosen(
        "添えない書類", help_text="書類の中身は墨塗りできません。氏名などがあるものは、添えないでください。"
    )
    decision_papers = Chosen(
        "添えない決裁の写し", help_text="職員の氏名や印影があるときは、確かめてください。"
    )

    def __init__(self, data=None, *, proposal, **options):
        super().__init__(data, proposal=proposal, **options)
        for name in ("contact", "names", "staff", "wish"):
            self.fields[name].plain = True
        messages = proposal.messages.order_by("pk")
        self.fields["messages"].choices = [
            (m.pk, f"{m.get_side_display()}「{m.text[:40]}」") for m in messages
        ]
        told = proposal.records.filter(text__isnull=False).order_by("sequence").select_related("text")
        self.fields["records"].choices = [
            (r.pk, f"{r.get_kind_display()}「{r.text.text[:40]}」") for r in told
        ]
        self.fields["papers"].choices = [(p.pk, str(p)) for p in proposal.attachments.order_by("pk")]
        kept = proposal.decision_papers.order_by("pk")
        self.fields["decision_papers"].choices = [(p.pk, str(p)) for p in kept]
        for name in PICKED:
            if not self.fields[name].choices:
                del self.fields[name]

    def for_service(self) -> dict:
        given = self.cleaned_data
        keys = ("contact", "names", "staff", "wish", *PICKED)
        return {
            "reason": given["reason"],
            "version": given["version"],
            "redactions": {key: given[key] for key in keys if given.get(key)},
        }
