"""Pieces of a long form's layout: what nobody has typed into is drawn once and remembered."""

from crispy_forms.layout import Field
from crispy_forms.utils import TEMPLATE_PACK
from django.forms import BoundField

REMEMBERED = 1000  # fields as drawn, of all forms together


class Remembered(Field):
    """A field that is drawn once for each state a process meets; what somebody typed is never remembered."""

    drawn: dict[tuple, str] = {}

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        (name,) = self.fields
        state = _state(form[name], self.wrapper_class)
        if state is None:
            return super().render(form, context, template_pack=template_pack, **kwargs)
        if state not in self.drawn:
            if len(self.drawn) >= REMEMBERED:
                self.drawn.clear()
            self.drawn[state] = super().render(form, context, template_pack=template_pack, **kwargs)
        form.rendered_fields.add(name)
        return self.drawn[state]


def _state(bound: BoundField, wrapper_class: str) -> tuple | None:
    """All that the picture of a field follows from; None where it shows somebody's own words."""
    field, value = bound.field, bound.value()
    choices = tuple(getattr(field, "choices", ()))
    if bound.errors or (value and not choices):
        return None
    asked = (field.label, field.help_text, field.required, field.disabled, tuple(field.widget.attrs.items()))
    place = (type(bound.form), bound.auto_id, bound.html_name, wrapper_class)
    return (*place, *map(str, asked), str(value), str(choices))
