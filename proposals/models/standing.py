"""Where a case stands, kept with a move so that it can be put back there."""

COLUMNS = ("step_entered_on", "holder", "holder_since_on", "due_on", "news", "next_place")


class Standing:
    """What a move changes beside the step."""

    def standing(self) -> dict:
        """The columns as a record keeps them."""
        values = {name: getattr(self, name) for name in COLUMNS}
        return {name: None if value is None else str(value) for name, value in values.items()}

    def stand_as(self, before: dict) -> None:
        """Put the columns back."""
        for name, value in before.items():
            setattr(self, name, self._meta.get_field(name).to_python(value))
