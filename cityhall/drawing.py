"""How the controls of a form are drawn: as Django's own templates draw them, many times as fast."""

from collections.abc import Iterable
from html import escape

from django.forms import BoundField, Textarea
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString, mark_safe

WIDGETS = "django/forms/widgets/"
LINES = ("text", "email", "url", "tel", "search", "number", "date", "time", "password", "file")
LINES += ("hidden", "checkbox")
OPTIONS = ("radio_option", "checkbox_option")


class QuickRenderer(DjangoTemplates):
    """Draws the commonest controls by hand (FORM_RENDERER); all others through Django's templates.

    A page of thirty controls spent most of its time in these small templates.
    """

    def render(self, template_name: str, context: dict, request=None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def bare(field: BoundField) -> str:
    """The control alone: over-long text is told, never cut off, and nothing stands in for a label."""
    attrs = {"maxlength": False, "minlength": False, "placeholder": False}
    if isinstance(field.field.widget, Textarea):
        attrs["rows"] = max(3, min(10, (field.field.max_length or 300) // 60 + 1))
    return field.as_widget(attrs=attrs)


def attributes(given: dict) -> str:
    """The attributes of a tag: True is a name alone, False is none."""
    pairs = ((name, value) for name, value in given.items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{escaped(value)}"' for name, value in pairs)


def escaped(value) -> str:
    return value if isinstance(value, SafeString) else escape(str(value))


def _line(widget: dict) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{escaped(value)}"'
    name = escaped(widget["name"])
    return mark_safe(f'<input type="{widget["type"]}" name="{name}"{said}{attributes(widget["attrs"])}>')


def _area(widget: dict) -> str:
    head = f'<textarea name="{escaped(widget["name"])}"{attributes(widget["attrs"])}>'
    return mark_safe(f"{head}\n{escaped(widget['value'] or '')}</textarea>")


def _option(widget: dict) -> str:
    if not widget.get("wrap_label"):
        return _line(widget)
    points = f' for="{escaped(widget["attrs"]["id"])}"' if widget["attrs"].get("id") else ""
    return mark_safe(f"<label{points}>{_line(widget)}\n {escaped(widget['label'])}</label>")


def _select(widget: dict) -> str:
    head = f'<select name="{escaped(widget["name"])}"{attributes(widget["attrs"])}>'
    return mark_safe(f"{head}{''.join(map(_group, widget['optgroups']))}\n</select>")


def _group(group: tuple[str | None, Iterable[dict], int]) -> str:
    name, choices, _ = group
    inside = "".join(
        f'\n  <option value="{escaped(choice["value"])}"{attributes(choice["attrs"])}>'
        f"{escaped(choice['label'])}</option>\n"
        for choice in choices
    )
    return f'\n  <optgroup label="{escaped(name)}">{inside}\n  </optgroup>' if name else inside


DRAWN = {
    **{f"{WIDGETS}{name}.html": _line for name in LINES},
    **{f"{WIDGETS}{name}.html": _option for name in OPTIONS},
    f"{WIDGETS}textarea.html": _area,
    f"{WIDGETS}select.html": _select,
}
