"""Japanese words: whatever a person reads is Japanese, and the same word for the same thing."""

import ast
import re
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.db.models import CheckConstraint

from cityhall.workflow import Workflow
from tests.house.source import FLOORS, ROOT, File, called, ours, python_files, strings

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
LATIN = re.compile(r"[A-Za-z][A-Za-z]+")
KNOWN = """NPO SDGs TRIP Trust Relation Innovation Partnership ZAMA Living Gate KPI JIS AA axe pango
PDF CSV XLSX ZIP MB UTF Shift SVG URL SHA https example com jp
Enter Alt Del Ctrl Esc"""
KNOWN_LATIN = set(KNOWN.split())
# a word in katakana where a Japanese one lives (language.md)
RATHER = {"ステータス": "段階", "タスク": "すること", "ダッシュボード": "指標のまど", "フェーズ": "段階"}
WORDS_OF_A_FIELD = {
    "verbose_name",
    "verbose_name_plural",
    "violation_error_message",
    "label",
    "help_text",
    "empty_label",
    "description",
}


def foreign(words):
    """What is no Japanese in some words: all of it, or the Latin words nobody agreed on."""
    words = str(words)
    latin = LATIN.findall(words)
    unknown = [word for word in latin if word not in KNOWN_LATIN]
    return unknown or ([] if JAPANESE.search(words) or latin else [words])


@pytest.mark.parametrize("words", ["status", "採用 (go)", "Title", "", "—"])
def test_foreign_words_are_seen(words):
    assert foreign(words)


@pytest.mark.parametrize("words", ["件名", "NPO法人", "SDGs", "共創プロジェクト（TRIP）", "②TRIP 1"])
def test_japanese_words_pass(words):
    assert foreign(words) == []


# models


def words_of(model):
    """Every word a model shows: its names, its fields, their choices, what its checks say."""
    meta = model._meta
    yield from ((meta.label, word) for word in (meta.verbose_name, meta.verbose_name_plural))
    fields = [f for f in meta.local_fields if not f.primary_key and not f.auto_created]
    yield from ((f"{meta.label}.{f.name}", f.verbose_name) for f in fields)
    choices = ((f, label) for f in fields for value, label in (f.choices or []) if value)
    yield from ((f"{meta.label}.{f.name} choice", label) for f, label in choices)
    checks = (c for c in meta.constraints if isinstance(c, CheckConstraint))
    yield from ((c.name, c.violation_error_message) for c in checks)


def our_models():
    return [m for m in apps.get_models() if m._meta.app_label in FLOORS]


def test_models_fields_choices_and_checks_speak_japanese():
    wrong = {where: str(word) for model in our_models() for where, word in words_of(model) if foreign(word)}

    assert wrong == {}


def test_an_app_has_a_japanese_name():
    assert [app for app in FLOORS[:-1] if foreign(apps.get_app_config(app).verbose_name)] == []


# the tables of moves


def tables():
    """Every workflow an app brings."""
    modules = [import_module(f.module) for f in python_files() if f.path.endswith("/workflow.py")]
    return {id(v): v for m in modules for v in vars(m).values() if isinstance(v, Workflow)}.values()


def test_every_button_of_every_workflow_speaks_japanese():
    rows = [row for table in tables() for row in table]

    assert len(rows) > 40
    assert [(row.name, row.label) for row in rows if foreign(row.label)] == []


# forms


def everything_under(kind):
    for child in kind.__subclasses__():
        yield child
        yield from everything_under(child)


def our_forms():
    for file in python_files(*FLOORS[:-1]):
        if file.part in ("forms", "filters", "admin", "views"):
            import_module(file.module)
    found = everything_under(forms.BaseForm)
    return {form for form in found if form.__module__.split(".")[0] in FLOORS}


def test_every_field_of_every_form_has_a_japanese_label():
    fields = {
        f"{form.__name__}.{name}": field
        for form in our_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if not isinstance(field.widget, forms.HiddenInput)
    }
    unlabelled = {name for name, field in fields.items() if field.label is None or foreign(field.label)}

    assert len(fields) > 10
    assert {name for name in unlabelled if fields[name].label != ""} == set()


# what the code says


def foreign_words_in_code(file):
    """Names of fields, and sentences of a refusal, that are not Japanese."""
    found = []
    for call in file.nodes(ast.Call):
        given = [(k.arg, k.value) for k in call.keywords if k.arg in WORDS_OF_A_FIELD]
        if called(call) in ("NotAllowed", "Stale", "ValidationError"):
            given += [("message", arg) for arg in call.args[:1]]
        for name, node in given:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
                found += [file.said(node, f"{name}: {word}") for word in foreign(node.value)]
            elif isinstance(node, ast.JoinedStr):
                text = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
                found += [file.said(node, f"{name}: {text}")] if not JAPANESE.search(text) else []
    return found


def test_refusals_and_labels_in_the_code_are_japanese():
    assert [line for file in python_files() for line in foreign_words_in_code(file)] == []


@pytest.mark.parametrize(
    "snippet",
    [
        'raise NotAllowed("not allowed")',
        'raise NotAllowed(f"{case} is closed")',
        'forms.CharField(label="Title")',
        '@admin.display(description="status")\ndef step(self): ...',
    ],
)
def test_a_foreign_sentence_in_the_code_is_seen(snippet):
    assert foreign_words_in_code(File("proposals/x.py", snippet))


# what the templates say


def shown(text):
    """The words of a template a person reads or hears: what lies between the tags, and named attributes."""
    text = re.sub(r"(?s)\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", " ", text)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", text)
    text = re.sub(r"</?b>", "", text)
    spoken = re.findall(r'(?:aria-label|alt|title|label)="([^"]*)"', text)
    return " ".join([re.sub(r"(?s)<[^>]*>", " ", text), *spoken])


def foreign_words_shown(text):
    words = LATIN.findall(re.sub(r"&[a-z]+;", " ", shown(text)))
    return [word for word in words if word not in KNOWN_LATIN]


def test_templates_show_no_foreign_words():
    pages = [p for p in ours(".html", ".txt") if p.is_relative_to(ROOT / "templates")]
    wrong = {p.relative_to(ROOT).as_posix(): foreign_words_shown(p.read_text()) for p in pages}

    assert {path: words for path, words in wrong.items() if words} == {}


@pytest.mark.parametrize(
    "text", ["<p>Submit</p>", '<img alt="logo">', "{% if x %}Yes{% endif %}", '<nav aria-label="Main">']
)
def test_a_foreign_word_on_a_page_is_seen(text):
    assert foreign_words_shown(text)


def test_tags_and_names_are_no_words_on_a_page():
    assert (
        foreign_words_shown('{% url "section:home" %}<a class="link" href="/x">{{ case.title }}　件名</a>')
        == []
    )


def test_no_katakana_where_a_japanese_word_lives():
    said = [(f.path, node.value) for f in python_files() for node in strings(f)]
    said += [(str(p), p.read_text()) for p in ours(".html", ".txt", ".js") if "templates" in str(p)]

    assert [(where, word) for where, text in said for word in RATHER if word in text] == []
