"""A long form is drawn once for each of its states; nobody's own words are remembered."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from cityhall import layout
from cityhall.layout import Place, drawn_form


class Form(forms.Form):
    name = forms.CharField(label="名まえ", required=False)
    way = forms.ChoiceField(label="方法", choices=[("a", "電話"), ("b", "手紙")], required=False)

    def __init__(self, *args, label="名まえ", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = label

    @property
    def helper(self):
        made = FormHelper()
        made.form_tag = made.form_show_errors = False
        made.layout = Layout(Place("name"), Place("way"))
        return made


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr("cityhall.layout.remembered", {})


def drawn(*args, **kwargs):
    return drawn_form(Form(*args, **kwargs))


def test_an_empty_form_drawn_again_is_the_same_and_drawn_once():
    first, again = drawn(), drawn()

    assert first == again
    assert len(layout.remembered) == 3


@pytest.mark.parametrize("value", ["", "架空 花子", "<b>&", "\0name\0", "架空 花子" * 50])
@pytest.mark.parametrize("way", ["", "a", "c<"])
@pytest.mark.parametrize("is_bound", [True, False])
def test_a_remembered_field_looks_as_if_drawn_anew(value, way, is_bound):
    given = {"name": value, "way": way}
    how = {"data": given} if is_bound else {"initial": given}
    drawn()

    remembered = drawn(**how)

    layout.remembered.clear()
    assert remembered == drawn(**how)


def test_words_typed_where_one_chooses_are_remembered_nowhere():
    drawn(initial={"way": "架空の方法"})

    assert "架空" not in str(layout.remembered)


def test_what_somebody_typed_is_shown_to_them_and_remembered_nowhere():
    page = drawn({"name": "架空 花子", "way": "a"})

    assert 'value="架空 花子"' in page
    assert "架空" not in str(layout.remembered)
    assert "架空" not in drawn()


def test_another_choice_another_label_and_an_error_are_drawn_anew():
    pages = [
        drawn(),
        drawn(initial={"way": "a"}),
        drawn(initial={"way": "b"}),
        drawn(label="団体名"),
        drawn({"way": "c"}),
    ]

    assert len(set(pages)) == 5
    assert "z-field__error" in pages[-1] and "z-field__error" not in drawn()


def test_not_more_than_so_many_are_remembered(monkeypatch):
    monkeypatch.setattr("cityhall.layout.MOST", 5)

    for number in range(20):
        drawn(label=f"名まえ{number}")

    assert len(layout.remembered) <= 5
