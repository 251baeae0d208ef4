"""What the journeys have beside them."""

import pytest
from celery.contrib.testing.worker import start_worker

from zamagate.celery import app


@pytest.fixture
def worker(transactional_db):
    """A worker beside the site, as `make run` starts one."""
    app.loader.import_default_modules()
    with start_worker(app, perform_ping_check=False, pool="solo", shutdown_timeout=30):
        yield
