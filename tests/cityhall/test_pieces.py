from datetime import date, datetime
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django import forms
from django.template.loader import render_to_string

from cityhall.templatetags import zama

LOCALE = Path("cityhall/locale/ja/LC_MESSAGES")
DAY = date(2026, 6, 12)
LATE_EVENING_IN_UTC = datetime(2026, 6, 11, 15, 5, tzinfo=ZoneInfo("UTC"))


@pytest.mark.parametrize("value", [DAY, LATE_EVENING_IN_UTC])
def test_days_and_moments_are_written_as_days_in_japan(value):
    written = (zama.wareki(value), zama.short_date(value), zama.iso(value), zama.fiscal_year(value))

    assert written == ("令和8年6月12日（金）", "6月12日（金）", "2026-06-12", "令和8年度")


def test_no_day_is_written_as_nothing():
    assert [write(None) for write in (zama.wareki, zama.short_date, zama.clock, zama.iso)] == [""] * 4


def test_the_clock_is_that_of_japan():
    assert zama.clock(LATE_EVENING_IN_UTC) == "0:05"


def test_every_holder_has_a_shape_of_its_own():
    holders = ("desk", "section", "proposer", "decider", "hold")

    assert "".join(zama.shape(holder) for holder in holders) == "●■▲◆○"


def test_six_bars_tell_done_now_and_later():
    assert [zama.six(place).count("done") for place in (None, 1, 3, 7)] == [0, 0, 2, 6]


def test_the_strip_shows_its_task_only_when_it_has_one():
    strip = {"step": "③ 関係課への確認", "holder": "proposer", "turn": "あなた", "since": "", "until": ""}

    drawn = [
        render_to_string("parts/_status_strip.html", {"strip": strip | more})
        for more in ({}, {"mine": True, "task": "お返事をお願いします。"})
    ]

    assert ["z-strip__task" in html for html in drawn] == [False, True]
    assert ["z-strip--mine" in html for html in drawn] == [False, True]


class Sample(forms.Form):
    title = forms.CharField(label="件名", max_length=40, help_text="一目で分かる名前を")
    kind = forms.ChoiceField(label="型", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect)
    note = forms.CharField(label="覚え", required=False, max_length=300, widget=forms.Textarea)


def drawn(form):
    from crispy_forms.templatetags.crispy_forms_filters import as_crispy_errors, as_crispy_form

    return as_crispy_errors(form) + as_crispy_form(form)


def test_a_field_stands_in_the_order_label_need_hint_error_control():
    html = drawn(Sample({"title": "", "kind": "a"}))

    block = html[html.index('<label class="z-field__label" for="id_title">') :]
    places = [
        block.index(part)
        for part in ("件名", "※必須", "一目で分かる名前を", "＊ ここは空にできません", "<input")
    ]
    assert places == sorted(places)


def test_the_error_summary_links_to_each_field_and_to_the_first_of_a_group():
    html = drawn(Sample({}))

    assert "2か所、直していただきたいところがあります" in html
    assert '<a href="#id_title">' in html
    assert '<a href="#id_kind_0">' in html


def test_a_counter_stands_under_long_text_and_no_text_is_cut_off():
    html = drawn(Sample())

    assert html.count("data-count-for") == 1
    assert 'data-limit="300"' in html
    assert "maxlength" not in html


def test_the_compiled_words_are_those_of_the_catalogue():
    compiled = BytesIO()
    with (LOCALE / "django.po").open("rb") as catalogue:
        write_mo(compiled, read_po(catalogue, locale="ja"))

    with (LOCALE / "django.mo").open("rb") as kept:
        words, written = words_of(kept), words_of(BytesIO(compiled.getvalue()))

    assert words == written


def words_of(compiled):
    return {key: word for key, word in GNUTranslations(compiled)._catalog.items() if key}
