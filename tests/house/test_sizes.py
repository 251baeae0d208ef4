"""Sizes: a function fits on a screen, a file can be read at once."""

import ast

import pytest

from tests.house.source import ROOT, File, ours, python_files

FUNCTION, PYTHON, TEMPLATE = 40, 300, 150


def long_functions(file):
    """Functions of more than forty lines, decorators and docstring included."""
    functions = file.nodes(ast.FunctionDef, ast.AsyncFunctionDef)
    sizes = (
        (f, f.end_lineno - min([f.lineno, *(d.lineno for d in f.decorator_list)]) + 1) for f in functions
    )
    return [file.said(f, f"{f.name}: {size}") for f, size in sizes if size > FUNCTION]


def test_functions_have_at_most_forty_lines():
    assert [line for file in python_files() for line in long_functions(file)] == []


@pytest.mark.parametrize(("lines", "seen"), [(39, 0), (40, 1)])
def test_a_long_function_is_seen(lines, seen):
    snippet = "def f():\n" + "    x = 1\n" * lines

    assert len(long_functions(File("kpi/x.py", snippet))) == seen


def too_long(paths, limit):
    """Files of more lines than the limit."""
    sizes = {path: len(path.read_text().splitlines()) for path in paths}
    return {path.name: size for path, size in sizes.items() if size > limit}


def test_python_files_have_at_most_three_hundred_lines():
    paths = [p for p in ours(".py") if "migrations" not in p.parts]

    assert too_long(paths, PYTHON) == {}


def test_templates_have_at_most_a_hundred_and_fifty_lines():
    paths = [p for p in ours(".html", ".txt") if p.is_relative_to(ROOT / "templates")]

    assert len(paths) > 50
    assert too_long(paths, TEMPLATE) == {}


def test_a_long_file_is_seen(tmp_path):
    (tmp_path / "long.html").write_text("<p>\n" * 151)
    (tmp_path / "short.html").write_text("<p>\n" * 150)

    assert too_long(tmp_path.iterdir(), TEMPLATE) == {"long.html": 151}
