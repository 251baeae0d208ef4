"""`make run`: web server and worker as one thing, which starts, says where it is, and stops as a whole."""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

from zamagate import demo, env, probe

PYTHON = sys.executable
MANAGE = [PYTHON, str(env.BASE_DIR / "manage.py")]
WORKER = "-P threads -c 2 -B --loglevel WARNING --without-gossip --without-mingle --without-heartbeat"
WEB = "--workers 2 --threads 4 --graceful-timeout 5 --log-level warning --no-control-socket"
QUIET = ("-W", "ignore:You're running the worker with superuser")
PATIENCE = 10  # seconds a process gets to stop by itself
START_LIMIT = 60

GREETING = """
ざま共創官民連携窓口を開きました（止めるときは Ctrl-C）。
  公開の窓口   http://127.0.0.1:{port}/
  窓口の机     http://127.0.0.1:{port}/admin/
  課のまど     http://127.0.0.1:{port}/section/
  指標         http://127.0.0.1:{port}/kpi/"""


def commands(port: int) -> dict[str, list[str]]:
    """What runs side by side."""
    return {
        "web": [PYTHON, "-m", "gunicorn", "zamagate.wsgi", "--bind", f"127.0.0.1:{port}", *WEB.split()],
        "worker": [PYTHON, *QUIET, "-m", "celery", "--quiet", "-A", "zamagate", "worker", *WORKER.split()],
    }


def spawn(command: list[str]) -> subprocess.Popen:
    """A child in a group of its own (Ctrl-C reaches us alone), which gets TERM should we be killed."""

    def follow_parent():
        with suppress(AttributeError):  # only Linux has it
            ctypes.CDLL(None).prctl(1, signal.SIGTERM)

    return subprocess.Popen(command, cwd=env.BASE_DIR, start_new_session=True, preexec_fn=follow_parent)


def stop(children: list[subprocess.Popen]) -> None:
    """Ask all to stop, wait, then end what is left, their own children too."""
    on_signals(signal.SIG_IGN)
    for child in children:
        child.terminate()
    last = time.monotonic() + PATIENCE
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, last - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def wait_for_end(children: dict[str, subprocess.Popen]) -> str:
    """Why it ends: the name of a child that died. (A signal ends the wait by raising.)"""
    parent = os.getppid()
    while os.getppid() == parent:
        for name, child in children.items():
            if child.poll() is not None:
                return f"{name} が止まったので、すべて止めます（{child.returncode}）。"
        time.sleep(0.2)
    return "呼び出し元が終わったので、すべて止めます。"


def wait_for_start(children: dict[str, subprocess.Popen], port: int) -> bool:
    """Whether the site answers within a minute, with every process alive."""
    last = time.monotonic() + START_LIMIT
    while time.monotonic() < last and all(child.poll() is None for child in children.values()):
        if probe.answers(port):
            return True
        time.sleep(0.2)
    return False


def claim(port: int):
    """The lock of this folder and a free port; refuses a second start and a port in use."""
    lock = open(env.VAR / "run.lock", "w")  # noqa: SIM115  held until we end
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit("このフォルダの窓口は、もう動いています。")
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"ポート {port} は使われています。PORT={port + 1} make run のように始めてください。")
    return lock


def listen_for_signals() -> None:
    """The first signal ends us; while we stop, no other disturbs."""

    def leave(*_):
        on_signals(signal.SIG_IGN)
        sys.exit(0)

    on_signals(leave)


def on_signals(do) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, do)


def serve(port: int, children: list[subprocess.Popen]) -> str:
    """Make ready, start, greet; gives the reason it ended."""
    children.append(spawn([*MANAGE, "make_ready"]))
    if children[0].wait():
        return "支度ができなかったので、始めません。"
    running = {}
    for name, command in commands(port).items():
        running[name] = spawn(command)
        children.append(running[name])
    if wait_for_start(running, port):
        print(GREETING.format(port=port), "" if env.PRODUCTION else demo.table(), sep="\n", flush=True)
    return wait_for_end(running)


def main() -> int:
    env.make_folders()
    port = env.port()
    lock = claim(port)
    listen_for_signals()
    children: list[subprocess.Popen] = []
    try:
        print(serve(port, children), file=sys.stderr, flush=True)
        return 1
    finally:
        stop(children)
        lock.close()


if __name__ == "__main__":
    sys.exit(main())
