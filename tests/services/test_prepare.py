import os
import shutil
import subprocess
import sys

import pytest

from tests.services.cities import ROOT

pytestmark = pytest.mark.services

TOOLS = ["sh", "dirname", "grep", "cmp", "ls", "test", "env", "id", "ldconfig", "python3"]
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.fixture
def fresh(tmp_path):
    """A clone with a complete .venv, on a machine with few programs and an apt-get that only writes."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for tool in TOOLS:
        if found := shutil.which(tool, path=f"{os.defpath}:/usr/sbin:/sbin:{os.environ['PATH']}"):
            (programs / tool).symlink_to(found)
    clone = tmp_path / "clone"
    shutil.copytree(ROOT / "bin", clone / "bin")
    script(clone / ".venv/bin/python", f'exec {sys.executable} "$@"')
    for lock in LOCKS:
        shutil.copy(ROOT / lock, clone / lock)
        shutil.copy(ROOT / lock, clone / ".venv" / lock)
    script(programs / "apt-get", f'echo "$@" >> {tmp_path}/apt.log')
    return tmp_path


def script(path, line):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


def prepare(fresh, purpose, as_root=True, hide=""):
    script(fresh / "programs/id", f"echo {0 if as_root else 1000}")
    result = subprocess.run(
        [fresh / "clone/bin/prepare", purpose],
        env={"PATH": str(fresh / "programs"), "ZAMAGATE_HIDE": hide},
        capture_output=True,
        text=True,
        check=True,
    )
    log = fresh / "apt.log"
    return result.stdout, log.read_text() if log.exists() else ""


def test_root_installs_what_the_tests_need_without_asking(fresh):
    _, asked = prepare(fresh, "test")

    assert "update" in asked.splitlines()[0]
    assert asked.splitlines()[1].startswith("install -y")
    assert "redis-server chromium poppler-utils" in asked


def test_anybody_else_gets_one_line_with_the_command_and_goes_on(fresh):
    said, asked = prepare(fresh, "test", as_root=False)

    assert asked == ""
    assert "sudo apt-get install --no-install-recommends" in said
    assert "redis-server chromium poppler-utils" in said
    assert len(said.splitlines()) == 1


def test_a_run_does_not_ask_for_what_only_tests_need(fresh):
    said, asked = prepare(fresh, "run")

    assert "redis-server" not in said + asked


def test_what_the_switch_hides_counts_as_missing_and_is_not_installed(fresh):
    said, asked = prepare(fresh, "run", hide="pango,fonts")

    hidden = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-morisawa-bizud-gothic"
    assert hidden in said
    assert "libpango" not in asked


def test_a_lock_that_is_installed_is_not_installed_again(fresh):
    said, _ = prepare(fresh, "run")

    assert "Pythonのパッケージ" not in said


def test_the_lock_for_tests_holds_the_other_one_whole():
    runtime, tests = (
        {line.split(" \\")[0] for line in (ROOT / lock).read_text().splitlines() if "==" in line}
        for lock in LOCKS
    )

    assert runtime <= tests
