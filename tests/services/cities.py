"""The site as it runs in the city: the one-folder way, and the scaled way of docker-compose.yml."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services import private
from tests.services.compose import Compose
from tests.services.proxy import tls_proxy

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", "tests")


def copy_to(folder):
    """The project with a var/ of its own, so that no test writes into the real one."""
    return shutil.copytree(ROOT, folder / "city", ignore=NOT_COPIED)


@pytest.fixture(scope="session")
def tree(tmp_path_factory):
    return copy_to(tmp_path_factory.mktemp("one-folder"))


@pytest.fixture(scope="session")
def machine():
    """The environment of a machine that knows nothing of us but where Python lies."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return {"PATH": path, "HOME": os.environ.get("HOME", "/")}


@pytest.fixture(scope="session")
def servers():
    """PostgreSQL and Redis of this run, as they may be killed and started again."""
    with private.postgres_server() as postgres, private.redis_server() as redis:
        yield {"postgres": postgres, "redis": redis}


@pytest.fixture(scope="session")
def private_postgres(servers):
    return servers["postgres"].url


@pytest.fixture(scope="session")
def private_redis(servers):
    return servers["redis"].url


@pytest.fixture(scope="session")
def scaled_city(tmp_path_factory, machine, servers):
    """docker-compose.yml as plain processes on a private PostgreSQL and Redis, behind a proxy with TLS."""
    tree = copy_to(tmp_path_factory.mktemp("scaled"))
    compose = Compose.read(
        ROOT / "docker-compose.yml",
        SECRET_KEY="scaled-city-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        ALLOWED_HOSTS="localhost",
        POSTGRES_PASSWORD="postgres-word",
        REDIS_PASSWORD="redis-word",
        EMAIL_URL="filemail:///" + str(tree / "var/mail"),
    )
    here = {
        "DATABASE_URL": servers["postgres"].url,
        "REDIS_URL": servers["redis"].url,
        "MEDIA_ROOT": str(tree / "var/media"),
        "PORT": str(private.free_port()),
    }
    lasting = ("web", "worker", "beat")
    with compose.city(*lasting, after="tables", cwd=tree, machine=machine, here=here) as city:
        private.wait_until(lambda: city.is_healthy("web"), 60, why="the web server did not get healthy")
        with tls_proxy(int(here["PORT"])) as base_url:
            city.base_url = base_url
            yield city


@pytest.fixture
def one_folder(tree, machine):
    """`make run` without make: gives a function that starts it, and ends what is left of it."""
    started = []

    def start(port, quiet=False, **variables):
        command = [sys.executable, "-m", "zamagate.run"]
        output = subprocess.DEVNULL if quiet else subprocess.PIPE
        streams = {"stdout": output, "stderr": subprocess.STDOUT, "text": True}
        environment = machine | {"PORT": str(port)} | variables
        started.append(subprocess.Popen(command, cwd=tree, env=environment, **streams))
        return started[-1]

    yield start
    for process in started:
        private.end(process)
