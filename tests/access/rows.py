"""What a row of the table says: who opens an address, who sends to it, and what they are answered."""

from dataclasses import dataclass

from tests.access.city import ACTORS

EVERYBODY = frozenset(ACTORS)
NOBODY = frozenset()
STRANGER = frozenset({"stranger"})
LOGGED_IN = EVERYBODY - STRANGER
DESK = frozenset({"desk"})
ADMIN = frozenset({"admin"})
SECTION = frozenset({"member", "head"})  # of the section in charge, or asked
ITS_HEAD = frozenset({"head"})
HEADS = frozenset({"head", "other_head"})
SECTIONS = SECTION | {"other_member", "other_head"}
MANAGER = frozenset({"manager"})


@dataclass(frozen=True)
class Row:
    """Who is shown a page, who may send to it, and what they are answered (to an empty form)."""

    opens: frozenset = NOBODY
    sends: frozenset | None = None
    about: str = ""
    shown: int = 200
    taken: int = 200
    stranger: int | str = "login"
    path: str = ""
    led_on: frozenset = NOBODY  # who is led to another page instead

    def on_get(self) -> dict:
        return self._expected(self.opens, self.shown)

    def on_post(self) -> dict:
        return self._expected(self.sends, self.taken)

    def _expected(self, who, code) -> dict:
        refused = dict.fromkeys(ACTORS, 404) | {"stranger": self.stranger}
        return refused | dict.fromkeys(self.led_on, 302) | dict.fromkeys(who, code)


def form(who, **more) -> Row:
    """A page with a form for the same people."""
    return Row(who, sends=who, **more)


def button(who, seen_by=EVERYBODY, taken=302, **more) -> Row:
    """A deed that is only ever sent; asking for its address shows nothing (405)."""
    return Row(seen_by, sends=who, shown=405, taken=taken, **more)


def page(who, **more) -> Row:
    """A page at the desk that is only read: what is sent to it is refused (405)."""
    return Row(who, sends=who, taken=405, **more)


def closed(**more) -> Row:
    return Row(sends=NOBODY, **more)


def deed(**more) -> Row:
    """A form on the case's page at the desk: its own address leads back to the page."""
    return Row(DESK, sends=DESK, shown=302, **more)


def master(model: str, *, reads=NOBODY, changes=NOBODY, adds=None) -> dict[str, Row]:
    """A model in the desk's admin; nothing is ever deleted there."""
    route = f"admin/{model.replace('_', '/', 1)}/<path:object_id>/"
    reads = reads | changes
    return {
        f"admin:{model}_changelist": Row(reads, sends=NOBODY),
        f"admin:{model}_add": form(changes if adds is None else adds),
        f"admin:{model}_change": Row(reads, sends=changes, about=model),
        f"admin:{model}_history": Row(reads, sends=NOBODY, about=model),
        f"admin:{model}_delete": closed(about=model),
        # leads to the change page, which answers for itself
        route: Row(DESK | ADMIN, sends=DESK | ADMIN, shown=302, taken=302, about=model),
    }
