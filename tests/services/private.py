"""Services of our own for one test run: private folders, sockets and ports, ended with the run."""

import atexit
import ctypes
import os
import secrets
import shutil
import signal
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

AT_ONCE = signal.SIGQUIT  # PostgreSQL ends without tidying: nobody will read these rows again
PROGRAMS = {
    "postgresql": ["pg_ctl"],
    "redis": ["redis-server"],
    "chromium": ["chromium", "chromium-browser", "google-chrome"],
    "poppler": ["pdftotext"],
    "clamav": ["clamd"],
}


def find(name: str) -> str | None:
    """The path of a service's program; None when the machine lacks it or ZAMAGATE_HIDE names it."""
    if name in os.environ.get("ZAMAGATE_HIDE", "").split(","):
        return None
    if name == "pango":
        return find_library("pango-1.0")
    debian = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    path = os.pathsep.join([*debian, os.environ.get("PATH", ""), "/usr/sbin"])
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


def spawn(command: list, last_word: int = signal.SIGTERM, **options) -> subprocess.Popen:
    """A process that gets this signal should the test run be killed."""

    def follow_parent():
        ctypes.CDLL(None).prctl(1, last_word)

    return subprocess.Popen(list(map(str, command)), preexec_fn=follow_parent, **options)


class Server:
    """A service of ours, which may be killed and started again with the rows it had."""

    def __init__(self, url: str, command: list, is_up: Callable[[], bool], last_word: int, **options):
        self.url, self.command, self.is_up = url, command, is_up
        self.last_word, self.options = last_word, options
        self.start()

    def start(self) -> None:
        """Start it, again and again while what a kill left behind keeps it from starting."""
        self.process = spawn(self.command, self.last_word, **self.options)
        wait_until(self._is_up_or_tried_again, why=f"{self.command[0]} did not start")

    def _is_up_or_tried_again(self) -> bool:
        if self.process.poll() is not None:
            self.process = spawn(self.command, self.last_word, **self.options)
        return self.is_up()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        self.process.send_signal(self.last_word)
        self.process.wait()


@contextmanager
def postgres(fsync: str = "off") -> Iterator[str]:
    """A PostgreSQL that listens on a socket in its own folder alone; gives its DATABASE_URL."""
    with postgres_server(fsync) as server:
        yield server.url


@contextmanager
def postgres_server(fsync: str = "off") -> Iterator[Server]:
    programs = Path(need("postgresql")).parent
    folder = Path(tempfile.mkdtemp(prefix="zamagate-pg-"))
    port, data = free_port(), folder / "data"
    owner = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        owner |= {"user": "postgres", "group": "postgres", "extra_groups": []}
    initdb = [programs / "initdb", "-D", data, "-U", "zama", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8"]
    subprocess.run(initdb, check=True, **owner)
    options = [f"fsync={fsync}", "listen_addresses=", "max_connections=60"]
    options += [f"unix_socket_directories={folder}"]
    flags = [word for option in options for word in ("-c", option)]
    here = ["-h", folder, "-p", str(port), "-U", "zama"]
    server = Server(
        f"postgres://zama@:{port}/{folder}/zama",
        [programs / "postgres", "-D", data, "-p", port, *flags],
        lambda: not subprocess.run([programs / "pg_isready", *here], **owner).returncode,
        AT_ONCE,
        **owner,
    )
    try:
        subprocess.run([programs / "createdb", *here, "zama"], check=True, **owner)
        yield server
    finally:
        server.end()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis() -> Iterator[str]:
    """A Redis with a password on a port of its own, which keeps nothing; gives its REDIS_URL."""
    with redis_server("no") as server:
        yield server.url


@contextmanager
def redis_server(appendonly: str = "yes") -> Iterator[Server]:
    from redis import Redis
    from redis.exceptions import RedisError

    port, password, folder = free_port(), secrets.token_hex(16), tempfile.mkdtemp(prefix="zamagate-redis-")
    options = (
        f"--bind 127.0.0.1 --port {port} --requirepass {password} --appendonly {appendonly} --dir {folder}"
    )
    url = f"redis://:{password}@127.0.0.1:{port}/0"

    def answers() -> bool:
        with suppress(RedisError):
            return Redis.from_url(url).ping()
        return False

    command = [need("redis"), *options.split(), "--appendonly", appendonly, "--save", ""]
    server = Server(url, command, answers, signal.SIGTERM, stdout=subprocess.DEVNULL)
    try:
        yield server
    finally:
        end(server.process)
        shutil.rmtree(folder, ignore_errors=True)


def end(process: subprocess.Popen, seconds: float = 15) -> int:
    """Ask a process to stop, then make it; gives its exit code."""
    process.terminate()
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
