"""What a move of the table asks for."""

from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import FREE, MUST, Line, Lines, Pick
from proposals.forms.section.fields import WHEN_CHOSEN, Day
from proposals.schemes import BY_KEY, SCHEMES, Scheme


def _hint(scheme: Scheme) -> str:
    return f"{scheme.fits}。{scheme.binds}"


class MoveForm(CaseForm):
    """A move without anything to write."""


class ReasonForm(MoveForm):
    """A move that needs its reason."""

    note = Lines(MUST, "理由", 400, help_text="記録に残ります。あとから読む人に分かるように書いてください。")


class LeaveForm(ReasonForm):
    """A move out of the desk that names the next place: a scheme of the router, or free words."""

    scheme = Pick(
        FREE,
        "合う制度",
        [(scheme.key, scheme.name) for scheme in SCHEMES],
        hints={scheme.key: _hint(scheme) for scheme in SCHEMES},
    )
    next_place = Line(
        WHEN_CHOSEN,
        "次の窓口",
        100,
        help_text="提案者に伝わる名前です。空のままなら、選んだ制度の名前と課が入ります。",
    )
    told_who = Line(
        FREE,
        "先方で話した人",
        100,
        help_text="次の窓口の課と名前。まだなら、あとから案件のページで書けます。",
    )
    told_on = Day(FREE, "話した日")
    field_order = ["scheme", "next_place", "note", "told_who", "told_on"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["next_place"].needed = False  # the scheme may name it
        self.fields["next_place"].plain = True

    def clean(self):
        given = super().clean()
        scheme = BY_KEY.get(given.get("scheme"))
        if not given.get("next_place") and "next_place" not in self.errors:
            if scheme is None or not scheme.office:
                self.add_error("next_place", "お書きください。")
            else:
                given["next_place"] = scheme.place
        if bool(given.get("told_who")) != bool(given.get("told_on")) and "told_on" not in self.errors:
            self.add_error(
                "told_on" if given.get("told_who") else "told_who", "人と日を、両方書いてください。"
            )
        return given


MOVE_FORMS = {"out_of_scope": LeaveForm, "hand_on": LeaveForm}


def move_form(row) -> type[MoveForm]:
    """The form a move of the table asks for."""
    return MOVE_FORMS.get(row.name) or (ReasonForm if row.needs_note else MoveForm)
