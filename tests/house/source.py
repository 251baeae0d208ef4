"""The tree as the house tests read it: our files, their syntax trees, who imports whom."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = ["cityhall", "proposals", "logicmodels", "trips", "kpi", "zamagate"]
NOT_OURS = {".git", *(line.strip("/") for line in (ROOT / ".gitignore").read_text().split())}


@dataclass(frozen=True)
class File:
    """A Python file of the project: its path from the root and its text."""

    path: str
    text: str

    @property
    def app(self) -> str:
        return self.path.split("/")[0]

    @property
    def part(self) -> str:
        """The room of the app it belongs to: models, services, views …"""
        return self.path.split("/")[1].removesuffix(".py")

    @property
    def is_package(self) -> bool:
        return self.path.endswith("/__init__.py")

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def nodes(self, *kinds: type) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def said(self, node: ast.AST, what: str) -> str:
        return f"{self.path}:{node.lineno} {what}"


@cache
def ours(*suffixes: str) -> list[Path]:
    """Every file of the project whose name ends so."""
    found = (p for p in ROOT.rglob("*") if p.is_file() and not NOT_OURS & set(p.relative_to(ROOT).parts))
    return sorted(p for p in found if not suffixes or p.name.endswith(suffixes))


@cache
def python_files(*tops: str) -> list[File]:
    """The Python files of these folders (of all floors if none is named), migrations left out."""
    inside = tops or tuple(FLOORS)
    paths = ((p, p.relative_to(ROOT)) for p in ours(".py"))
    kept = ((p, r) for p, r in paths if r.parts[0] in inside and "migrations" not in r.parts)
    return [File(r.as_posix(), p.read_text()) for p, r in kept]


def imports_of(file: File) -> Iterator[tuple[ast.AST, str]]:
    """Each name a file imports, dotted and absolute: "proposals.models.Proposal"."""
    for node in file.nodes(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
            continue
        above = file.module.split(".")[: -node.level + file.is_package or None] if node.level else []
        base = ".".join([*above, *filter(None, [node.module])])
        yield from ((node, f"{base}.{alias.name}") for alias in node.names)


def docstrings(file: File) -> set[int]:
    """The ids of the string nodes that are docstrings or stand alone as notes."""
    return {id(node.value) for node in file.nodes(ast.Expr) if isinstance(node.value, ast.Constant)}


def strings(file: File) -> Iterator[ast.Constant]:
    """Every string a file works with, docstrings left out."""
    notes = docstrings(file)
    constants = file.nodes(ast.Constant)
    return (node for node in constants if isinstance(node.value, str) and id(node) not in notes)


def called(node: ast.Call) -> str:
    """The last name of what is called: `create` of `Proposal.objects.create(…)`."""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
