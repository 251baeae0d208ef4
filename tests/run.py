"""`make test`: the whole suite, with services it starts and ends itself."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from typing import NamedTuple
from xml.etree import ElementTree

from tests.services import private

NOTHING_COLLECTED = 5
IN_CI = os.environ.get("CI") == "true"


class Part(NamedTuple):
    name: str
    marks: str
    workers: int
    on_postgres: bool = False


PARTS = (
    Part("SQLite", "not browser and not services and not long", 2),
    Part("PostgreSQL", "both and not browser and not services and not long", 2, on_postgres=True),
    Part("実サービス", "services and not browser and not long", 0),
    Part("ブラウザ", "browser and not long", 2),
)
LONG_PARTS = (Part("長い試験", "long", 0),)


class Outcome(NamedTuple):
    name: str
    seconds: float
    failed: bool
    counts: str


def run(part: Part) -> Outcome:
    """One pytest run; a part without tests is said, and is no failure."""
    began = time.monotonic()
    with ExitStack() as services, tempfile.NamedTemporaryFile(suffix=".xml") as report:
        environment = dict(os.environ)
        if part.on_postgres:
            if private.find("postgresql") is None:
                return Outcome(part.name, 0, IN_CI, "postgresql がこの機械にないため、行いませんでした")
            environment["DATABASE_URL"] = services.enter_context(private.postgres())
        print(f"\n━━ {part.name} ━━", flush=True)
        options = ["-q", "-m", part.marks, "-n", str(part.workers), f"--junitxml={report.name}"]
        code = pytest([sys.executable, "-m", "pytest", *options], environment)
        nothing = code == NOTHING_COLLECTED
        counts = "該当する試験はありません" if nothing else count(report.name)
        return Outcome(part.name, time.monotonic() - began, bool(code) and not nothing, counts)


def pytest(command: list[str], environment: dict[str, str]) -> int:
    """Its exit code; stopped, it is given the time to end its own services."""
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        process.wait()
        raise


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
    outcomes = [run(part) for part in (LONG_PARTS if "--long" in sys.argv else PARTS)]
    print("\n━━ まとめ ━━")
    for outcome in outcomes:
        print(f"{'✗' if outcome.failed else '○'} {outcome.name}　{outcome.counts}　{outcome.seconds:.0f}秒")
    return int(any(outcome.failed for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
