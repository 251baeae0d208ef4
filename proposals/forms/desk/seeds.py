"""種の条件: when a case not taken up now shall be looked at again."""

from django import forms

from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import MUST, Line, Pick
from proposals.forms.section.fields import WHEN_CHOSEN, Day
from proposals.models import Seed

HINTS = {
    Seed.Kind.THEME: "庁内の困りごとが公開されるたびに、下のことばと見比べます。",
    Seed.Kind.BUDGET: "次の予算の話が始まる時期に、もう一度お見せします。",
    Seed.Kind.DAY: "下の「その日」に、もう一度お見せします。",
}


class SeedForm(CaseForm):
    """What the case waits for, in one of three ways."""

    slot = "seed"
    kind = Pick(MUST, "いつ、また見ますか", Seed.Kind.choices, hints=HINTS)
    text = Line(MUST, "何がそろえば", 200, help_text="お知らせの文にも入ります。例：使える畑が見つかったら")
    field = Line(
        WHEN_CHOSEN, "困りごとの分野やことば", 60, help_text="困りごとのときだけ。例：見守り、高齢者、農地"
    )
    on = Day(WHEN_CHOSEN, "その日", help_text="決めた日のときだけ。明日からの日を入れてください。")

    def clean(self):
        given = super().clean()
        lacking = {
            Seed.Kind.THEME: ("field", "どんな困りごとを待つのか、ことばを書いてください。"),
            Seed.Kind.DAY: ("on", "また見る日を入れてください。"),
        }.get(given.get("kind"))
        if lacking and not given.get(lacking[0]) and lacking[0] not in self.errors:
            self.add_error(*lacking)
        return given


class DropSeedForm(forms.Form):
    """Why nobody waits for it any more."""

    reason = Line(MUST, "やめるわけ", 200, help_text="記録に残ります。")
