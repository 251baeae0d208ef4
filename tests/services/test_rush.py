"""Three hundred press the last button at the same moment: all are answered, and none is lost."""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.load.client import Person
from tests.services import private
from tests.services.visitor import consultation
from zamagate import probe

pytestmark = pytest.mark.services

PEOPLE = 300
READING = 4.5  # seconds; who sends sooner is held for the desk
MAKE_DRAFTS = """
import json, sys
from django.http import HttpResponse
from proposals import visit
from proposals.services import drafts
cookies = []
for answers in json.loads(sys.stdin.read()):
    draft, code = drafts.start("consultation")
    drafts.save(draft, answers)
    kept = visit.keep_draft(HttpResponse(), code).cookies
    cookies.append({name: cookie.value for name, cookie in kept.items()})
print(json.dumps(cookies))
"""
COUNT = """
import json
from cityhall.models import OutgoingMail
from proposals.models import Draft, Proposal
cases = Proposal.objects.filter(title__startswith="架空の混雑 ")
print(json.dumps({
    "numbers": list(cases.values_list("number", flat=True)),
    "titles": list(cases.values_list("title", flat=True)),
    "held": cases.filter(is_held=True).count(),
    "letters": OutgoingMail.objects.filter(about__in=cases.values("number")).count(),
}))
"""


def tell(script, cwd, environment, said=""):
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", script]
    how = {"cwd": cwd, "env": environment, "input": said, "capture_output": True, "text": True}
    return json.loads(subprocess.run(command, check=True, **how).stdout)


def before_the_last_button(port, cookies):
    person = Person(port)
    person.cookies |= cookies
    page = person.get("/propose/confirm/")
    assert page.status == 200
    return person, page.path, person.filled_in(page, consultation(""), go="send")


def rush(port, cwd, environment):
    """What three hundred were answered who pressed at once, and what is stored of it."""
    everybody = [consultation(f"架空の混雑 第{n}号") for n in range(PEOPLE)]
    cookies = tell(MAKE_DRAFTS, cwd, environment, json.dumps(everybody))
    with ThreadPoolExecutor(8) as clients:
        ready = list(clients.map(lambda kept: before_the_last_button(port, kept), cookies))
    time.sleep(READING)
    together = Barrier(PEOPLE, timeout=60)

    def press(one):
        person, path, sent = one
        person.connection = None
        together.wait()
        return person.ask("POST", path, **sent)

    with ThreadPoolExecutor(PEOPLE) as people:
        answers = list(people.map(press, ready))
    return answers, tell(COUNT, cwd, environment)


def assert_all_are_answered_and_none_is_lost(answers, stored):
    assert {(answer.status, answer.location) for answer in answers} == {(302, "/propose/sent/")}
    assert len(set(stored["titles"])) == len(stored["titles"]) == PEOPLE
    assert len(set(stored["numbers"])) == PEOPLE
    assert stored["letters"] == PEOPLE - stored["held"]


def test_in_the_scaled_city(scaled_city):
    port = int(scaled_city.environment["PORT"])

    answers, stored = rush(port, scaled_city.cwd, scaled_city.environment)

    assert_all_are_answered_and_none_is_lost(answers, stored)
    assert stored["held"] == 0


def test_in_one_folder_on_sqlite(one_folder, tree, machine):
    port = private.free_port()
    one_folder(port, quiet=True)
    private.wait_until(lambda: probe.answers(port), 180)

    answers, stored = rush(port, tree, machine)

    assert_all_are_answered_and_none_is_lost(answers, stored)
    assert stored["held"] > 0  # all of them from one address, and more than it may
