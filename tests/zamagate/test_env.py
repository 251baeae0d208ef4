import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from zamagate import env

LONG_KEY = "k" * 25 + "abcdefghijklmnopqrstuvwxyz"
PRODUCTION = {"ZAMAGATE_ENV": "production", "SECRET_KEY": LONG_KEY, "ALLOWED_HOSTS": "zama.example"}
DEPLOY = ("check", "--deploy", "--fail-level", "WARNING")


def manage(*command, **variables):
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=env.BASE_DIR,
        env={"PATH": os.environ["PATH"]} | variables,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"SECRET_KEY": ""}, "本番では SECRET_KEY（50字以上）が必要です。"),
        ({"SECRET_KEY": "k" * 49}, "本番では SECRET_KEY（50字以上）が必要です。"),
        ({"ALLOWED_HOSTS": " , "}, "本番では ALLOWED_HOSTS（公開するホスト名。複数は , 区切り）が必要です。"),
        ({"DEBUG": "1"}, "本番では DEBUG を使えません。環境変数 DEBUG を外してください。"),
        ({"ZAMAGATE_ENV": "prod"}, "ZAMAGATE_ENV は embedded か production です（いまの値：prod）。"),
    ],
)
def test_production_refuses_to_start_and_says_why(change, reason):
    result = manage("check", **PRODUCTION | change)

    assert result.returncode != 0
    assert reason in result.stderr


@pytest.mark.parametrize(
    "change", [{}, {"DEBUG": "false"}, {"REDIS_URL": "redis://:secret@redis:6379/0"}], ids=str
)
def test_production_has_no_deployment_warning(change):
    result = manage(*DEPLOY, **PRODUCTION | change)

    assert result.returncode == 0, result.stderr


def test_a_redis_without_a_password_is_a_deployment_warning():
    result = manage(*DEPLOY, **PRODUCTION, REDIS_URL="redis://redis:6379/0")

    assert result.returncode != 0
    assert "REDIS_URL にパスワードがありません。" in result.stderr


def test_embedded_needs_no_variable():
    assert manage("check").returncode == 0


def test_the_own_secret_key_is_made_once_for_its_owner_alone_even_by_many_at_once(tmp_path):
    path = tmp_path / "secret_key"

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: env.own_secret_key(path), range(8)))

    assert keys == {path.read_text()}
    assert len(keys.pop()) >= env.SECRET_KEY_LENGTH
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("value", ["0", "65536", "http", "８０００"])
def test_a_port_that_is_no_port_number_is_refused(monkeypatch, value):
    monkeypatch.setenv("PORT", value)

    with pytest.raises(env.ImproperlyConfigured, match="PORT は"):
        env.port()


def test_sqlite_waits_for_writers_and_loses_no_commit(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)

    options = env.database()["OPTIONS"]

    assert options == {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }


def test_the_sender_of_letters_comes_with_the_mail_relay(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp://relay.example:25/?from=madoguchi@city.example")

    assert env.email()["OPTIONS"] == {"FROM": "madoguchi@city.example"}


@pytest.mark.parametrize(
    ("variables", "production", "url"),
    [
        ({"SITE_URL": "https://kyoso.city.example/"}, True, "https://kyoso.city.example"),
        ({}, True, "https://madoguchi.city.example"),
        ({}, False, "http://127.0.0.1:8000"),
        ({"PORT": "8001"}, False, "http://127.0.0.1:8001"),
    ],
)
def test_letters_write_the_address_of_the_site(monkeypatch, variables, production, url):
    for name in ("SITE_URL", "PORT"):
        monkeypatch.setenv(name, variables.get(name, ""))
    monkeypatch.setattr(env, "PRODUCTION", production)

    assert env.site_url([".madoguchi.city.example", "other.example"]) == url


# the scanner


@pytest.mark.parametrize("url", ["unix:/run/clamav/clamd.ctl", "tcp://clamd:3310", "tcp://127.0.0.1", ""])
def test_the_scanner_is_where_its_variable_says(monkeypatch, url):
    monkeypatch.setenv("CLAMD_URL", url)

    assert env.clamd_url() == url


@pytest.mark.parametrize("url", ["clamd:3310", "http://clamd:3310", "unix:", "tcp://", "tcp://clamd:x"])
def test_any_other_word_for_the_scanner_is_refused(monkeypatch, url):
    monkeypatch.setenv("CLAMD_URL", url)

    with pytest.raises(ImproperlyConfigured, match="CLAMD_URL"):
        env.clamd_url()
