"""A long form drawn quickly: its layout and what stands around its controls are drawn once and remembered."""

import re
from collections.abc import Callable
from itertools import chain, zip_longest

from crispy_forms.layout import Field
from crispy_forms.utils import render_crispy_form
from django.forms import BaseForm, BoundField
from django.forms.widgets import ChoiceWidget
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from cityhall.drawing import bare

MOST = 1000  # layouts and fields remembered, of all forms together
MARK = re.compile("\0(.+?)\0")

remembered: dict[tuple, list[str]] = {}  # what somebody typed is never in it


class Place(Field):
    """Where a field stands in a layout."""

    def render(self, form, context, **kwargs):
        form.rendered_fields.update(self.fields)
        return "".join(f"\0{name}\0" for name in self.fields)


def drawn_form(form: BaseForm) -> SafeString:
    """All fields of a form in its layout of headings and Places (`helper`)."""
    layout = _recall((type(form), *form.fields), lambda: MARK.split(render_crispy_form(form)))
    fields = (drawn(form[name]) for name in layout[1::2])
    return mark_safe("".join(chain.from_iterable(zip_longest(layout[::2], fields, fillvalue=""))))


def drawn(field: BoundField) -> SafeString:
    """A field as zama/field.html draws it."""
    control = "" if field.is_hidden or _is_choice(field) else bare(field)
    state = _state(field)
    around = _around(field, control) if state is None else _recall(state, lambda: _around(field, control))
    return mark_safe(control.join(around))


def _recall(key: tuple, draw: Callable[[], list[str]]) -> list[str]:
    if (found := remembered.get(key)) is None:
        if len(remembered) >= MOST:
            remembered.clear()
        found = remembered[key] = draw()
    return found


def _around(field: BoundField, control: str) -> list[str]:
    """What stands before and after the control; of a choice, the whole."""
    follows = {"field": field, "wrapper_class": getattr(field.field, "wrapper_class", "")}
    whole = render_to_string("zama/field.html", follows)
    return whole.split(control, 1) if control else [whole]


def _state(bound: BoundField) -> tuple | None:
    """All that the picture of a field follows from but its control; None where it shows typed words."""
    field, chosen = bound.field, ()
    if bound.errors or bound.is_hidden:
        return None
    if _is_choice(bound):
        value, offered = bound.value() or "", tuple(field.choices)
        chosen = [value] if isinstance(value, str) else list(map(str, value))
        if not {*chosen, ""} <= {*(str(key) for key, _ in offered), ""}:
            return None
        chosen = (*chosen, *offered)
    asked = (field.label, field.help_text, getattr(field, "max_length", None))
    place = (type(bound.form), bound.auto_id, bound.html_name, field.required, chosen)
    return (*place, getattr(field, "wrapper_class", ""), *map(str, asked))


def _is_choice(bound: BoundField) -> bool:
    """Whether the field shows nothing but what we offer: radio buttons, boxes, a list that opens."""
    return isinstance(bound.field.widget, ChoiceWidget)
