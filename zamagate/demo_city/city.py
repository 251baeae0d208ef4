"""What the scripts of the demo city hold in hand: today, the sections, the people."""

from dataclasses import dataclass
from datetime import date

from cityhall.models import Department, User
from zamagate.demo_city.clock import before, living_on


@dataclass(frozen=True)
class City:
    """The demo city on the day it is loaded (見本のまち)."""

    today: date
    sections: dict[str, Department]
    people: dict[str, User]

    @property
    def desk(self) -> User:
        return self.people["desk"]

    @property
    def second(self) -> User:
        """The other officer of the desk."""
        return self.people["desk-fuku"]

    def head(self, section: Department) -> User:
        return self._of("head", section)

    def member(self, section: Department) -> User:
        return self._of("member", section)

    def _of(self, role: str, section: Department) -> User:
        names = {"こども家庭課": "kodomo", "地域福祉課": "chiiki", "都市整備課": "toshi"}
        return self.people[f"{role}-{names[section.name]}"]

    def day(self, open_days_ago: int) -> date:
        return before(self.today, open_days_ago)

    def ago(self, open_days: int):
        """Live on the open day this many open days before today."""
        return living_on(self.day(open_days))
