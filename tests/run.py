"""`make test`: the whole suite, with services it starts and ends itself."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import IO, NamedTuple
from xml.etree import ElementTree

from tests.services import private

NOTHING_COLLECTED = 5
IN_CI = os.environ.get("CI") == "true"


class Part(NamedTuple):
    name: str
    marks: str
    workers: int
    on_postgres: bool = False
    beside: bool = False  # waits more than it works: runs beside the others, and is shown after them


PARTS = (
    Part("SQLite", "not browser and not services and not long", 2),
    Part("PostgreSQL", "both and not browser and not services and not long", 2, on_postgres=True),
    Part("実サービス", "services and not browser and not long", 0, beside=True),
    Part("ブラウザ", "browser and not long", 2),
)
LONG_PARTS = (Part("長い試験", "long", 0),)
MIGRATED = "ZAMAGATE_MIGRATED"  # an SQLite file that tests may copy (tests/conftest.py)
STARTED: list[subprocess.Popen] = []


class Outcome(NamedTuple):
    name: str
    seconds: float
    failed: bool
    counts: str


def run(part: Part, ready: dict[bool, dict[str, str]], shown: IO | None = None) -> Outcome:
    """One pytest run, shown here or in that file; a part without tests is said, and is no failure."""
    began = time.monotonic()
    if part.on_postgres not in ready:
        return Outcome(part.name, 0, IN_CI, "postgresql がこの機械にないため、行いませんでした")
    with tempfile.NamedTemporaryFile(suffix=".xml") as report:
        print(f"\n━━ {part.name} ━━", file=shown, flush=True)
        options = ["-q", "-m", part.marks, "-n", str(part.workers), "--dist=worksteal"]
        options += [f"--junitxml={report.name}"]
        environment = os.environ | ready[part.on_postgres]
        code = pytest([sys.executable, "-m", "pytest", *options], environment, shown)
        nothing = code == NOTHING_COLLECTED
        counts = "該当する試験はありません" if nothing else count(report.name)
        return Outcome(part.name, time.monotonic() - began, bool(code) and not nothing, counts)


def pytest(command: list[str], environment: dict[str, str], shown: IO | None) -> int:
    """Its exit code."""
    process = subprocess.Popen(command, env=environment, start_new_session=True, stdout=shown)
    STARTED.append(process)
    return process.wait()


def run_all(parts: tuple[Part, ...]) -> list[Outcome]:
    """One after the other, and those that mostly wait beside them."""
    with ExitStack() as opened:
        ready = databases(parts, opened)
        shown = opened.enter_context(tempfile.TemporaryFile("w+"))
        beside = opened.enter_context(ThreadPoolExecutor())
        waited_for = {part: beside.submit(run, part, ready, shown) for part in parts if part.beside}
        try:
            done = {part: run(part, ready) for part in parts if not part.beside}
            done |= {part: outcome.result() for part, outcome in waited_for.items()}
        except KeyboardInterrupt:
            stop()
            raise
        shown.seek(0)
        print(shown.read(), end="")
    return [done[part] for part in parts]


def databases(parts: tuple[Part, ...], opened: ExitStack) -> dict[bool, dict[str, str]]:
    """What runs on SQLite (False) are told: a file migrated once, to copy; on PostgreSQL (True): where."""
    file = f"{opened.enter_context(tempfile.TemporaryDirectory(prefix='zamagate-'))}/migrated.sqlite3"
    where = os.environ | {"DATABASE_URL": f"sqlite:///{file}"}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], env=where, check=True)
    told = {False: {MIGRATED: file}}
    if private.find("postgresql") and any(part.on_postgres for part in parts):
        told[True] = {"DATABASE_URL": opened.enter_context(private.postgres())}
    return told


def stop() -> None:
    """Whoever is stopped is given the time to end its own services."""
    for process in STARTED:
        process.send_signal(signal.SIGINT)
    for process in STARTED:
        process.wait()


def count(report: str) -> str:
    """Passed, failed and skipped, from pytest's own report."""
    try:
        suite = ElementTree.parse(report).getroot().find("testsuite").attrib
    except ElementTree.ParseError:
        return "途中で止まりました"
    failed = int(suite["failures"]) + int(suite["errors"])
    skipped = int(suite["skipped"])
    return f"合格 {int(suite['tests']) - failed - skipped}　不合格 {failed}　省略 {skipped}"


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    outcomes = run_all(LONG_PARTS if "--long" in sys.argv else PARTS)
    print("\n━━ まとめ ━━")
    for outcome in outcomes:
        print(f"{'✗' if outcome.failed else '○'} {outcome.name}　{outcome.counts}　{outcome.seconds:.0f}秒")
    return int(any(outcome.failed for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
