"""Where a case stands: what follows from it for the reader, and how it is put back there after a move."""

from proposals.models.kinds import Track
from proposals.workflow import OPEN, SIX_STEPS, TO_ANNOUNCE

COLUMNS = ("step_entered_on", "holder", "holder_since_on", "due_on", "news", "next_place")


class Shown:
    """What a page says of a case and its columns alone tell."""

    __slots__ = ()

    @property
    def is_proposal(self) -> bool:
        return self.track == Track.PROPOSAL

    @property
    def is_open(self) -> bool:
        return self.step in OPEN

    @property
    def is_to_announce(self) -> bool:
        """As `to_announce`: what was decided is not public yet."""
        return self.verdict in TO_ANNOUNCE and not self.announced_on

    @property
    def step_number(self) -> int | None:
        """1–6 while in one of the six steps."""
        return SIX_STEPS.index(self.step) + 1 if self.step in SIX_STEPS else None


class Standing(Shown):
    """What a move changes beside the step."""

    def standing(self) -> dict:
        """The columns as a record keeps them."""
        values = {name: getattr(self, name) for name in COLUMNS}
        return {name: None if value is None else str(value) for name, value in values.items()}

    def stand_as(self, before: dict) -> None:
        """Put the columns back."""
        for name, value in before.items():
            setattr(self, name, self._meta.get_field(name).to_python(value))
