"""組み合わせ: the purpose, the sides with their parts, what a side says for itself, the agreement."""

from django import forms

from cityhall.models import Department
from proposals.forms.desk.base import DeskForm, KeptForm
from proposals.forms.desk.introductions import in_a_line
from proposals.forms.fields import FREE, MUST, Line
from proposals.models import Match, MatchParty, Proposal, Resource

MOST = 50


class MatchForm(KeptForm):
    """A form of a case's match; before the first words there is none, and its state is 0."""

    def __init__(self, data=None, *, kept: Proposal, **options):
        super().__init__(data, kept=kept, auto_id=f"{self.slot}-%s", **options)

    def version_now(self) -> int:
        return self.match.version if self.match else 0

    @property
    def match(self) -> Match | None:
        return getattr(self.kept, "match", None)


class PurposeForm(MatchForm):
    """What all aim at, and the two parts there always are."""

    slot = "purpose"
    purpose = Line(MUST, "いっしょに目指すこと", 400, help_text="みなが読んで分かる1文で。")
    own_part = Line(MUST, "提案者の担うこと", 200)
    lead_part = Line(MUST, "所管課の担うこと", 200)

    def __init__(self, data=None, *, kept, **options):
        super().__init__(data, kept=kept, **options)
        parts = {party.role: party.part for party in self.match.parties.all()} if self.match else {}
        self.initial |= {"own_part": parts.get("proposer", ""), "lead_part": parts.get("lead", "")}
        self.initial["purpose"] = self.match.purpose if self.match else ""
        self.fields["lead_part"].label = f"{kept.department or '所管課'}の担うこと"


class SideForm(MatchForm):
    """A section that helps, or a partner of the town that was met."""

    slot = "side"
    who = forms.ChoiceField(
        label="だれを加えますか", error_messages={"required": "課か団体を選んでください。"}
    )
    part = Line(MUST, "担うこと", 200)

    def __init__(self, data=None, *, kept, departments, **options):
        super().__init__(data, kept=kept, **options)
        met = Resource.objects.shown().filter(introductions__proposal=kept).distinct()
        partners = [(f"r{one.pk}", in_a_line(one)) for one in met.select_related("organization")[:MOST]]
        sections = [(f"d{pk}", name) for pk, name in departments if pk != kept.department_id]
        groups = [("引き合わせた地域の団体", partners)] if partners else []
        self.fields["who"].choices = [("", "選ぶ"), *groups, ("課", sections)]

    def for_service(self) -> dict:
        given = dict(self.cleaned_data)
        what, key = given["who"][0], int(given.pop("who")[1:])
        if what == "d":
            return given | {"department": Department.objects.get(pk=key)}
        return given | {"resource": Resource.objects.get(pk=key)}


class AgreeForm(MatchForm):
    """All sides agree; a gain that is missing is told why."""

    slot = "agree"
    why_not = Line(FREE, "「良いこと」がまだの方がいるときは、そのわけ", 200)


class GainForm(DeskForm):
    """What a side without a page here says is good for itself."""

    gain = Line(MUST, "自分たちにとって良いこと", 300, help_text="その方の言葉のまま書きます。")
    heard_from = Line(MUST, "だれから聞いたか", 100, help_text="例：代表の方から、11月20日に電話で")

    def __init__(self, data=None, *, party: MatchParty, **options):
        now = {"gain": party.gain, "heard_from": party.gain_from}
        super().__init__(data, initial=now, auto_id="gain-%s", **options)


class DropSideForm(DeskForm):
    """Why a side takes no part any more."""

    reason = Line(MUST, "外すわけ", 200, help_text="記録に残ります。")
