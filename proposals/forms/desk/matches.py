"""組み合わせ: the purpose, the sides with their parts, what a side says for itself, the agreement."""

from django import forms

from cityhall.models import Department
from cityhall.refusal import NotAllowed, Stale
from proposals.forms.desk.introductions import in_a_line
from proposals.forms.desk.supports import DeskForm
from proposals.forms.fields import FREE, MUST, Line, Version
from proposals.models import Match, MatchParty, Proposal, Resource

MOST = 50


class MatchForm(forms.Form):
    """A form of a case's match; it says which state of it the page showed."""

    version = Version()

    def __init__(self, data=None, *, case: Proposal, match: Match | None, initial=None, **options):
        now = {"version": match.version if match else 0, **(initial or {})}
        super().__init__(data, initial=now, auto_id=f"{self.slot}-%s", **options)
        self.case, self.is_overtaken = case, False

    def carry_out(self, deed, **more) -> bool:
        """Do what the form asks; a refusal becomes an error of the form, and what was typed stays."""
        if not self.is_valid():
            return False
        try:
            deed(self.case, **self.for_service(), **more)
        except NotAllowed as refusal:
            self.add_error(None, str(refusal))
            self.is_overtaken = isinstance(refusal, Stale)
            match = Match.objects.filter(proposal=self.case).first()
            self.data = self.data.copy()
            self.data["version"] = match.version if match else 0
        return not self.errors

    def for_service(self) -> dict:
        """What the service asks for, by its own names."""
        return self.cleaned_data


class PurposeForm(MatchForm):
    """What all aim at, and the two parts there always are."""

    slot = "purpose"
    purpose = Line(MUST, "いっしょに目指すこと", 400, help_text="みなが読んで分かる1文で。")
    own_part = Line(MUST, "提案者の担うこと", 200)
    lead_part = Line(MUST, "所管課の担うこと", 200)

    def __init__(self, data=None, *, case, match, **options):
        parts = {party.role: party.part for party in match.parties.all()} if match else {}
        now = {"own_part": parts.get("proposer", ""), "lead_part": parts.get("lead", "")}
        now["purpose"] = match.purpose if match else ""
        super().__init__(data, case=case, match=match, initial=now, **options)
        self.fields["lead_part"].label = f"{case.department or '所管課'}の担うこと"


class SideForm(MatchForm):
    """A section that helps, or a partner of the town that was met."""

    slot = "side"
    who = forms.ChoiceField(
        label="だれを加えますか", error_messages={"required": "課か団体を選んでください。"}
    )
    part = Line(MUST, "担うこと", 200)

    def __init__(self, data=None, *, case, match, departments, **options):
        super().__init__(data, case=case, match=match, **options)
        met = Resource.objects.shown().filter(introductions__proposal=case).distinct()
        partners = [(f"r{one.pk}", in_a_line(one)) for one in met.select_related("organization")[:MOST]]
        sections = [(f"d{pk}", name) for pk, name in departments if pk != case.department_id]
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
