"""Pieces of a long form's layout: what stands around a control is drawn once and remembered."""

from crispy_forms.layout import Field
from crispy_forms.utils import TEMPLATE_PACK
from django.forms import BoundField, RadioSelect
from django.utils.safestring import mark_safe

from cityhall.templatetags.zama import bare

REMEMBERED = 1000  # fields as drawn, of all forms together
CONTROL = "\0control\0"  # stands where the control will be


class Remembered(Field):
    """A field whose surroundings are drawn once a process; what somebody typed is never remembered."""

    drawn: dict[tuple, str] = {}

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        (name,) = self.fields
        bound = form[name]
        control = "" if _is_group(bound) else bare(bound)
        state = _state(bound, self.wrapper_class)
        if state not in self.drawn:
            whole = super().render(form, context, template_pack=template_pack, **kwargs)
            if state is None or control not in whole:
                return whole
            if len(self.drawn) >= REMEMBERED:
                self.drawn.clear()
            self.drawn[state] = whole.replace(control, CONTROL, 1) if control else whole
        form.rendered_fields.add(name)
        return mark_safe(self.drawn[state].replace(CONTROL, control))


def _state(bound: BoundField, wrapper_class: str) -> tuple | None:
    """All that the picture of a field follows from but its control; None where it shows typed words."""
    field, chosen = bound.field, ""
    if bound.errors or bound.is_hidden:
        return None
    if _is_group(bound):
        value = bound.value() or ""
        chosen = [value] if isinstance(value, str) else list(map(str, value))
        if not {*chosen, ""} <= {*(str(key) for key, _ in field.choices), ""}:
            return None
        chosen = (*chosen, str(list(field.choices)))
    asked = (field.label, field.help_text, getattr(field, "max_length", None))
    place = (type(bound.form), bound.auto_id, bound.html_name, wrapper_class, field.required, chosen)
    return (*place, *map(str, asked))


def _is_group(bound: BoundField) -> bool:
    """Whether the field is a group of radio buttons or boxes, drawn one by one by the template."""
    return isinstance(bound.field.widget, RadioSelect)
