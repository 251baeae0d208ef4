"""Pages ask by place; upper floors answer without being named."""

import pytest

from cityhall import panels
from cityhall.panels import Panel, panel, panels_for


@pytest.fixture(autouse=True)
def no_panels(monkeypatch):
    monkeypatch.setattr(panels, "_PANELS", panels.defaultdict(list))


def test_a_place_shows_its_panels_in_their_order():
    for order in (70, 10, 50):
        panel("case")(lambda subject, user, order=order: Panel(f"{subject} {user}", "x.html", order=order))

    shown = panels_for("case", "R8-0001", "田中")

    assert [p.order for p in shown] == [10, 50, 70]
    assert shown[0].title == "R8-0001 田中"


def test_a_panel_may_have_nothing_to_say():
    panel("case")(lambda subject, user: None)

    assert panels_for("case", None, None) == []


def test_a_place_nobody_adds_to_is_empty():
    panel("case")(lambda subject, user: Panel("", "x.html"))

    assert panels_for("home", None, None) == []


def test_registering_leaves_the_function_as_it_was():
    def say(subject, user):
        return None

    assert panel("case")(say) is say
