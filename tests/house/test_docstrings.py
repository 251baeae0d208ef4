"""Docstrings where rules live: modules, models, services and queries say what they are; tests do by name."""

import ast
import inspect
import re

import pytest
from django.apps import apps

from tests.house.source import FLOORS, File, python_files

ROOMS_OF_RULES = {"services", "queries", "workflow", "guards", "views", "tasks", "pdf", "facts"}
JAPANESE_IN_BRACKETS = re.compile(r"（[^）]*[ぁ-んァ-ヶ一-龠][^）]*）|\([^)]*[ぁ-んァ-ヶ一-龠][^)]*\)")


def silent_modules(files):
    """Modules with something in them and no docstring, or one whose first line is no sentence."""
    return [f.path for f in files if f.tree.body and not (ast.get_docstring(f.tree) or "").split("\n")[0]]


def test_every_module_says_in_a_line_what_it_is():
    assert silent_modules(python_files()) == []


def public_functions(file):
    """The functions of a module that others may call."""
    functions = (node for node in file.tree.body if isinstance(node, ast.FunctionDef))
    return [f for f in functions if not f.name.startswith("_")]


def silent_functions(file):
    """Public functions without a docstring, in the rooms where rules live."""
    if file.part not in ROOMS_OF_RULES:
        return []
    return [file.said(f, f.name) for f in public_functions(file) if not ast.get_docstring(f)]


def test_every_service_query_guard_view_and_task_says_what_it_does():
    assert [line for file in python_files(*FLOORS[:-1]) for line in silent_functions(file)] == []


def untyped(file):
    """Services and queries whose parameters or answer have no type; who acts (`by`, `user`) needs none."""
    if file.part not in ("services", "queries"):
        return []
    found = []
    for f in public_functions(file):
        named = [a for a in (*f.args.args, *f.args.kwonlyargs) if a.arg not in ("by", "user", "actor")]
        if f.returns is None or any(a.annotation is None and not _has_default(f, a) for a in named):
            found.append(file.said(f, f.name))
    return found


def _has_default(function, argument):
    given = dict(zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True))
    late = function.args.args[len(function.args.args) - len(function.args.defaults) :]
    return argument in late or given.get(argument) is not None


def test_services_and_queries_are_typed():
    assert [line for file in python_files(*FLOORS[:-1]) for line in untyped(file)] == []


def bare_verbs(file):
    """Services that take what they work with by place: only the subject may stand before the star."""
    if file.part != "services":
        return []
    crowded = (f for f in public_functions(file) if len(f.args.args) > 3)
    return [file.said(f, f.name) for f in crowded]


def test_a_service_takes_its_subject_by_place_and_the_rest_by_name():
    assert [line for file in python_files(*FLOORS[:-1]) for line in bare_verbs(file)] == []


def test_every_model_says_its_japanese_name():
    models = [m for m in apps.get_models() if m._meta.app_label in FLOORS]
    silent = [m.__name__ for m in models if not JAPANESE_IN_BRACKETS.search(inspect.getdoc(m) or "")]

    assert len(models) > 20
    assert silent == []


@pytest.mark.parametrize(
    ("check", "snippet"),
    [
        (lambda f: silent_modules([f]), "x = 1"),
        (silent_functions, "def open_case(subject): ..."),
        (untyped, "def open_case(subject: Case):\n    '''Open.'''"),
        (untyped, "def open_case(subject) -> None:\n    '''Open.'''"),
        (bare_verbs, "def open_case(a, b, c, d): ..."),
    ],
)
def test_silence_is_heard(check, snippet):
    assert check(File("proposals/services/x.py", snippet))


def test_private_functions_and_rooms_without_rules_may_be_silent():
    assert silent_functions(File("proposals/services/x.py", "def _open(subject): ...")) == []
    assert silent_functions(File("proposals/forms.py", "def clean(subject): ...")) == []


def chatty_tests(file):
    """Tests that explain themselves in a docstring instead of by their name."""
    tests = (f for f in public_functions(file) if f.name.startswith("test_"))
    return [file.said(f, f.name) for f in tests if ast.get_docstring(f)]


def test_tests_are_sentences_without_docstrings():
    assert [line for file in python_files("tests") for line in chatty_tests(file)] == []


def test_a_chatty_test_is_seen():
    assert chatty_tests(File("tests/x.py", "def test_x():\n    '''Explains.'''"))
