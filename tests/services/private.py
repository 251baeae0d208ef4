"""Services of our own for one test run: private folders, sockets and ports, ended with the run."""

import atexit
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ctypes.util import find_library
from functools import cache
from pathlib import Path

import pytest

PROGRAMS = {
    "postgresql": ["pg_ctl"],
    "redis": ["redis-server"],
    "chromium": ["chromium", "chromium-browser", "google-chrome"],
    "poppler": ["pdftotext"],
}


def find(name: str) -> str | None:
    """The path of a service's program; None when the machine lacks it or ZAMAGATE_HIDE names it."""
    if name in os.environ.get("ZAMAGATE_HIDE", "").split(","):
        return None
    if name == "pango":
        return find_library("pango-1.0")
    debian = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    path = os.pathsep.join([*debian, os.environ.get("PATH", "")])
    return next(filter(None, (shutil.which(program, path=path) for program in PROGRAMS[name])), None)


def need(name: str) -> str:
    """The path of a service's program; without it the test is skipped, and fails where CI=true."""
    program = find(name)
    if program is None:
        reason = f"{name} がこの機械にありません"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return program


@cache
def folder_of_this_run() -> Path:
    """A folder that is gone when this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="zamagate-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until(what: Callable[[], bool], seconds: float = 30, why: str = "") -> None:
    """Ask until it is so; refuses to wait longer than the given seconds."""
    last = time.monotonic() + seconds
    while not what():
        if time.monotonic() > last:
            raise TimeoutError(why or f"not within {seconds} s")
        time.sleep(0.1)


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL that listens on a socket in its own folder alone; gives its DATABASE_URL."""
    pg_ctl = Path(need("postgresql"))
    folder = Path(tempfile.mkdtemp(prefix="zamagate-pg-"))
    # PostgreSQL refuses to run as root
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_owner:
        shutil.chown(folder, "postgres")
    port, data = free_port(), folder / "data"
    options = f"-p {port} -k {folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
    run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    try:
        initdb = [pg_ctl.with_name("initdb"), "-D", data, "-U", "zama", "-A", "trust"]
        subprocess.run([*as_owner, *initdb, "--locale=C.UTF-8", "-E", "UTF8"], **run)
        start = [pg_ctl, "-D", data, "-w", "-l", folder / "log", "-o", options, "start"]
        subprocess.run([*as_owner, *start], **run)
        createdb = [pg_ctl.with_name("createdb"), "-h", folder, "-p", str(port), "-U", "zama", "zama"]
        subprocess.run(createdb, **run)
        yield f"postgres://zama@:{port}/{folder}/zama"
    finally:
        subprocess.run([*as_owner, pg_ctl, "-D", data, "-m", "immediate", "stop"], **(run | {"check": False}))
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis() -> Iterator[str]:
    """A Redis with a password on a port of its own; gives its REDIS_URL."""
    from redis import Redis
    from redis.exceptions import RedisError

    port, password = free_port(), secrets.token_hex(16)
    options = f"--bind 127.0.0.1 --port {port} --requirepass {password} --appendonly no --save".split()
    server = subprocess.Popen([need("redis"), *options, ""], stdout=subprocess.DEVNULL)
    url = f"redis://:{password}@127.0.0.1:{port}/0"

    def answers() -> bool:
        with suppress(RedisError):
            return Redis.from_url(url).ping()
        return False

    try:
        wait_until(answers, why="Redis did not start")
        yield url
    finally:
        end(server)


def end(process: subprocess.Popen, seconds: float = 15) -> int:
    """Ask a process to stop, then make it; gives its exit code."""
    process.terminate()
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
