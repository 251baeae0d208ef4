"""Beside a broker that is down or hangs nobody waits for it, and the sweep sends the letters (D2, M17)."""

import os
import signal
import threading
import time

import pytest
from redis import Redis

from cityhall import wake
from cityhall.models import OutgoingMail
from cityhall.tasks import deliver_post
from tests import make
from tests.services import private
from zamagate.celery import app

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]

PATIENCE = {"socket_timeout": 2, "socket_connect_timeout": 2}
AT_ONCE = 1  # second, on a busy machine


def use(url, options):
    app.conf.broker_url, app.conf.broker_transport_options = url, options
    app._pool = app.amqp._producer_pool = None  # made anew for the address


@pytest.fixture
def broker():
    """Takes an address to be the broker's; waits at the end until nobody asks it any more."""
    before = app.conf.broker_url, app.conf.broker_transport_options
    yield lambda url: use(url, PATIENCE)
    private.wait_until(lambda: not (wake._wanted or wake._asking.locked()), 60, why="somebody still asks")
    use(*before)


@pytest.fixture
def redis(private_redis):
    server = Redis.from_url(private_redis)
    server.flushdb()
    return server


@pytest.fixture
def hanging(redis):
    """A Redis that takes calls and answers none of them."""
    process = redis.info()["process_id"]
    os.kill(process, signal.SIGSTOP)
    yield
    os.kill(process, signal.SIGCONT)


def seconds_of(act):
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def assert_all_leave_once(mailoutbox, number):
    assert deliver_post() == number
    assert deliver_post() == 0
    assert (len(mailoutbox), OutgoingMail.objects.filter(state="sent").count()) == (number, number)


def submit(number):
    """Proposals of different people; the longest that one of them waited."""
    return max(seconds_of(lambda: make.submission()) for _ in range(number))


@pytest.fixture(autouse=True)
def each_has_an_address(monkeypatch):
    contact, people = make.contact, iter(range(1000))
    monkeypatch.setattr(make, "contact", lambda: contact(email=f"kaku{next(people)}@example.com"))


def test_with_a_broker_a_worker_is_asked_at_once(broker, redis, private_redis):
    broker(private_redis)

    make.submission()

    private.wait_until(lambda: redis.llen("celery") == 1, 10)


def test_a_broker_that_is_down_holds_nobody_up(broker, mailoutbox):
    broker(f"redis://127.0.0.1:{private.free_port()}/0")
    with pytest.raises(deliver_post.OperationalError):
        deliver_post.apply_async(retry=False)

    waited = submit(10)

    assert waited < AT_ONCE
    assert_all_leave_once(mailoutbox, 10)


def test_a_broker_that_hangs_holds_nobody_up(broker, private_redis, hanging, mailoutbox):
    broker(private_redis)

    waited = submit(20)

    assert waited < AT_ONCE
    assert_all_leave_once(mailoutbox, 20)


def test_asked_in_the_page_itself_it_would_hold_everybody_up(broker, private_redis, hanging):
    broker(private_redis)

    with pytest.raises(deliver_post.OperationalError):
        begun = time.perf_counter()
        deliver_post.apply_async(retry=False)

    assert time.perf_counter() - begun > 2 * AT_ONCE


def test_beside_a_broker_that_hangs_one_asks_and_the_rest_leave_it_to_the_sweep(
    broker, private_redis, hanging
):
    broker(private_redis)
    before = threading.active_count()

    submit(20)

    assert threading.active_count() - before <= 1


def test_many_letters_of_one_moment_ask_once(broker, redis, private_redis, monkeypatch):
    monkeypatch.setattr(wake, "GATHERED", 2)
    broker(private_redis)

    submit(10)

    private.wait_until(lambda: redis.llen("celery"), 10)
    assert redis.llen("celery") == 1


def test_what_no_worker_took_up_in_time_is_forgotten(broker, redis, private_redis):
    broker(private_redis)
    make.submission()
    private.wait_until(lambda: redis.llen("celery") == 1, 10)

    (message,) = redis.lrange("celery", 0, -1)

    assert b'"expires": "20' in message
