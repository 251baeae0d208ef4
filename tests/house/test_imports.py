"""Time flows up: no floor knows those above it, and inside an app each room knows only the rooms below."""

import ast
import re

import pytest

from tests.house.source import FLOORS, File, called, imports_of, python_files, strings

BY_NAME = {"get_model", "get_app_config", "import_module", "import_string", "send_task", "signature"}
ROOMS = {
    "workflow": 1,
    "models": 2,
    "queries": 3,
    "mail": 4,
    "pdf": 4,
    "tasks": 5,  # a service may wake a task, a task calls a service
    "services": 5,
    "forms": 6,
    "views": 7,
    "admin": 7,
    "urls": 8,
}


def above(app):
    return FLOORS[FLOORS.index(app) + 1 :]


def upward(file):
    """Every way in which a file reaches for a floor above its own."""
    upper = "|".join(above(file.app))
    if not upper:
        return []
    path_up = re.compile(rf"({upper})(\.[A-Za-z_]|/[\w/]+\.(html|txt|css|js)$)")
    found = [
        file.said(node, name) for node, name in imports_of(file) if name.split(".")[0] in above(file.app)
    ]
    found += [file.said(node, node.value) for node in strings(file) if path_up.match(node.value)]
    for call in (node for node in file.nodes(ast.Call) if called(node) in BY_NAME):
        words = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        found += [file.said(call, word) for word in words if word in above(file.app)]
    return found


def test_no_floor_reaches_upward():
    assert [line for file in python_files() for line in upward(file)] == []


@pytest.mark.parametrize(
    "snippet",
    [
        "from proposals.models import Proposal",
        "import kpi",
        "import trips.services as s",
        "def f():\n    from zamagate import settings",
        'apps.get_model("proposals", "Proposal")',
        'apps.get_model("proposals.Proposal")',
        'import_string("trips.services.open_trip")',
        'app.send_task("kpi.rebuild_stays")',
        'key = models.ForeignKey("logicmodels.LogicModel", models.PROTECT)',
        'grant(Role.DESK, f"proposals.view_{name}")',
        'render(request, "trips/detail.html")',
    ],
)
def test_a_floor_that_reaches_upward_is_seen(snippet):
    assert upward(File("cityhall/x.py", snippet))


@pytest.mark.parametrize(
    "snippet",
    ['"""Counted by kpi.rebuild_stays."""', 'reverse("trips:detail")', "from cityhall.models import User"],
)
def test_speaking_of_an_upper_floor_or_linking_to_its_pages_is_no_import(snippet):
    assert upward(File("proposals/x.py", snippet)) == []


def test_the_roof_is_imported_by_nobody_and_the_figures_by_the_roof_alone():
    importers = {
        (file.app, name.split(".")[0])
        for file in python_files()
        for _, name in imports_of(file)
        if name.split(".")[0] in ("kpi", "zamagate")
    }

    assert importers <= {("kpi", "kpi"), ("zamagate", "kpi"), ("zamagate", "zamagate")}


# inside an app


def rooms_known(files):
    """For each room of an app, the rooms it imports: {"views": {"forms", "models"}}."""
    known = {}
    for file in files:
        names = (name.split(".") for _, name in imports_of(file))
        known.setdefault(file.part, set()).update(
            parts[1] for parts in names if parts[0] == file.app and len(parts) > 1
        )
    return known


def rank(room, known, ranks, on_the_way=()):
    """How high a room lies; one that is not on the list lies as high as the highest it knows."""
    fixed = ranks.get(room.split("_")[0])
    if fixed or room in on_the_way:
        return fixed or 0
    return max((rank(r, known, ranks, (*on_the_way, room)) for r in known.get(room, ())), default=0)


def upside_down(files):
    """Rooms that know a room above them."""
    known = rooms_known(files)
    # on the ground floor workflow.py is the engine that works on models, not a table below them
    ranks = ROOMS | ({"workflow": 5} if files and files[0].app == "cityhall" else {})
    return sorted(
        f"{files[0].app}: {room} knows {other}"
        for room in known
        for other in known[room]
        if ranks.get(room.split("_")[0]) and rank(other, known, ranks) > rank(room, known, ranks)
    )


@pytest.mark.parametrize("app", FLOORS)
def test_inside_an_app_no_room_knows_one_above(app):
    assert upside_down(python_files(app)) == []


def test_a_room_that_knows_one_above_is_seen_even_by_a_detour():
    straight = [File("trips/models.py", "from trips.services import open_trip")]
    detour = [
        File("trips/models.py", "from trips.helper import ask"),
        File("trips/helper.py", "from trips.views import page"),
    ]

    assert upside_down(straight) == ["trips: models knows services"]
    assert upside_down(detour) == ["trips: models knows helper"]
    assert upside_down([File("trips/services.py", "from trips.models import Trip")]) == []


def test_a_relative_import_is_read_as_an_absolute_one():
    package = File("trips/models/__init__.py", "from .trip import Trip\nfrom ..services import x")
    module = File("trips/models/trip.py", "from .story import Story\nfrom . import link")

    assert [name for _, name in imports_of(package)] == ["trips.models.trip.Trip", "trips.services.x"]
    assert [name for _, name in imports_of(module)] == ["trips.models.story.Story", "trips.models.link"]
