"""`make bench-list`: the desk's home and list at 10,000 and 100,000 cases, against a bare list."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from tests.load import targets, words
from tests.load.bench import Times, median, shuffled
from tests.load.client import Person
from tests.services import private
from tests.services.cities import ROOT

FIRST, LIST = "first page", "/admin/proposals/proposal/"
FLOOR = "/list/"
PAGES = {
    FIRST: LIST,
    "all": f"{LIST}?list=all",
    "deep": f"{LIST}?list=all&after={{place}}",
    "step": f"{LIST}?step=hearing",
    "year": f"{LIST}?list=all&year=R3",
    "verdict": f"{LIST}?verdict=declined",
    "field": f"{LIST}?list=all&field={quote('環境')}",
    "rare 2": f"{LIST}?q={quote(words.RARE_2)}",
    "rare 6": f"{LIST}?q={quote(words.RARE_6)}",
    "frequent 2": f"{LIST}?q={quote(words.OFTEN_2)}",
    "frequent 6": f"{LIST}?q={quote(words.OFTEN_6)}",
    "home": "/admin/",
}


@dataclass(frozen=True)
class Desk:
    """Who answers, who asks, and which pages."""

    target: targets.Target
    officer: Person
    pages: dict[str, str]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--cases", type=int, nargs=2, default=[10_000, 100_000])
    ask.add_argument("--rounds", type=int, default=7)
    ask.add_argument("--gets", type=int, default=10)
    said = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        running = {}
        for kind in targets.DATABASES:
            for cases in (0, *said.cases):
                print(f"{kind}: {cases or 'floor'}", flush=True)
                place = Path(folder) / f"{kind}-{cases}"
                running[kind, cases] = stack.enter_context(desk(kind, cases, place))
        times = measure(running, said.rounds, said.gets)
    tell(times, said.cases)


# --- who answers ----------------------------------------------------------


@contextmanager
def desk(kind: str, cases: int, place: Path) -> Iterator[Desk]:
    """A city with so many cases on a database of its own; with none, the floor."""
    with ExitStack() as stack:
        environment, pids = stack.enter_context(of_its_own(kind, place))
        site = targets.gate if cases else targets.floor
        target = stack.enter_context(site(place, environment))
        target = replace(target, pids=target.pids + pids)
        officer, pages = Person(target.port), {FIRST: FLOOR}
        if cases:
            session, deep = filled(cases, environment).split()
            officer.cookies["__Host-sessionid"] = session
            pages = {name: path.format(place=deep) for name, path in PAGES.items()}
        yield Desk(target, officer, pages)


@contextmanager
def of_its_own(kind: str, place: Path) -> Iterator[tuple[dict, tuple[int, ...]]]:
    """The environment of a site with a database of its own, and the processes of that database."""
    with ExitStack() as stack:
        own, pids = {"DATABASE_URL": f"sqlite:///{place}.sqlite3"}, ()
        if kind == "PostgreSQL":
            postgres = stack.enter_context(private.postgres_server(fsync="on"))
            redis = stack.enter_context(private.redis())
            own, pids = {"DATABASE_URL": postgres.url, "REDIS_URL": redis}, (postgres.process.pid,)
        yield os.environ | targets.SECRETS | own | {"ZAMAGATE_ENV": "production"}, pids


def filled(cases: int, environment: dict) -> str:
    command = [sys.executable, "-m", "tests.load.many", str(cases)]
    settings = {"DJANGO_SETTINGS_MODULE": "zamagate.settings"}
    return subprocess.run(
        command, env=environment | settings, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


# --- measuring and telling ------------------------------------------------


def measure(running: dict[tuple, Desk], rounds: int, gets: int) -> Times:
    times = Times()
    every = [(key, page) for key, one in running.items() for page in one.pages]
    for number in range(rounds + 1):
        print(f"round {number} of {rounds}", flush=True)
        for key, page in shuffled(every):
            one = running[key]
            if number:
                times.take(one.target, (*key, page), lambda one=one, page=page: asked(one, page, gets))
            else:
                asked(one, page, 8)  # both workers have seen every page
    return times


def asked(desk: Desk, page: str, gets: int) -> list[float]:
    answers = [desk.officer.get(desk.pages[page]) for _ in range(gets)]
    assert {answer.status for answer in answers} == {200}, (page, answers[0].status, answers[0].location)
    return [answer.seconds for answer in answers]


def tell(times: Times, sizes: list[int]) -> None:
    few, many = sizes
    print(f"\n| page | database | ms at {many} | CPU ms | × floor | CPU × floor |", end="")
    print(f" CPU × own first page | growth from {few} | growth by CPU |\n" + "|---" * 9 + "|")
    for kind in targets.DATABASES:
        floor, first = (kind, 0, FIRST), (kind, many, FIRST)
        for page in PAGES:
            here, before = (kind, many, page), (kind, few, page)
            print(
                f"| {page} | {kind} | {median(times[here]) * 1e3:.1f} | {times.cost(*here) * 1e3:.1f} |",
                end="",
            )
            print(f" {median(times[here]) / median(times[floor]):.1f} |", end="")
            print(f" {times.cost(*here) / times.cost(*floor):.1f} |", end="")
            print(f" {times.cost(*here) / times.cost(*first):.2f} |", end="")
            print(f" {median(times[here]) / median(times[before]):.2f} |", end="")
            print(f" {times.cost(*here) / times.cost(*before):.2f} |")


if __name__ == "__main__":
    main()
