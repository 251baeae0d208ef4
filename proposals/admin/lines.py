"""A list whose lines carry forms of their own: each deed sent on its own, what was typed kept at its line."""

from collections.abc import Iterable

from django import forms
from django.db.models import Model


def made(form: type[forms.Form], row: Model, data=None) -> forms.Form:
    """The form of one line; its ids are apart from those of the other lines."""
    return form(data, row=row, auto_id=f"{form.__name__.lower()}-{row.pk}-%s")


def with_forms(rows: Iterable[Model], tried: forms.Form | None, **kinds: type[forms.Form]) -> list[dict]:
    """Each row with a form of each kind; `tried`, which was sent and refused, in its place."""
    return [
        {"row": row} | {name: _tried(tried, form, row) or made(form, row) for name, form in kinds.items()}
        for row in rows
    ]


def _tried(tried, form: type[forms.Form], row: Model):
    return tried if type(tried) is form and tried.row == row else None
