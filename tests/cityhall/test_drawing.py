"""Controls drawn by hand are those Django's own templates draw, sign by sign."""

from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from cityhall.drawing import DRAWN, WIDGETS, QuickRenderer

HOSTILE = "<b title=\"'x'\">&amp;</b>\r\n＆㈱"
CHOICES = [("", "選ばない"), ("a&b", HOSTILE), ("組", [("c", "三"), (4, mark_safe("<i>四</i>"))])]
FLAT = [("a", "一"), ("b<", HOSTILE)]
CONTROLS = {
    "text": forms.TextInput(attrs={"class": "z-short", "maxlength": False, "required": True}),
    "email": forms.EmailInput(),
    "url": forms.URLInput(),
    "number": forms.NumberInput(attrs={"min": 0, "data-x": 1.5}),
    "hidden": forms.HiddenInput(),
    "date": forms.DateInput(),
    "password": forms.PasswordInput(render_value=True),
    "file": forms.FileInput(attrs={"accept": ".pdf,.docx"}),
    "checkbox": forms.CheckboxInput(),
    "textarea": forms.Textarea(attrs={"rows": 3, "title": HOSTILE}),
    "select": forms.Select(choices=CHOICES),
    "many": forms.SelectMultiple(choices=FLAT),
    "radios": forms.RadioSelect(choices=FLAT),
    "boxes": forms.CheckboxSelectMultiple(choices=FLAT, attrs={"class": HOSTILE}),
}
BOTH = (QuickRenderer, DjangoTemplates)
VALUES = [None, "", "a", HOSTILE, 0, 4, ["a", "b<"], date(2026, 7, 1), True]


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("kind", CONTROLS)
def test_a_control_is_drawn_as_django_draws_it(kind, value):
    widget, attrs = CONTROLS[kind], {"id": "id_<x>", "aria-invalid": "true"}

    ours, djangos = (
        widget.render("a<b", value, attrs, renderer=r()) for r in (QuickRenderer, DjangoTemplates)
    )

    assert ours == djangos


@pytest.mark.parametrize("kind", ["radios", "boxes"])
@pytest.mark.parametrize("wrap", [True, False])
def test_a_single_choice_is_drawn_as_django_draws_it(kind, wrap):
    widgets = [list(CONTROLS[kind].subwidgets("name", ["a"], {"id": "id_x"}))[1] for _ in BOTH]

    ours, djangos = (
        forms.boundfield.BoundWidget(CONTROLS[kind], one, renderer()).tag(wrap_label=wrap)
        for one, renderer in zip(widgets, BOTH, strict=True)
    )

    assert ours == djangos


def test_every_template_named_is_one_of_djangos():
    renderer = DjangoTemplates()

    assert all(renderer.get_template(name) for name in DRAWN)
    assert all(name.startswith(WIDGETS) for name in DRAWN)


def test_the_site_draws_this_way():
    class Form(forms.Form):
        name = forms.CharField()

    assert isinstance(Form().renderer, QuickRenderer)
