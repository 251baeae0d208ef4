"""Repeated kills while visitors send: what was accepted is stored once, and its letter leaves."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from http.client import HTTPException
from itertools import count
from urllib.error import HTTPError

import pytest

from tests.services import private
from tests.services.visitor import Visitor, consultation
from zamagate import probe

pytestmark = [pytest.mark.services, pytest.mark.long]

ROUNDS = 5
BETWEEN_KILLS = 6  # seconds
PATIENCE = 60
LETTERS_LIMIT = 15 * 60  # a letter whose sender was killed is taken up again after ten minutes
ASK = """
import json
from cityhall.models import OutgoingMail
from proposals.models import Proposal
print(json.dumps({
    "titles": list(Proposal.objects.values_list("title", flat=True)),
    "letters": list(OutgoingMail.objects.values_list("state", flat=True)),
}))
"""


class Senders:
    """Visitors who send one 相談 after another, each until it is accepted."""

    def __init__(self, base_url, people=3):
        self.base_url, self.accepted, self.refused = base_url, [], []
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
                hidden = hidden or visitor.write(consultation(title))
                answer = visitor.send(consultation(title), hidden)
                assert answer.url.endswith("/sent/"), answer.read().decode()
                return
            except HTTPError:
                raise
            except (OSError, HTTPException):
                assert time.monotonic() < last
                time.sleep(0.2)


def ask(cwd, environment):
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", ASK]
    answer = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def assert_nothing_is_lost_or_double(senders, cwd, environment):
    stored = Counter(ask(cwd, environment)["titles"])
    mine = {title: number for title, number in stored.items() if title.startswith("架空の相談 第")}
    assert len(senders.accepted) > ROUNDS
    assert senders.refused == []
    assert mine == dict.fromkeys(senders.accepted, 1)
    verify = [sys.executable, "manage.py", "verify_records"]
    subprocess.run(verify, cwd=cwd, env=environment, check=True)
    private.wait_until(
        lambda: set(ask(cwd, environment)["letters"]) == {"sent"}, LETTERS_LIMIT, why="letters stayed behind"
    )


def test_the_scaled_city_survives_kills_of_web_and_worker(scaled_city):
    with Senders(scaled_city.base_url) as senders:
        for _ in range(ROUNDS):
            for name in ("web", "worker"):
                time.sleep(BETWEEN_KILLS)
                os.killpg(scaled_city.processes[name].pid, signal.SIGKILL)
                scaled_city.processes[name].wait()
                scaled_city.start(name)
        time.sleep(BETWEEN_KILLS)

    assert_nothing_is_lost_or_double(senders, scaled_city.cwd, scaled_city.environment)


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

    assert_nothing_is_lost_or_double(senders, tree, machine)


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
