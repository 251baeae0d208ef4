"""`make bench`: our gate against the floor, in interleaved rounds over HTTP. Ratios count, times do not."""

import argparse
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.load import targets, visits
from tests.load.client import Person

CLIENTS = 8
ON_THE_WAY = ", on the way"  # among all the other requests of eight people
READING = 4.2  # seconds; who sends sooner is taken for a machine and held for the desk
PAGES = {"floor": ("/bare/", "/form/"), "gate": ("/propose/", *visits.PARTS, visits.CONFIRM)}


class Times(defaultdict):
    """By target and page: the seconds of each answer, round by round; and what an answer cost the server."""

    def __init__(self):
        super().__init__(list)
        self.cpu = defaultdict(list)

    def take(self, target: targets.Target, key: tuple[str, str], ask: Callable[[], list[float]]) -> None:
        before = target.cpu()
        self[key].append(ask())
        self.cpu[key].append((target.cpu() - before) / len(self[key][-1]))

    def cost(self, *key: str) -> float:
        return statistics.median(self.cpu[key])


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rounds", type=int, default=7)
    ask.add_argument("--gets", type=int, default=15)
    ask.add_argument("--posts", type=int, default=24)
    said = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder, targets.all_running(Path(folder)) as running:
        gets, posts, wholes = Times(), Times(), defaultdict(list)
        readers = {name: reader(name, target.port) for name, target in running.items()}
        for number in range(said.rounds):
            print(f"round {number + 1} of {said.rounds}", flush=True)
            read(running, readers, gets, said.gets)
            for name in shuffled(running):
                send(name, running[name], posts, said.posts)
                whole(name, running[name].port, wholes, posts, said.posts)
    print_gets(gets)
    print_posts(posts)
    print_wholes(wholes)


# --- measuring ------------------------------------------------------------


def reader(name: str, port: int) -> Person:
    """Somebody who may open every page: at the gate with a draft filled in to the end."""
    if name.startswith("floor"):
        return Person(port)
    ready = visits.about_to_upload(port)
    ready.send()
    return ready.person


def read(running: dict[str, targets.Target], readers: dict[str, Person], times: Times, gets: int) -> None:
    def ask():
        answers = [readers[name].get(path) for _ in range(gets)]
        assert {answer.status for answer in answers} == {200}, (name, path, answers[0].status)
        return [answer.seconds for answer in answers]

    for name, path in shuffled((who, page) for who in readers for page in PAGES[kind_of(who)]):
        times.take(running[name], (name, path), ask)


def send(name: str, target: targets.Target, times: Times, posts: int) -> None:
    """Eight at a time: the letter at the floor; at the gate the upload, then the last button."""
    if kind_of(name) == "floor":
        ready = [visits.at_the_floor(target.port) for _ in range(posts)]
        times.take(target, (name, "insert"), lambda: at_once(ready))
        return
    ready = [visits.about_to_upload(target.port) for _ in range(posts)]
    times.take(target, (name, "upload"), lambda: at_once(ready))
    ready = [visits.about_to_send(one) for one in ready]
    time.sleep(READING)
    times.take(target, (name, "send"), lambda: at_once(ready))


def at_once(ready: list[visits.Ready]) -> list[float]:
    with ThreadPoolExecutor(CLIENTS) as clients:
        return [answer.seconds for answer in clients.map(visits.Ready.send, ready)]


def whole(name: str, port: int, rates: dict[str, list[float]], times: Times, posts: int) -> None:
    """Eight people, each the whole way again and again: how many a second, and their POSTs among all else."""
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        told = list(clients.map(visits.WHOLE[kind_of(name)], [port] * posts))
    rates[name].append(posts / (time.perf_counter() - began))
    for what in told[0]:
        times[name, f"{what}{ON_THE_WAY}"].append([one[what] for one in told])


# --- telling --------------------------------------------------------------


def print_gets(times: Times) -> None:
    print("\n| GET | target | median ms | × floor's form | × bare view | CPU ms | CPU × floor's form |")
    print("|---|---|---|---|---|---|---|")
    for name, path in sorted(times):
        floor, bare = ((floor_of(name), page) for page in PAGES["floor"][::-1])
        ours, cpu = median(times[name, path]), times.cost(name, path)
        ratios = f"{ours / median(times[floor]):.2f} | {ours / median(times[bare]):.2f}"
        print(f"| {path} | {name} | {ours * 1e3:.1f} | {ratios} | {cpu * 1e3:.1f} |", end="")
        print(f" {cpu / times.cost(*floor):.2f} |")


def print_posts(times: Times) -> None:
    print(f"\n| POST with 100 kB, {CLIENTS} clients | target | p50 ms | p95 ms |", end="")
    print(" p50 × bare insert | p95 × bare insert | CPU ms | CPU × |\n|---|---|---|---|---|---|---|---|")
    for name, what in sorted(times):
        floor = (floor_of(name), f"insert{ON_THE_WAY}" if what.endswith(ON_THE_WAY) else "insert")
        p50, p95 = median(times[name, what]), p95_of(times[name, what])
        ratios = f"{p50 / median(times[floor]):.2f} | {p95 / p95_of(times[floor]):.2f}"
        print(f"| {what} | {name} | {p50 * 1e3:.1f} | {p95 * 1e3:.1f} | {ratios} |", end="")
        if (name, what) in times.cpu:
            cpu = times.cost(name, what)
            print(f" {cpu * 1e3:.1f} | {cpu / times.cost(*floor):.2f} |", end="")
        print()
    for what in ("upload", "send"):
        postgres, sqlite = (median(times[f"gate, {kind}", what]) for kind in targets.DATABASES)
        print(f"\n{what}: SQLite is {postgres / sqlite:.2f} × as fast as PostgreSQL")


def print_wholes(rates: dict[str, list[float]]) -> None:
    print(f"\n| whole submission, {CLIENTS} clients | per second | × floor |\n|---|---|---|")
    middle = {name: statistics.median(each) for name, each in rates.items()}
    for name, rate in sorted(middle.items()):
        print(f"| {name} | {rate:.1f} | {rate / middle[floor_of(name)]:.2f} |")
    postgres, sqlite = (middle[f"gate, {kind}"] for kind in targets.DATABASES)
    print(f"\nthroughput: SQLite is {sqlite / postgres:.2f} × PostgreSQL")


def median(rounds: list[list[float]]) -> float:
    """The median of the rounds' medians."""
    return statistics.median(map(statistics.median, rounds))


def p95_of(rounds: list[list[float]]) -> float:
    every = sorted(seconds for one in rounds for seconds in one)
    return every[int(len(every) * 0.95)]


def kind_of(name: str) -> str:
    return name.partition(",")[0]


def floor_of(name: str) -> str:
    """The floor on the same database."""
    return f"floor,{name.partition(',')[2]}"


def shuffled(things) -> list:
    things = list(things)
    return random.sample(things, len(things))


if __name__ == "__main__":
    main()
