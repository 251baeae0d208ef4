"""What the tests of the desk's own additions need besides `make`."""

from itertools import count

from django.utils import timezone

from proposals.models import Measure
from proposals.services import assessing, encounters, todos
from proposals.viewpoints import VIEWPOINTS

_keys = count(1)


def encounter(case, desk, **fields):
    """A call the desk takes down, today."""
    said = {"kind": "phone", "on": timezone.localdate(), "text": "架空の電話で話しました。", **fields}
    return encounters.note_encounter(case, by=desk, **said)


def todo(case, desk, text="架空の電話をかける", **fields):
    return todos.add(case, by=desk, text=text, **{"key": f"todo-{next(_keys)}", **fields})


def assess(case, desk, level=2, comment="架空のひとこと", numbers=None, **fields):
    """One reader's mark on some or all viewpoints."""
    numbers = numbers or [viewpoint.number for viewpoint in VIEWPOINTS]
    assessing.assess(case, by=desk, marks={n: (level, comment) for n in numbers}, **fields)


def measure(**fields):
    return Measure.objects.create(**{"kind": "stance", "name": f"架空の姿勢{next(_keys)}", **fields})
