"""What every test may rely on: quiet settings, a database of its own, emptied after a commit, a browser."""

import gc
import os
import shutil
from functools import cache

import pytest

from tests.services import private

MIGRATED = os.environ.get("ZAMAGATE_MIGRATED", "")
pytest_plugins = ["tests.services.cities", "tests.services.sink"]


def pytest_configure(config):
    """Files, letters and messages of a test stay in a folder of this run."""
    from django.conf import settings
    from django.test import TransactionTestCase

    settings.VAR = private.folder_of_this_run()
    settings.MEDIA_ROOT = str(settings.VAR / "media")
    settings.STATIC_ROOT = settings.VAR / "static"  # empty: files come from the finders
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.CELERY_BROKER_URL = "memory://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    TransactionTestCase._fixture_teardown = lambda case: empty_the_database()


def pytest_collection_finish():
    """What was collected stays until the end: nobody need look again and again whether it is garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 50)


def empty_the_database():
    """After a test that commits, append-only rows and all: only tables that have rows cost anything."""
    from django.db import connection, transaction

    from cityhall import records

    with records.lifted(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_tables_with_rows())
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


@cache
def _tables_with_rows() -> str:
    """A statement that names them, but for those migrate itself fills."""
    from django.db import connection

    kept = {"django_content_type", "auth_permission"}
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - kept
    quote = connection.ops.quote_name
    return " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM {quote(t)})" for t in sorted(tables))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """SQLite in a real file, as in the embedded mode: one memory database shared by threads hides races.

    `make test` has migrated one already: it is copied.
    """
    from django.conf import settings

    database = settings.DATABASES["default"]
    of_tests = database.setdefault("TEST", {})
    if database["ENGINE"].endswith("sqlite3"):
        of_tests["NAME"] = str(settings.VAR / "test.sqlite3")
        if MIGRATED:
            shutil.copy(MIGRATED, of_tests["NAME"])


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    return django_db_keepdb or bool(MIGRATED)


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
