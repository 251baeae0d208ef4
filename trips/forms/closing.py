"""What is asked before a journey ends, and when one meets again."""

from django import forms

from proposals.forms.fields import FREE, MUST, Line
from proposals.forms.section.fields import Day
from trips.forms.story import Choose, today
from trips.models import Partner


class ToldForm(forms.Form):
    """Who was told of the end."""

    partner = Choose(MUST, "どの団体に", queryset=Partner.objects.none())
    on = today("いつ知らせましたか")
    how = Line(MUST, "どのように", 100, help_text="例：訪問して、代表の方に。個人の名前は書きません。")

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = about.partners.filter(told_on__isnull=True)


class DutyForm(forms.Form):
    """What has to be gone on with after the end."""

    text = Line(MUST, "残る務め", 200, counted=True, help_text="例：保冷箱の貸出しと返却の確かめ")
    owner = Line(FREE, "担い手（団体か課）", 100, help_text="決まっていなければ、空けておけます。")


class DutyOwnerForm(forms.Form):
    """Who goes on with it."""

    owner = Line(MUST, "担い手（団体か課）", 100)

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, initial={"owner": about.owner}, **kwargs)


class OnDayForm(forms.Form):
    """On which day it was done."""

    on = today("終えた日")


class RecontactForm(forms.Form):
    """The day to meet again."""

    on = Day(MUST, "また会う日", help_text="この日に「すること」として戻ってきます。")
    who = Line(MUST, "だれから声をかけるか", 100, help_text="課か団体の名前。個人の名前は書きません。")


class MeetAgainForm(forms.Form):
    """What one heard when meeting again."""

    text = Line(MUST, "その後どうなっていたか", 300, counted=True)
    on = today("いつ会えましたか")
