"""共創調整会議: when it is held, and what was said of each line of its agenda."""

from django import forms
from django.utils import timezone

from cityhall.calendar import wareki
from cityhall.models import User
from proposals.forms.fields import FREE, MUST, Line, Lines, Version
from proposals.forms.section.fields import Day
from proposals.models import Meeting, MeetingItem


def usual_title() -> str:
    """令和8年11月 共創調整会議."""
    return f"{wareki(timezone.localdate()).partition('月')[0]}月 共創調整会議"


class OpenForm(forms.Form):
    """A meeting: one press takes today's agenda."""

    held_on = Day(MUST, "開く日", initial=timezone.localdate)
    title = Line(MUST, "会議の名前", 100, initial=usual_title)


class HeadForm(forms.Form):
    """The minutes of the whole meeting, and which saving of it the page showed."""

    version = Version()
    minutes = Lines(FREE, "議事の記録", 10_000, help_text="会議の全体のこと。出席した人、決めたこと。")


class ItemForm(forms.Form):
    """What was said of one line of the agenda, and who does what next."""

    said = Lines(FREE, "話したこと", 1000, widget=forms.Textarea({"rows": 3}))
    follow_up = Line(FREE, "次にすること", 150)
    owner = forms.TypedChoiceField(label="だれが", required=False, coerce=int, empty_value=None)
    due_on = Day(FREE, "いつまでに")

    def __init__(self, data, *, item: MeetingItem, officers: list[tuple[int, str]]):
        said = {"said": item.said, "follow_up": item.follow_up, "owner": item.owner_id, "due_on": item.due_on}
        super().__init__(data, prefix=f"item{item.place}", initial=said)
        self.item = item
        self.fields["owner"].choices = [("", "窓口のだれか"), *officers]
        for field in self.fields.values():
            field.plain = True

    def saved_otherwise(self) -> list[dict]:
        """What is saved where something else was typed, for a page that was overtaken."""
        changed = [name for name in ("said", "follow_up") if self[name].value() != self.initial[name]]
        return [{"term": self.fields[name].label, "value": self.initial[name] or "なし"} for name in changed]


class MinutesForm:
    """The page of a meeting: its minutes and all its items, saved together."""

    def __init__(self, meeting: Meeting, *, items, officers, data=None):
        self.meeting, self.is_overtaken = meeting, False
        self.head = HeadForm(data, initial={"version": meeting.version, "minutes": meeting.minutes})
        self.items = [ItemForm(data, item=item, officers=officers) for item in items]

    def is_valid(self) -> bool:
        """Whether the minutes and every item can be read."""
        return all([form.is_valid() for form in (self.head, *self.items)])

    def for_service(self) -> dict:
        """What `meetings.save` asks for."""
        owners = User.objects.in_bulk({form.cleaned_data["owner"] for form in self.items} - {None})
        said = {
            form.item.place: form.cleaned_data | {"owner": owners.get(form.cleaned_data["owner"])}
            for form in self.items
        }
        return self.head.cleaned_data | {"items": said}

    def refuse(self, refusal, *, is_overtaken: bool) -> None:
        """Say why, keep what was typed; the next press is made on what is saved now."""
        self.is_overtaken = is_overtaken
        self.head.add_error(None, str(refusal))
        self.meeting.refresh_from_db()
        self.head.data = self.head.data.copy()
        self.head.data["version"] = self.meeting.version

    @property
    def minutes_saved_otherwise(self) -> str:
        """The minutes as they are saved, where others were typed."""
        return self.meeting.minutes if self.head["minutes"].value() != self.meeting.minutes else ""
