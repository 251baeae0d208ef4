"""docker-compose.yml read as data, and its commands as plain processes."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tests.services import private

VARIABLE = re.compile(r"\$(?:(\$)|\{(\w+)(?::([-?])([^}]*))?\})")


@dataclass
class City:
    """The running processes, and how compose would ask each whether it is healthy."""

    compose: "Compose"
    cwd: Path
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)
    base_url: str = ""

    def start(self, name: str) -> None:
        command = self.compose.services[name]["command"]
        log = (self.cwd / "var" / f"{name}.log").open("a")
        self.processes[name] = private.spawn(
            command, cwd=self.cwd, env=self.environment, stdout=log, stderr=log, start_new_session=True
        )

    def manage(self, *words: str) -> None:
        """A management command, as the desk's operator would give it."""
        subprocess.run([sys.executable, "manage.py", *words], cwd=self.cwd, env=self.environment, check=True)

    def run(self, *arguments: str) -> str:
        """A command of manage.py in this city; what it prints."""
        command = ["python", "manage.py", *arguments]
        answer = subprocess.run(command, cwd=self.cwd, env=self.environment, capture_output=True, text=True)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def is_healthy(self, name: str) -> bool:
        kind, *command = self.compose.services[name]["healthcheck"]["test"]
        if kind == "CMD-SHELL":
            command = ["sh", "-c", *command]
        answer = subprocess.run(command, cwd=self.cwd, env=self.environment, capture_output=True)
        return answer.returncode == 0

    def log(self, name: str) -> str:
        return (self.cwd / "var" / f"{name}.log").read_text()


@dataclass
class Compose:
    """The file with its variables filled in, as `docker compose config` would."""

    services: dict[str, dict]
    volumes: dict

    @classmethod
    def read(cls, path: Path, **variables: str) -> "Compose":
        content = yaml.safe_load(VARIABLE.sub(lambda match: fill_in(match, variables), path.read_text()))
        return cls(content["services"], content["volumes"])

    @contextmanager
    def city(self, *names: str, after: str, cwd: Path, machine: dict, here: dict) -> Iterator[City]:
        """The services' own commands and variable names; only where things lie is of this machine."""
        environment = self.services[names[0]]["environment"]
        assert here.keys() <= environment.keys()
        loopback = {"GUNICORN_CMD_ARGS": f"--bind 127.0.0.1:{here['PORT']}", "HOSTNAME": os.uname().nodename}
        city = City(self, cwd, machine | environment | here | loopback)
        (cwd / "var").mkdir(exist_ok=True)
        with ExitStack() as stack:
            city.start(after)
            assert city.processes[after].wait(120) == 0, city.log(after)
            for name in names:
                city.start(name)
                stack.callback(lambda name=name: private.end(city.processes[name]))
            yield city


def fill_in(match: re.Match, variables: dict[str, str]) -> str:
    """One ${NAME}, ${NAME:-default} or ${NAME:?message}; refuses a missing one that is required."""
    dollar, name, kind, rest = match.groups()
    if dollar:
        return "$"
    if name in variables:
        return variables[name]
    if kind == "-":
        return rest
    raise KeyError(f"{name}: {rest}")
