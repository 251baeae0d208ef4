"""Every page each actor may open, in a real browser: no barrier, nothing from outside, no sideways scroll."""

import pytest

from tests.access.addresses import ADDRESSES
from tests.access.city import City
from tests.access.table import TABLE
from tests.browser.hands import SIDEWAYS, barriers, come_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [320, 1280]
NO_PAGES = {"health", "files", "admin:jsi18n", "account_logout", "public:robots"}
FILES = {
    "admin:import_refused",
    "logicmodels:export",
    "admin:proposals_resource_export",
    "admin:proposals_proposal_job_file",
    "admin:proposals_meeting_xlsx",
}  # to save
NO_PAGES |= FILES
# who looks at a page for all who may: the first that may
LOOKERS = ["stranger", "desk", "head", "manager", "admin"]


def pages_of(actor: str) -> list[str]:
    """The pages this actor opens on behalf of all who may, each page once."""
    pages = [name for name, row in TABLE.items() if row.shown == 200 and name not in NO_PAGES]
    may = {name: [looker for looker in LOOKERS if looker in TABLE[name].opens] for name in pages}
    return [name for name in pages if may[name][:1] == [actor]]


def test_every_page_anybody_may_open_is_looked_at():
    looked_at = {name for actor in LOOKERS for name in pages_of(actor)}
    pages = {name for name, row in TABLE.items() if row.opens and row.shown == 200}

    assert pages - looked_at == NO_PAGES


@pytest.fixture
def look(page, live_server):
    """Goes to an address; gives what the browser's own policy complains of, then axe at each width."""
    console, asked = [], []
    page.on("console", lambda message: console.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: console.append(str(error)))

    def at(path: str) -> list[str]:
        console.clear()
        asked.clear()
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        answer = page.goto(f"{live_server}{path}")
        page.evaluate("window.stop()")  # a page that waits for a file would load itself anew under our eyes
        found = [] if answer.ok else [f"status {answer.status}"]
        found += console + [url for url in asked if not url.startswith((str(live_server), "data:"))]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide = ["sideways scroll"] if page.evaluate(SIDEWAYS) else []
            found += [f"{width}: {what}" for what in wide + barriers(page)]
        return found

    return at


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("actor", LOOKERS)
def test_pages_have_no_barrier_and_ask_nobody_else(page, live_server, look, actor, half):
    city = City()
    if person := city.people[actor]:
        come_in(page, live_server, person, "/")
    paths = {name: path_of(city, name) for name in pages_of(actor)[half::2]}

    found = {name: look(path) for name, path in paths.items()}

    assert {name: what for name, what in found.items() if what} == {}


def path_of(city, name):
    row = TABLE[name]
    return row.path or ADDRESSES[name].path(city.things.get(row.about, {}))


BAD = """<!doctype html><html lang="ja"><title>悪い例</title><body><main><h1>悪い例</h1>
<p style="color:red">色</p><img src="/x.png"><pre>{}</pre></main></body></html>"""


def test_a_bad_page_is_seen(page, look):
    policy = {"Content-Security-Policy": "style-src 'self'", "Content-Type": "text/html; charset=utf-8"}
    page.route("**/bad/", lambda route: route.fulfill(body=BAD.format("長" * 300), headers=policy))

    found = look("/bad/")

    assert [what for what in found if "style-src" in what]
    assert {"320: sideways scroll", "1280: sideways scroll", "320: image-alt"} <= set(found)


def test_a_request_to_another_host_is_seen(page, look):
    body = '<!doctype html><html lang="ja"><title>外</title><img alt="" src="http://outside.example/x.png">'
    page.route("**/bad/", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.route("http://outside.example/**", lambda route: route.abort())

    assert "http://outside.example/x.png" in look("/bad/")
