"""What is asked about milestones, reports and files."""

from django import forms

from proposals.forms.fields import FREE, MUST, Drop, Line, Lines, Version
from proposals.forms.papers import Papers
from proposals.forms.section.fields import Day
from trips.forms.story import FEW_LINES, today

EVERY = [(1, "毎月"), (2, "2か月に1回"), (3, "3か月に1回"), (6, "半年に1回")]
TIMES = [(n, f"{n}回") for n in range(1, 13)]


class MilestoneForm(forms.Form):
    """A milestone to come."""

    title = Line(MUST, "節目", 100, counted=True, help_text="例：試行の終わりと、続け方の合意")
    on = Day(MUST, "予定の日")


class MilestoneDoneForm(forms.Form):
    """A milestone that was reached."""

    on = today("終えた日")
    words = Line(FREE, "ひとこと", 200, help_text="予定とちがったときは、わけを書き残します。")


class DropForm(forms.Form):
    """Why something planned is given up."""

    reason = Line(MUST, "取りやめる理由", 200, help_text="あとから読む人のために残します。")


class ReportsForm(forms.Form):
    """The reports to come."""

    first_on = Day(MUST, "最初の期限")
    every = Drop(MUST, "どのくらいごとに", EVERY)
    times = Drop(MUST, "何回", TIMES)

    def clean_every(self):
        return int(self.cleaned_data["every"])

    def clean_times(self):
        return int(self.cleaned_data["times"])


class OfReport(forms.Form):
    """A form that says which state of the report its page showed (D11)."""

    version = Version()

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, initial={"version": about.version, **self.first(about)}, **kwargs)
        self.about = about

    def first(self, report) -> dict:
        return {}

    def take_anew(self) -> None:
        """Somebody else was first: the next press is about the report as it is now."""
        self.about.refresh_from_db()
        self.data = self.data.copy()
        self.data["version"] = self.about.version


class HandInForm(OfReport):
    """What a section reports."""

    done = Lines(MUST, "この間にしたこと", 1000, counted=True, widget=FEW_LINES)
    trouble = Lines(FREE, "困っていること・助けがほしいこと", 1000, counted=True, widget=FEW_LINES)
    coming = Lines(FREE, "次にすること", 1000, counted=True, widget=FEW_LINES)
    files = Papers(FREE, "写真・書類")

    def first(self, report) -> dict:
        return {name: getattr(report, name) for name in ("done", "trouble", "coming")}


class ReturnForm(OfReport):
    """Why a report is to be written anew."""

    why = Lines(MUST, "書き直していただきたいこと", 300, counted=True, widget=FEW_LINES)


class AcceptForm(OfReport):
    """A report taken as it stands."""


class NothingForm(forms.Form):
    """Only a press."""


class FilesForm(forms.Form):
    """Photos and papers."""

    files = Papers(MUST, "写真・書類")
