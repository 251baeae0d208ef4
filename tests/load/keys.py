"""`make bench-keys`: how soon a key pressed in the editor of a 200-box logic model is seen, in Chromium.

From the press (the event's own time stamp) until the frame with the letter, in the field and in the picture,
is drawn. Loopback only; a minute.
"""

import statistics

import pytest

from tests import make
from tests import make_logicmodels as lm
from tests.browser.hands import come_in

BOXES, ARROWS, PRESSES = 200, 400, 60
WATCH = """() => {
  window.seen = [];
  document.addEventListener("keydown", (event) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.seen.push(performance.now() - event.timeStamp);
    channel.port2.postMessage(0);
  }), { capture: true });
}"""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_key_press_is_seen_at_once(page, live_server, capsys):
    desk = make.desk()
    draft = lm.model(lm.random_model(BOXES, ARROWS), by=desk)
    page.set_viewport_size({"width": 1440, "height": 1000})
    come_in(page, live_server, desk, f"{draft.get_absolute_url()}nodes/n100/")
    words = page.locator("[data-part=panel] [name=text]")
    words.fill("")
    page.evaluate(WATCH)

    for place in range(PRESSES):
        words.press("abcdefghij"[place % 10])
        page.wait_for_timeout(50)

    seen = page.evaluate("window.seen")
    assert len(seen) == PRESSES
    assert "abc" in page.locator("[data-part=map] svg").text_content(), "the picture follows the field"
    middle, late = statistics.median(seen), sorted(seen)[int(0.95 * PRESSES)]
    with capsys.disabled():
        print(f"\na key among {BOXES} boxes is seen after {middle:.0f} ms (p95 {late:.0f}), 100 is aimed at")
