import json
import os
import signal
import socket
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.services import private
from zamagate import probe

pytestmark = pytest.mark.services


def stat_of(pid):
    """State and parent of a process."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]


def children_of(pid):
    pairs = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended while we looked
            pairs[int(entry.name)] = int(stat_of(entry.name)[1])
    found = {pid}
    while more := {child for child, parent in pairs.items() if parent in found} - found:
        found |= more
    return found - {pid}


def is_running(pid):
    with suppress(OSError):
        return stat_of(pid)[0] != "Z"
    return False


@pytest.fixture
def running(one_folder):
    port = private.free_port()
    city = one_folder(port)
    lines = []
    for line in city.stdout:
        lines.append(line)
        if "admin " in line or "止めます" in line:
            break
    city.port, city.greeting = port, "".join(lines)
    city.family = children_of(city.pid)
    return city


def test_it_greets_when_the_site_answers(running):
    assert f"http://127.0.0.1:{running.port}/" in running.greeting
    assert "desk" in running.greeting
    assert probe.answers(running.port)


def test_it_binds_to_loopback_alone(running):
    sockets = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = {local for _, local, _, state, *_ in sockets if state == "0A"}

    assert {place for place in listening if place.endswith(f":{running.port:04X}")} == {
        f"0100007F:{running.port:04X}"
    }


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything(running, name):
    running.send_signal(name)

    assert running.wait(20) == 0
    assert len(running.family) >= 4
    assert not any(map(is_running, running.family))


def test_a_second_signal_does_not_leave_anything_behind(running):
    running.terminate()
    running.terminate()

    running.wait(20)
    assert not any(map(is_running, running.family))


@pytest.mark.parametrize("victim", ["gunicorn", "celery"])
def test_a_dead_child_stops_the_rest_with_a_message(running, victim):
    direct = [pid for pid in running.family if victim in Path(f"/proc/{pid}/cmdline").read_text()]
    os.kill(min(direct), signal.SIGKILL)

    assert running.wait(20) == 1
    assert "が止まったので、すべて止めます" in running.stdout.read()
    assert not any(map(is_running, running.family))


def test_killed_outright_it_takes_its_children_along(running):
    running.kill()

    private.wait_until(lambda: not any(map(is_running, running.family)), 20)


def test_without_pango_the_site_runs_and_health_says_so(one_folder):
    port = private.free_port()
    one_folder(port, ZAMAGATE_HIDE="pango")

    private.wait_until(lambda: probe.answers(port), 60)
    with urlopen(f"http://127.0.0.1:{port}/health/") as answer:
        assert json.load(answer)["pdf"] == "down"


def test_a_start_in_production_shows_no_demo_account(one_folder):
    variables = {"ZAMAGATE_ENV": "production", "SECRET_KEY": "k1" * 30, "ALLOWED_HOSTS": ".zama.example"}
    port = private.free_port()
    city = one_folder(port, **variables, DATABASE_URL="sqlite:///var/production.sqlite3")

    private.wait_until(lambda: city.poll() is not None or "指標" in city.stdout.readline(), 60)
    city.terminate()
    assert "demo" not in city.stdout.read()


def test_a_second_start_in_the_same_folder_is_refused(running, one_folder):
    second = one_folder(private.free_port())

    assert second.wait(20) == 1
    assert second.stdout.read() == "このフォルダの窓口は、もう動いています。\n"


def test_a_port_in_use_is_refused_with_a_way_out(one_folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        city = one_folder(port)

        assert city.wait(20) == 1
        assert f"PORT={port + 1} make run" in city.stdout.read()
