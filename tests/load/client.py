"""A browser in small for measuring: keeps its connection and cookies, fills in forms, takes the time."""

import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from itertools import count
from urllib.parse import urlencode
from uuid import uuid4

TIMEOUT = 120
IDLE = 1  # seconds; gunicorn closes after two
EVERY = "every box"  # an answer that ticks all there are
_people = count(1)


@dataclass
class Form:
    """What a browser would send of a form, and the names of all it asks."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    boxes: dict[str, list[str]] = field(default_factory=dict)
    papers: str = ""  # the name of the field that takes files

    def with_answers(self, answers: dict) -> dict:
        """What is sent once these answers are given, as far as the form asks for them."""
        asked = {name: answer for name, answer in answers.items() if name in self.names}
        ticked = {name: self.boxes[name] for name, answer in asked.items() if answer == EVERY}
        return self.fields | asked | ticked


class Forms(HTMLParser):
    """The POST forms of a page."""

    def __init__(self, page: str):
        super().__init__()
        self.forms: list[Form] = []
        self.form = self.area = self.select = None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name = given.get("name")
        if tag == "form":
            self.form = Form()
            if given.get("method", "").lower() == "post":
                self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "option" and self.select and "selected" in given:
            self.form.fields[self.select] = [given.get("value", "")]
        elif name:
            self._take(tag, name, given)

    def _take(self, tag, name, given):
        self.form.names.add(name)
        kind = given.get("type", "text")
        if tag == "textarea":
            self.area, self.form.fields[name] = name, [""]
        elif tag == "select":
            self.select = name
        elif tag == "input" and kind in ("radio", "checkbox"):
            self.form.boxes.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                self.form.fields.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "input" and kind == "file":
            self.form.papers = name
        elif tag == "input" and kind not in ("submit", "button"):
            self.form.fields[name] = [given.get("value") or ""]

    def handle_data(self, data):
        if self.area:
            self.form.fields[self.area][0] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None


@dataclass
class Answer:
    """What came back, and after how long."""

    status: int
    seconds: float
    page: str
    location: str
    path: str


class Person:
    """One visitor with an address of their own, as the city's proxy would tell it."""

    def __init__(self, port: int):
        self.port, self.cookies, self.connection, self.asked_at = port, {}, None, 0.0
        number = next(_people)
        self.headers = {
            "Host": "localhost",
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
            "X-Forwarded-Proto": "https",
            "Accept-Encoding": "identity",
        }

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        told = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._connect()
        began = time.perf_counter()
        self.connection.request(method, path, body, told)
        response = self.connection.getresponse()
        page = response.read()
        seconds = time.perf_counter() - began
        for cookie in response.msg.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.asked_at = time.monotonic()
        location = response.headers.get("Location", "")
        return Answer(response.status, seconds, page.decode(), location, path)

    def _connect(self) -> None:
        """Keep the connection unless gunicorn may be about to close it."""
        if self.connection and time.monotonic() - self.asked_at > IDLE:
            self.connection.close()
            self.connection = None
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
            self.connection.connect()

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def press(self, at: Answer, values: dict, **how) -> Answer:
        """Fill in the form that asks most of these, and send it."""
        return self.ask("POST", at.path, **self.filled_in(at, values, **how))

    def filled_in(self, at: Answer, values: dict, go: str = "", upload: tuple | None = None) -> dict:
        """The body of that form and its headers; `go` is the button, `upload` a name and a content."""
        form = max(Forms(at.page).forms, key=lambda form: len(form.names & values.keys()))
        sent = form.with_answers(values) | ({"go": go} if go else {})
        referer = f"https://localhost{at.path}"
        if not upload:
            body = urlencode(sent, doseq=True).encode()
            return {"body": body, "Content_Type": "application/x-www-form-urlencoded", "Referer": referer}
        mark = uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{one}\r\n'.encode()
            for name, value in sent.items()
            for one in (value if isinstance(value, list) else [value])
        ]
        called, content = upload
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{form.papers}"; filename="{called}"\r\n'
        parts.append(f"{head}Content-Type: application/pdf\r\n\r\n".encode() + content)
        parts.append(f"\r\n--{mark}--\r\n".encode())
        kind = f"multipart/form-data; boundary={mark}"
        return {"body": b"".join(parts), "Content_Type": kind, "Referer": referer}
