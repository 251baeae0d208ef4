"""`make bench-fit`: the suggestions of a case at 10,000 strengths and 100,000 cases, against a bare list."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from tests.load import targets
from tests.load.bench import Times, median, shuffled
from tests.load.client import Person
from tests.load.desk import FIRST, FLOOR, Desk, asked, filled, of_its_own
from tests.services.cities import ROOT

FIT = "suggestions"
PLACE = "/admin/proposals/proposal/{}/candidates/"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--cases", type=int, default=100_000)
    ask.add_argument("--strengths", type=int, default=10_000)
    ask.add_argument("--rounds", type=int, default=7)
    ask.add_argument("--gets", type=int, default=5)
    ask.add_argument("--on", nargs="+", choices=targets.DATABASES, default=targets.DATABASES)
    said = ask.parse_args()
    for kind in said.on:
        with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            places = {name: Path(folder) / name for name in ("floor", "city")}
            floor = stack.enter_context(bare(kind, places["floor"]))
            city = stack.enter_context(filled_city(kind, said.cases, said.strengths, places["city"]))
            tell(kind, measure(floor, city, said.rounds, said.gets), city)


@contextmanager
def bare(kind: str, place: Path) -> Iterator[Desk]:
    with of_its_own(kind, place) as (environment, pids), targets.floor(place, environment) as target:
        yield Desk(replace(target, pids=target.pids + pids), Person(target.port), {FIRST: FLOOR})


@contextmanager
def filled_city(kind: str, cases: int, strengths: int, place: Path) -> Iterator[Desk]:
    """A city with so many cases and strengths; five cases at ④ are asked in turn."""
    with of_its_own(kind, place) as (environment, pids), targets.gate(place, environment) as target:
        print(f"{kind}: {cases} cases, {strengths} strengths", flush=True)
        session, _ = filled(cases, environment).split()
        command = [sys.executable, "-m", "tests.load.town", str(strengths)]
        own = environment | {"DJANGO_SETTINGS_MODULE": "zamagate.settings"}
        numbers = subprocess.run(command, env=own, cwd=ROOT, check=True, capture_output=True, text=True)
        officer = Person(target.port)
        officer.cookies["__Host-sessionid"] = session
        pages = {f"{FIT} {number}": PLACE.format(number) for number in numbers.stdout.split()}
        yield Desk(replace(target, pids=target.pids + pids), officer, pages)


def measure(floor: Desk, city: Desk, rounds: int, gets: int) -> Times:
    times = Times()
    every = [(one, page) for one in (floor, city) for page in one.pages]
    for number in range(rounds + 1):
        for one, page in shuffled(every):
            if number:
                name = FIRST if one is floor else FIT
                times.take(one.target, (name,), lambda one=one, page=page: asked(one, page, gets))
            else:
                asked(one, page, 8)  # both workers have seen every page
    return times


def tell(kind: str, times: Times, city: Desk) -> None:
    floor, fit = (FIRST,), (FIT,)
    ratio = median(times[fit]) / median(times[floor])
    by_cpu = times.cost(*fit) / times.cost(*floor)
    print(f"{kind}: {median(times[fit]) * 1e3:.1f} ms, {ratio:.1f} × the floor's list, {by_cpu:.1f} × by CPU")


if __name__ == "__main__":
    main()
