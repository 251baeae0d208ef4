"""Repeated kills while visitors send: what was accepted is stored once, and its letter leaves once."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from http.client import HTTPException
from itertools import count
from urllib.error import HTTPError

import pytest

from tests.services import private
from tests.services.visitor import Visitor, consultation
from zamagate import probe

pytestmark = [pytest.mark.services, pytest.mark.long]

ROUNDS = 3
BETWEEN_KILLS = 6  # seconds
PATIENCE = 60
READING = 4.5  # seconds; who sends sooner is taken for a machine, held, and gets no letter yet
DOWN = 3  # seconds a service stays away
LETTERS_LIMIT = 15 * 60  # a letter whose sender was killed is taken up again after ten minutes
ASK = """
import json
from django.db.models import F
from cityhall.models import OutgoingMail
from proposals.models import Proposal
letters = OutgoingMail.objects.exclude(sent_at=F("created_at"))  # the demo's left long ago, as it tells
print(json.dumps({
    "titles": list(Proposal.objects.values_list("title", flat=True)),
    "letters": list(letters.values_list("state", flat=True)),
}))
"""


class Senders:
    """Visitors who send one 相談 after another, each until it is accepted."""

    def __init__(self, base_url, people=12):
        self.base_url, self.accepted, self.refused, self.told_to_wait = base_url, [], [], []
        self.numbers, self.over = count(1), threading.Event()
        self.threads = [threading.Thread(target=self.send_on) for _ in range(people)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def send_on(self):
        while not self.over.is_set():
            title = f"架空の相談 第{next(self.numbers)}号"
            try:
                self.send(title)
                self.accepted.append(title)
            except Exception as error:
                self.refused.append((title, error))
                self.over.set()

    def send(self, title):
        """Again and again with the same page, as long as nobody answers."""
        visitor, hidden, last = Visitor(self.base_url), None, time.monotonic() + PATIENCE
        while True:
            try:
                if hidden is None:
                    hidden = visitor.write(consultation(title))
                    time.sleep(READING)
                answer = visitor.send(consultation(title), hidden)
                assert answer.url.endswith("/sent/"), answer.read().decode()
                return
            except HTTPError as error:
                if error.code != 503:
                    raise
                self.told_to_wait.append(title)
                time.sleep(1)
            except (OSError, HTTPException):
                assert time.monotonic() < last
                time.sleep(0.2)


def ask(cwd, environment):
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", ASK]
    answer = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def letters_in(folder):
    """The Message-IDs of all letters that were written to these files."""
    text = "".join(path.read_text() for path in folder.glob("*.log"))
    return re.findall(r"^Message-ID: (.*)$", text, re.MULTILINE)


def assert_nothing_is_lost_or_double(senders, cwd, environment, kills):
    stored = Counter(ask(cwd, environment)["titles"])
    mine = {title: number for title, number in stored.items() if title.startswith("架空の相談 第")}
    assert len(senders.accepted) > kills
    assert senders.refused == []
    assert mine == dict.fromkeys(senders.accepted, 1)
    verify = [sys.executable, "manage.py", "verify_records"]
    subprocess.run(verify, cwd=cwd, env=environment, check=True)
    private.wait_until(
        lambda: set(ask(cwd, environment)["letters"]) == {"sent"}, LETTERS_LIMIT, why="letters stayed behind"
    )
    left = letters_in(cwd / "var/mail")
    assert len(set(left)) == len(ask(cwd, environment)["letters"]) >= len(senders.accepted)
    assert len(left) - len(set(left)) <= kills  # a worker killed just after sending sends the same again


def kill(city, servers, name):
    if name in servers:
        servers[name].kill()
        time.sleep(DOWN)
        servers[name].start()
        return
    os.killpg(city.processes[name].pid, signal.SIGKILL)
    city.processes[name].wait()
    city.start(name)


def test_the_scaled_city_survives_kills_of_all_it_is_made_of(scaled_city, servers):
    victims = ["web", "worker", "redis", "postgres"] * ROUNDS
    with Senders(scaled_city.base_url) as senders:
        for name in victims:
            time.sleep(BETWEEN_KILLS)
            kill(scaled_city, servers, name)
        time.sleep(BETWEEN_KILLS)

    assert_nothing_is_lost_or_double(senders, scaled_city.cwd, scaled_city.environment, len(victims))
    assert senders.told_to_wait


def is_taken(visitor, words: dict, hidden: dict) -> bool:
    """Pressed again as the page asks; the pool takes some seconds to find the database back."""
    with suppress(HTTPError):
        return visitor.send(words, hidden).url.endswith("/sent/")
    return False


@pytest.fixture
def without_postgres(servers):
    yield servers["postgres"].kill
    servers["postgres"].start()


def test_while_postgresql_is_away_the_page_says_so_and_keeps_what_was_typed(
    scaled_city, without_postgres, servers
):
    visitor, words = Visitor(scaled_city.base_url), consultation("架空の相談 夜のあいだ")
    hidden = visitor.write(words)
    typed = visitor.form("/propose/2/") | words
    without_postgres()

    with pytest.raises(HTTPError) as of_a_part:
        visitor.post("/propose/2/", **typed, go="next")
    with pytest.raises(HTTPError) as of_the_last:
        visitor.send(words, hidden)

    page = of_a_part.value.read().decode()
    assert (of_a_part.value.code, of_the_last.value.code) == (503, 503)
    assert of_the_last.value.headers["Retry-After"] == "60"
    assert "書いた文は、この画面に残っています。" in page and words["overview"] in page
    servers["postgres"].start()
    private.wait_until(lambda: is_taken(visitor, words, hidden), 30)
    stored = ask(scaled_city.cwd, scaled_city.environment)["titles"]
    assert stored.count(words["title"]) == 1


def test_the_one_folder_city_survives_kills_of_the_whole(one_folder, tree, machine):
    port = private.free_port()
    city = one_folder(port, quiet=True)
    private.wait_until(lambda: probe.answers(port), 60)
    with Senders(f"http://127.0.0.1:{port}") as senders:
        for _ in range(ROUNDS):
            time.sleep(BETWEEN_KILLS)
            city.kill()
            city.wait()
            city = start_again(one_folder, port)

    assert_nothing_is_lost_or_double(senders, tree, machine, ROUNDS)


def start_again(one_folder, port):
    """The children of a killed runner need a moment to end and to give the port and the lock back."""
    last = time.monotonic() + 60
    while time.monotonic() < last:
        city = one_folder(port, quiet=True)
        private.wait_until(lambda city=city: city.poll() is not None or probe.answers(port), 60)
        if city.poll() is None:
            return city
        time.sleep(0.5)
    raise TimeoutError("it did not start again")
