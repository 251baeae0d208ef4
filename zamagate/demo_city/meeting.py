"""The meeting of this month, fictional: its pack is handed out, two lines are minuted."""

from cityhall import calendar
from proposals.forms.desk.meetings import usual_title
from proposals.models import Meeting
from proposals.services import meetings
from zamagate.demo_city.city import City

SAID = {
    1: ("相手の急ぐ時期を、先に電話で確かめる。", "電話で急ぐ時期を聞く"),
    2: ("似た相談が前にあった。並べて見る。", ""),
}


def load(city: City) -> None:
    """Opened on the next day the city hall is open; a meeting there is already stays."""
    if Meeting.objects.exists():
        return
    held_on = calendar.next_open_day(city.today)
    meeting = meetings.open_meeting(by=city.desk, held_on=held_on, title=usual_title())
    items = {item.place: _said(item.place, city) for item in meeting.items.filter(place__in=SAID)}
    words = "出席：窓口、こども家庭課、地域福祉課、都市整備課（いずれも架空）。"
    meetings.save(meeting, by=city.desk, version=0, minutes=words, items=items)


def _said(place: int, city: City) -> dict:
    said, follow_up = SAID[place]
    due_on = calendar.add_open_days(city.today, 5) if follow_up else None
    owner = city.desk if follow_up else None
    return {"said": said, "follow_up": follow_up, "owner": owner, "due_on": due_on}
