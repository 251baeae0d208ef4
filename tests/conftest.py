"""What every test may rely on: quiet settings, a database of its own, a flush that may pass, a browser."""

import os

import pytest

from tests.services import private

pytest_plugins = ["tests.services.cities", "tests.services.sink"]


def pytest_configure(config):
    """Files, letters and messages of a test stay in a folder of this run."""
    from django.conf import settings

    settings.VAR = private.folder_of_this_run()
    settings.MEDIA_ROOT = str(settings.VAR / "media")
    settings.STATIC_ROOT = settings.VAR / "static"  # empty: files come from the finders
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.CELERY_BROKER_URL = "memory://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    lift_the_protection_of_records_at_flush()


def lift_the_protection_of_records_at_flush():
    """A test that commits ends with a flush, which the append-only triggers would refuse."""
    from django.test import TransactionTestCase

    from cityhall import records

    flush = TransactionTestCase._fixture_teardown

    def lifted_flush(self):
        with records.lifted():
            flush(self)

    TransactionTestCase._fixture_teardown = lifted_flush


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """SQLite in a real file, as in the embedded mode: one memory database shared by threads hides races."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(settings.VAR / "test.sqlite3")


@pytest.fixture(autouse=True)
def empty_cache():
    """No test inherits another's rate limits."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def desk(client):
    """Somebody of the desk, logged in with the test's client."""
    from tests import make

    person = make.desk()
    client.force_login(person)
    return person


@pytest.fixture
def visitor():
    """A browser nobody has logged in with."""
    from django.test import Client

    return Client()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's driver runs a loop in this thread
    flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    return browser_type_launch_args | {
        "executable_path": private.need("chromium"),
        "args": [*flags.split(), "--disable-component-update", "--disable-sync"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {
        "locale": "ja-JP",
        "timezone_id": "Asia/Tokyo",
        "viewport": {"width": 1280, "height": 900},
        "ignore_https_errors": True,
    }
