"""What is measured: the floor and the gate, each on PostgreSQL and on SQLite, as they run in production."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from tests.services import private
from tests.services.cities import ROOT, copy_to
from zamagate import probe

GUNICORN = "--workers 2 --threads 4 --no-control-socket --forwarded-allow-ips * --log-level warning"
SECRETS = {"SECRET_KEY": "measured" * 8, "ALLOWED_HOSTS": "localhost"}
DATABASES = ("PostgreSQL", "SQLite")


@dataclass(frozen=True)
class Target:
    """Somebody who answers: where, and by which processes."""

    port: int
    pids: tuple[int, ...]

    def cpu(self) -> float:
        """Seconds its processes have computed so far: other work on the machine does not count."""
        children = (Path(f"/proc/{pid}/task/{pid}/children").read_text().split() for pid in self.pids)
        family = [*self.pids, *chain.from_iterable(children)]
        tasks = [task for pid in family for task in Path(f"/proc/{pid}/task").iterdir()]
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


@contextmanager
def all_running(folder: Path) -> Iterator[dict[str, Target]]:
    """All targets by name; PostgreSQL and SQLite both keep what they have committed."""
    with ExitStack() as stack:
        postgres = stack.enter_context(private.postgres(fsync="on"))
        redis = stack.enter_context(private.redis())
        targets = {}
        for kind in DATABASES:
            for name, app in (("floor", floor), ("gate", gate)):
                place = folder / f"{name}-{kind}"
                own = {"DATABASE_URL": f"sqlite:///{place}.sqlite3"}
                if kind == "PostgreSQL":
                    own = {"DATABASE_URL": postgres, "REDIS_URL": redis}
                environment = os.environ | SECRETS | own | {"ZAMAGATE_ENV": "production"}
                targets[f"{name}, {kind}"] = stack.enter_context(app(place, environment))
        yield targets


@contextmanager
def floor(place: Path, environment: dict) -> Iterator[Target]:
    environment["MEDIA_ROOT"] = str(place)
    run("-m", "tests.load.floor", cwd=ROOT, env=environment)
    with serving("tests.load.floor", cwd=ROOT, env=environment) as target:
        yield target


@contextmanager
def gate(place: Path, environment: dict) -> Iterator[Target]:
    """A copy of the project with a var/ of its own; letters wait, for no worker disturbs the figures."""
    tree = copy_to(place)
    (tree / "var").mkdir(exist_ok=True)
    environment |= {"MEDIA_ROOT": str(place / "media"), "EMAIL_URL": f"filemail:///{place / 'mail'}"}
    run("manage.py", "make_ready", cwd=tree, env=environment)
    with serving("zamagate.wsgi", cwd=tree, env=environment) as target:
        private.wait_until(lambda: probe.answers(target.port), 60, why="the gate does not answer")
        yield target


def run(*words: str, **where) -> None:
    subprocess.run([sys.executable, *words], check=True, **where)


@contextmanager
def serving(app: str, **where) -> Iterator[Target]:
    port = private.free_port()
    command = [sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", *GUNICORN.split()]
    server = private.spawn(command, **where)
    try:
        private.wait_until(lambda: listens(port), why=f"{app} does not listen")
        yield Target(port, (server.pid,))
    finally:
        private.end(server)


def listens(port: int) -> bool:
    with socket.socket() as knocking:
        return knocking.connect_ex(("127.0.0.1", port)) == 0
