"""A city made once for all visits, and visits that leave no trace in it."""

import pytest
from django.db import transaction
from django.test import Client

from tests.access.addresses import ADDRESSES
from tests.access.city import ACTORS, City
from tests.access.table import TABLE

NOWHERE = "R8-9999"


class Visits:
    """Visits each actor makes to an address of the city; what a visit writes is undone."""

    def __init__(self, city: City):
        self.city, self._seen = city, {}
        self.clients = {actor: self._log_in(actor) for actor in ACTORS}
        self.cookies = {actor: dict(client.cookies) for actor, client in self.clients.items()}

    def _log_in(self, actor) -> Client:
        client = Client()
        if person := self.city.people[actor]:
            client.force_login(person)
        return client

    def path(self, name: str, *, absent: bool = False) -> str:
        """The address filled in with what its row is about, or with what there is nowhere."""
        address, row = ADDRESSES[name], TABLE[name]
        known = self.city.things.get(row.about, {})
        values = dict.fromkeys(address.wanted, NOWHERE) if absent else known
        return row.path or address.path(values)

    def seen(self, actor: str, path: str):
        """What an actor is shown there; asked once."""
        if (actor, path) not in self._seen:
            self._seen[actor, path] = self.go(actor, path)
        return self._seen[actor, path]

    def go(self, actor: str, path: str, method: str = "get", form: dict | None = None, look=None):
        """One visit, whatever it writes undone; `look` sees the city before that (`then`)."""
        client = self.clients[actor]
        with transaction.atomic():
            answer = getattr(client, method)(path, form or {})
            answer.text_seen = b"".join(answer).decode(errors="replace")
            answer.then = look and look()
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.update(self.cookies[actor])
        return answer


@pytest.fixture(scope="module")
def visits(django_db_setup, django_db_blocker):
    """The same city for all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Visits(City())
        transaction.set_rollback(True)
