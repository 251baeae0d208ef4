"""Templates: no logic to get lost in, nothing inline, nothing from outside, nothing left lying about."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.template import engines
from django.urls import URLPattern, get_resolver

from tests.house.source import FLOORS, ROOT, ours, python_files, strings

TEMPLATES = ROOT / "templates"
NESTED_IFS = 3
INLINE = {
    "a style in the tag": re.compile(r"<[^>]*\sstyle\s*=", re.S),
    "a style in the page": re.compile(r"<style\b"),
    "a script in the page": re.compile(r"<script(?![^>]*\ssrc=)", re.S),
    "a handler in the tag": re.compile(r"<[^>]*\son[a-z]+\s*=", re.S),
    "a script as address": re.compile(r"javascript:", re.I),
    "words that vanish": re.compile(r"\splaceholder\s*="),
    "something from outside": re.compile(
        r"(?:<(?:link|script|img|iframe|form|use|source|video|audio|object|embed)\b[^>]*"
        r"(?:src|href|action|data)\s*=\s*[\"'](?:https?:)?//)|@import|url\(\s*[\"']?(?:https?:)?//",
        re.S,
    ),
    "a filter that trusts": re.compile(r"\|\s*safe\b|\{%\s*autoescape off"),
}
TRUSTED = {"zama/_hint.html"}  # help texts are ours, and the password's is a list
NAMED_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html"}


def templates() -> list[Path]:
    return [p for p in ours(".html", ".txt") if p.is_relative_to(TEMPLATES)]


def name_of(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


# what must not stand in one


def forbidden(text: str) -> list[str]:
    text = re.sub(r"(?s)\{#.*?#\}", "", text)
    return [what for what, pattern in INLINE.items() if pattern.search(text)]


def test_nothing_is_inline_from_outside_or_trusted():
    pages = [p for p in templates() if p.suffix == ".html" and name_of(p) not in TRUSTED]
    wrong = {name_of(path): forbidden(path.read_text()) for path in pages}

    assert {name: what for name, what in wrong.items() if what} == {}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<p class="x" style="color:red">', "a style in the tag"),
        ("<style>p {}</style>", "a style in the page"),
        ("<script>go()</script>", "a script in the page"),
        ('<button type="button" onclick="go()">', "a handler in the tag"),
        ('<a href="javascript:go()">', "a script as address"),
        ('<input name="q" placeholder="検索">', "words that vanish"),
        ('<link rel="stylesheet" href="https://example.com/x.css">', "something from outside"),
        ('<img alt="" src="//example.com/x.png">', "something from outside"),
        ("{{ text|safe }}", "a filter that trusts"),
    ],
)
def test_what_must_not_stand_in_a_template_is_seen(text, what):
    assert forbidden(text) == [what]


def test_an_ordinary_page_passes():
    page = """<script src="{% static 'js/a.js' %}" defer></script><a href="https://www.example.com/">外</a>"""

    assert forbidden(page) == []


# logic


def depth_of_ifs(text: str) -> int:
    """How deep questions are asked inside questions."""
    deepest = depth = 0
    for tag in re.findall(r"\{%-?\s*(if|endif)\b", text):
        depth += 1 if tag == "if" else -1
        deepest = max(deepest, depth)
    return deepest


def test_questions_are_not_nested_deeper_than_three():
    deep = {name_of(p): depth_of_ifs(p.read_text()) for p in templates()}

    assert {name: depth for name, depth in deep.items() if depth > NESTED_IFS} == {}


def test_deep_questions_are_seen():
    assert (
        depth_of_ifs("{% if a %}{% if b %}{% if c %}{% if d %}x{% endif %}{% endif %}{% endif %}{% endif %}")
        == 4
    )


# where they lie and who uses them


def test_a_template_lies_at_most_two_folders_deep():
    deep = [
        name for name in map(name_of, templates()) if name.count("/") > 2 and not name.startswith("admin/")
    ]

    assert deep == []


def test_every_folder_is_an_app_or_shared():
    shared = {"parts", "admin", "account", "zama"}
    tops = {name.split("/")[0] for name in map(name_of, templates()) if "/" in name}

    assert tops - shared <= set(FLOORS[:-1])


def reaches_up(name: str, text: str) -> list[str]:
    """Templates of an upper floor that a lower floor's template draws in."""
    floor = name.split("/")[0]
    if floor not in FLOORS:
        return []
    drawn = re.findall(r"\{%\s*(?:include|extends)\s+[\"']([^\"']+)", text)
    return [other for other in drawn if other.split("/")[0] in FLOORS[FLOORS.index(floor) + 1 :]]


def test_no_template_draws_in_one_of_an_upper_floor():
    wrong = {name_of(p): reaches_up(name_of(p), p.read_text()) for p in templates()}

    assert {name: others for name, others in wrong.items() if others} == {}


def test_a_template_that_draws_in_an_upper_one_is_seen():
    assert reaches_up("proposals/case.html", "{% include 'trips/_card.html' %}") == ["trips/_card.html"]
    assert reaches_up("trips/detail.html", "{% include 'proposals/_card.html' %}") == []


def overridden() -> set[str]:
    """Names under which Django and its friends look for a template we may replace."""
    folders = [Path(folder) for folder in engines["django"].template_dirs]
    packaged = [folder for folder in folders if folder != TEMPLATES]
    return {p.relative_to(folder).as_posix() for folder in packaged for p in folder.rglob("*.*")}


def named() -> str:
    """All text in which a template may be named: code of ours, and the other templates."""
    code = [node.value for file in python_files() for node in strings(file)]
    return "\n".join([*code, *(p.read_text() for p in templates())])


@cache
def words_of(app: str) -> set[str]:
    """Whole words in an app's code, for rooms that draw `f"trips/{page}.html"`."""
    return {node.value for file in python_files(app) for node in strings(file)}


def is_used(name: str, text: str) -> bool:
    """Whether somebody names a template, or Django or the form pack looks for it by its name."""
    page = Path(name)
    by_folder = rf"zama/.*|admin/\w+(/\w+)?/(change_form|change_list)\.html|{'|'.join(NAMED_BY_DJANGO)}"
    by_word = page.parts[0] in FLOORS and page.stem in words_of(page.parts[0])
    return name in text or by_word or bool(re.fullmatch(by_folder, name))


def test_every_template_is_used():
    text, known = named(), overridden()

    assert [n for n in map(name_of, templates()) if n not in known and not is_used(n, text)] == []


def test_a_template_left_lying_about_is_seen():
    text = 'render(request, "trips/new.html")'

    assert [is_used(f"trips/{page}.html", text) for page in ("new", "_old_and_forgotten")] == [True, False]


# they work


@pytest.mark.parametrize("name", [name_of(p) for p in templates()])
def test_a_template_can_be_read(name):
    assert engines["django"].get_template(name)


def address_names(resolver, space="") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"
        else:
            yield from address_names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)


def linked(text: str) -> set[str]:
    return set(re.findall(r"\{%\s*url\s+[\"']([^\"']+)[\"']", text))


def test_every_link_leads_to_an_address_of_ours():
    known = set(address_names(get_resolver()))
    dead = {name_of(p): linked(p.read_text()) - known for p in templates()}

    assert {name: links for name, links in dead.items() if links} == {}


def test_a_link_is_read_out_of_a_template():
    assert linked("{% url 'section:case' case.number %} {% url \"home\" %}") == {"section:case", "home"}
