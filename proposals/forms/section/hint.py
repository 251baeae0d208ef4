"""What a company said, as a section hands it to the desk: a minute's work."""

from django.utils import timezone

from proposals.forms.fields import FREE, MUST, Drop, Line, Lines, Pick
from proposals.forms.once import Once
from proposals.forms.section.fields import Day
from proposals.models import Encounter, Hint


class HintForm(Once):
    """Who spoke, what they said, and whether the desk may call them."""

    organization_name = Line(
        MUST, "団体の名前", 100, room=300, help_text="分からないときは、名刺や話から分かる範囲で。"
    )
    text = Lines(MUST, "聞いたこと", 1000, help_text="聞いた言葉のまま、1文で構いません。")
    consent = Pick(MUST, "窓口から連絡してよいか", Hint.Consent.choices)
    person = Line(FREE, "だれから", 100, help_text="部署や名前。")
    reach = Line(
        FREE, "連絡先", 200, help_text="電話かメール。名刺があれば、あとで窓口へ渡しても構いません。"
    )
    how = Drop(MUST, "どのように", Encounter.Kind.choices, initial=Encounter.Kind.VISIT)
    heard_on = Day(MUST, "いつ", initial=timezone.localdate)

    def for_service(self) -> dict:
        """What `hints.connect` asks for."""
        return {name: value for name, value in self.cleaned_data.items() if name != "stamp"} | {
            "key": self.code
        }
