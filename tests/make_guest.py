"""A visitor who holds number and code of a case, and what they would send from the page to rewrite it."""

from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

from proposals.services import intake, receipts
from tests import make
from tests.make_public import CONSULTATION, PROPOSAL


def proposal(base=PROPOSAL, **fields):
    """A case as somebody sent it by the form, and its code."""
    code = receipts.new_code()
    words = {
        "title": base["title"],
        "overview": base["overview"],
        "fields": base["fields"],
        "sharing": base["sharing"],
        "publicity": base["publicity"],
    }
    if base["track"] == "proposal":
        names = ("representative", "problem", "activity", "benefit", "own_gain", "maturity", "requests")
        words |= {name: base[name] for name in (*names, "brings", "cost", "rights", "pledges")}
    contact = {name: base[name] for name in ("section", "email", "phone")}
    case = intake.submit(
        words | fields,
        organization=make.organization(),
        contact=contact | {"name": base["contact_name"], "kana": base["contact_kana"]},
        track=base["track"],
        key=receipts.new_code(),
        code=code,
    )
    return case, code


def consultation(**fields):
    return proposal(CONSULTATION, **fields)


def visitor(case, code):
    """A browser that has opened the receipt page."""
    client = Client()
    answer = client.post(reverse("public:receipt"), {"number": case.number, "code": code})
    assert answer.status_code == 302, answer.content.decode()
    return client


def opened(case_and_code):
    """The case, and a browser that has opened its receipt page."""
    case, code = case_and_code
    return case, visitor(case, code)


class Typed(HTMLParser):
    """What a browser would send from the forms of a page, by name."""

    def __init__(self, page):
        super().__init__()
        self.sent, self._area, self._select = {}, None, None
        self.feed(page.content.decode())

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        name = told.get("name")
        if tag == "input" and name and told.get("type") not in ("file", "submit"):
            if told.get("type") not in ("checkbox", "radio") or "checked" in told:
                self.sent.setdefault(name, []).append(told.get("value") or "")
        elif tag == "textarea":
            self._area = name
            self.sent[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in told:
            self.sent.setdefault(self._select, []).append(told.get("value") or "")

    def handle_data(self, data):
        if self._area:
            self.sent[self._area][0] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.sent[self._area][0] = self.sent[self._area][0].removeprefix("\n").replace("\n", "\r\n")
            self._area = None


def typed(page, **changes):
    """The page's fields as they stand, with some typed anew."""
    return Typed(page).sent | changes
