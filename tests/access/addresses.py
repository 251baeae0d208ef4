"""Every address the site knows, walked out of the resolver."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Address:
    """One entry of the resolver: its name ("section:case"; its route, if it has none) and its view."""

    name: str
    route: str
    view: object

    @property
    def wanted(self) -> list[str]:
        """The names of what must be filled in."""
        return re.findall(r"<(?:\w+:)?(\w+)>", self.route)

    def path(self, values: dict) -> str:
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(values[part[1]]), self.route)


def walk(resolver=None, space: str = "", route: str = "") -> Iterator[Address]:
    """All addresses under a resolver, namespaces and includes followed."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = f"{route}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield Address(f"{space}{entry.name}" if entry.name else here, here, entry.callback)
        else:
            yield from walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space, here)


ADDRESSES = {address.name: address for address in walk()}
