"""The tree as a whole: README and code agree, nothing of one machine in it, no migration forgotten."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from tests.house.source import ROOT, ours

NO_TEXT = {".png", ".jpg", ".ico", ".pdf", ".woff2", ".xlsx", ".ttf", ".gz", ".br", ".sqlite3"}
OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:root|home/\w+|work|Users/\w+|mnt)/")
A_HOST = re.compile(r"https?[:]//|index[-]url|find[-]links|trusted[-]host")
BUILT_FROM = ("requirements.lock", "requirements-dev.lock", "pyproject.toml", "Makefile", "Dockerfile")
BUILT_FROM += ("docker-compose.yml", "bin/", ".ci/")


def text_files():
    return [p for p in ours() if p.suffix not in NO_TEXT]


def found(pattern, text):
    return [match.group() for match in pattern.finditer(text)]


# README


def table_in(text):
    """The rows of the table of moves in a Markdown text, header and all."""
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("| 動作 |"):
            return [line, *_while_a_table(lines)]
    return []


def _while_a_table(lines):
    for line in lines:
        if not line.startswith("|"):
            return
        yield line


def test_the_table_in_the_readme_is_the_table_in_the_code():
    printed = StringIO()

    call_command("print_workflow", stdout=printed)

    assert table_in((ROOT / "README.md").read_text()) == printed.getvalue().splitlines()


def test_a_table_is_read_out_of_a_text():
    text = "# 題\n\n| 動作 | から |\n|---|---|\n| go | ⑥ |\n\n| ほか |\n"

    assert table_in(text) == ["| 動作 | から |", "|---|---|", "| go | ⑥ |"]
    assert table_in("# 題だけ") == []


# nothing of one machine


def test_no_file_names_a_place_on_somebodys_machine():
    wrong = {
        p.relative_to(ROOT).as_posix(): found(OF_A_MACHINE, p.read_text(errors="replace"))
        for p in text_files()
    }

    assert {path: places for path, places in wrong.items() if places} == {}


@pytest.mark.parametrize("place", ["root/.venv", "home/tanaka/zama", "work/main", "Users/tanaka/zama"])
def test_a_place_on_a_machine_is_seen(place):
    assert found(OF_A_MACHINE, f'path = "/{place}"')


@pytest.mark.parametrize("address", ["/section/mnt/", "example.com/mnt/", "static/root/x"])
def test_an_address_is_no_place_on_a_machine(address):
    assert found(OF_A_MACHINE, address) == []


def test_what_the_site_is_built_from_names_no_host():
    paths = [p for p in text_files() if p.relative_to(ROOT).as_posix().startswith(BUILT_FROM)]
    wrong = {p.name: found(A_HOST, p.read_text()) for p in paths}

    assert len(paths) > 6
    assert {name: hosts for name, hosts in wrong.items() if hosts} == {}


@pytest.mark.parametrize("line", ["--index-" + "url x", "django @ https" + "://files.example.com/d.whl"])
def test_a_host_is_seen(line):
    assert found(A_HOST, line)


# migrations


@pytest.mark.django_db
def test_no_migration_is_forgotten():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())
