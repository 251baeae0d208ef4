"""One door: the engine changes a step, the trail makes a record, an app's services write its tables."""

import ast

import pytest
from django.apps import apps

from cityhall.models import Record
from tests.house.source import FLOORS, File, called, imports_of, python_files

STEP = "step"
MAKES = {"create", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
WRITES_WITHOUT_ARGUMENTS = {"save", "delete"}  # a file's save and a cache's delete take arguments
SIGNALS = ("django.dispatch", "django.db.models.signals", "celery.signals", "django.core.signals")
# the engine moves a step; what was before this system is put where the old papers say it stands
MOVERS = ("cityhall/workflow.py", "proposals/services/ledger", "trips/services/history")


def records():
    return {m.__name__ for m in apps.get_models() if issubclass(m, Record)}


def subjects():
    """What has a trail, and so a step that moves."""
    trails = (m for m in apps.get_models() if issubclass(m, Record))
    return {trail._meta.get_field("subject").related_model.__name__ for trail in trails}


def base_name(node):
    """`Proposal` of `Proposal.objects.filter(…).create`."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return getattr(node, "id", "")


def chain(node):
    """The names between the first and the last: ["records"] of `case.records.create`."""
    names = set()
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return names


# the step


def step_changes(file):
    """Every place that sets a step: by assignment, setattr, keyword or column name."""
    targets = [t for n in file.nodes(ast.Assign) for t in n.targets]
    targets += [n.target for n in file.nodes(ast.AugAssign, ast.AnnAssign)]
    flat = [e for t in targets for e in (t.elts if isinstance(t, ast.Tuple) else [t])]
    found = [file.said(t, "= step") for t in flat if isinstance(t, ast.Attribute) and t.attr == STEP]
    for call in file.nodes(ast.Call):
        name, base = called(call), base_name(call.func)
        on_rows = name in MAKES | {"update"} and (base in subjects() or not base[:1].isupper())
        makes = name in subjects() or on_rows
        given = {k.arg for k in call.keywords} if makes else set()
        given |= {
            k.value
            for d in call.keywords
            if makes and isinstance(d.value, ast.Dict)
            for k in d.value.keys
            if k
        }
        columns = [e for a in [*call.args, *(k.value for k in call.keywords)] for e in getattr(a, "elts", [])]
        words = [n for n in [*call.args, *columns] if isinstance(n, ast.Constant) and n.value == STEP]
        if STEP in given or (name in {"setattr", "bulk_update", "save"} and words):
            found.append(file.said(call, f"{name}(step)"))
    return found


def test_only_the_engine_and_the_old_papers_set_a_step():
    elsewhere = [file for file in python_files() if not file.path.startswith(MOVERS)]

    assert [line for file in elsewhere for line in step_changes(file)] == []


def test_the_engine_is_seen_setting_it():
    (engine,) = [file for file in python_files("cityhall") if file.path == MOVERS[0]]

    assert step_changes(engine)


@pytest.mark.parametrize(
    "snippet",
    [
        "case.step = Step.ADOPTED",
        "case.step, case.holder = a, b",
        "case.step: str = 'adopted'",
        "Proposal.objects.filter(pk=1).update(step='adopted')",
        "cases.update(step='adopted')",
        "Proposal(step='adopted', title='x').save()",
        "Proposal.objects.create(title='x', step='adopted')",
        "Proposal.objects.update_or_create(pk=1, defaults={'step': 'adopted'})",
        "setattr(case, 'step', 'adopted')",
        "Proposal.objects.bulk_update(cases, ['step'])",
        "case.save(update_fields=['step'])",
    ],
)
def test_a_step_set_elsewhere_is_seen(snippet):
    assert len(step_changes(File("proposals/views/x.py", snippet))) == 1


@pytest.mark.parametrize(
    "snippet", ["Proposal.objects.filter(step='x')", "row.source = case.step", "Stay(step='x')"]
)
def test_asking_for_a_step_is_no_change(snippet):
    assert step_changes(File("proposals/views/x.py", snippet)) == []


# the trail


def record_makers(file):
    """Every place that makes a record other than through `cityhall.records.append`."""
    found = []
    for call in file.nodes(ast.Call):
        makes = called(call) in records() and not isinstance(call.func, ast.Attribute)
        on_a_table = called(call) in MAKES and (
            base_name(call.func) in records() or "records" in chain(call.func)
        )
        if makes or on_a_table:
            found.append(file.said(call, f"makes a record: {called(call)}"))
    return found


def test_records_are_made_by_the_trail_alone():
    assert [line for file in python_files() for line in record_makers(file)] == []


@pytest.mark.parametrize(
    "snippet",
    [
        "ProposalRecord(kind='x').save()",
        "ProposalRecord.objects.create(kind='x')",
        "case.records.create(kind='x')",
    ],
)
def test_a_record_made_elsewhere_is_seen(snippet):
    assert record_makers(File("proposals/services/x.py", snippet))


# the tables


def may_write(file):
    """Services write; so do the ground floor's own modules, a model on itself, and the roof's commands."""
    return file.app in ("cityhall", "zamagate") or file.part in ("services", "models")


def writes(file):
    """Every call that writes to the database."""
    for call in file.nodes(ast.Call):
        name = called(call)
        if not isinstance(call.func, ast.Attribute) or base_name(call.func) == "super":
            continue
        bare = name in WRITES_WITHOUT_ARGUMENTS and not call.args
        by_columns = name == "update" and call.keywords and not call.args
        if name in MAKES or bare or by_columns:
            yield call


def writes_outside_services(file):
    return [] if may_write(file) else [file.said(call, called(call)) for call in writes(file)]


def test_tables_are_written_by_services():
    assert [line for file in python_files() for line in writes_outside_services(file)] == []


@pytest.mark.parametrize(
    "snippet",
    [
        "Proposal.objects.create(title='x')",
        "case.hearings.get_or_create(department=d)",
        "case.save()",
        "case.save(update_fields=['title'])",
        "form.save()",
        "Proposal.objects.filter(pk=1).update(title='x')",
        "case.delete()",
    ],
)
@pytest.mark.parametrize("room", ["views", "forms", "tasks", "queries", "admin", "panels"])
def test_a_write_in_another_room_is_seen(room, snippet):
    assert writes_outside_services(File(f"proposals/{room}.py", snippet))


@pytest.mark.parametrize(
    "snippet", ["cache.delete('x')", "found.update(more)", "super().save(*args, **kwargs)"]
)
def test_what_only_looks_like_a_write_is_none(snippet):
    assert writes_outside_services(File("proposals/views.py", snippet)) == []


def foreign_writes(file):
    """Writes to a table of another app, whose own services should do it."""
    home = {name.split(".")[-1]: name.split(".")[0] for _, name in imports_of(file) if ".models" in name}
    calls = (call for call in writes(file) if "objects" in chain(call.func))
    foreign = (call for call in calls if home.get(base_name(call.func), file.app) != file.app)
    return [file.said(call, f"writes {base_name(call.func)}") for call in foreign]


def test_an_app_writes_its_own_tables_alone():
    apps_alone = [file for file in python_files(*FLOORS[:-1])]

    assert [line for file in apps_alone for line in foreign_writes(file)] == []


def test_a_write_to_another_apps_table_is_seen():
    snippet = "from proposals.models import Proposal\nProposal.objects.filter(pk=1).update(title='x')"

    assert foreign_writes(File("trips/services.py", snippet))
    assert foreign_writes(File("proposals/services/x.py", snippet)) == []


# nothing happens behind one's back


def hidden_ways(file):
    """Signals and generic keys: what happens without being called."""
    imported = [(node, name) for node, name in imports_of(file)]
    found = [
        file.said(node, name) for node, name in imported if name.startswith(SIGNALS) or ".signals" in name
    ]
    return found + [file.said(node, name) for node, name in imported if "GenericForeignKey" in name]


def test_there_are_no_signals_and_no_generic_keys():
    assert [line for file in python_files() for line in hidden_ways(file)] == []


@pytest.mark.parametrize(
    "snippet",
    [
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
        "from allauth.account.signals import user_logged_in",
        "from django.contrib.contenttypes.fields import GenericForeignKey",
    ],
)
def test_a_hidden_way_is_seen(snippet):
    assert hidden_ways(File("proposals/x.py", snippet))
