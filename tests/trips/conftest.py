"""What the tests of the pages share."""

import pytest


@pytest.fixture
def as_(client):
    def login(user):
        client.force_login(user)
        return client

    return login
