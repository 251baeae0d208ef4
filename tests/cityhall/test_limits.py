"""Limits at the gate: by trusted address and for all together, letting pass while the cache is away."""

import logging
import shutil
import socket
import time

import pytest
from django.core.cache import caches
from django.test import Client, RequestFactory

from cityhall import limits
from cityhall.cache import Patient, PatientFileCache, PatientRedisCache
from tests.services.private import free_port
from zamagate import env

PROXY = "10.0.0.1"


@pytest.fixture(autouse=True)
def strict(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ZAMAGATE_LIMITS = {"receipt": "2/h/ip", "lost": "9/h/ip,3/h/key"}


def knock(forwarded="203.0.113.7", purpose="receipt"):
    request = RequestFactory().post("/receipt/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR=PROXY)
    return limits.exceeded(request, purpose)


def test_an_address_is_held_back_after_its_share_and_no_other_is():
    assert [knock() for _ in range(3)] == [False, False, True]
    assert knock("203.0.113.8") is False


def test_each_purpose_has_a_share_of_its_own():
    assert [knock() for _ in range(3)][-1] is True

    assert knock(purpose="lost") is False


def test_whatever_a_visitor_writes_into_the_header_the_proxys_word_counts():
    assert [knock(f"198.51.100.{n}, 203.0.113.7") for n in range(3)] == [False, False, True]


def test_without_a_proxy_in_front_the_header_counts_nothing(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    assert [knock(f"198.51.100.{n}") for n in range(3)] == [False, False, True]


def test_one_holder_of_an_ipv6_network_is_one_address():
    assert [knock(f"2001:db8:1:1::{n}") for n in range(3)] == [False, False, True]
    assert knock("2001:db8:1:2::1") is False


def test_many_addresses_together_meet_the_common_limit():
    assert [knock(f"203.0.113.{n}", "lost") for n in range(4)] == [False, False, False, True]


def test_a_share_comes_back_with_time(time_machine):
    time_machine.move_to("2026-07-01T03:00:00Z", tick=False)
    assert [knock() for _ in range(3)][-1] is True

    time_machine.move_to("2026-07-01T04:00:00Z", tick=False)

    assert knock() is False


def test_a_purpose_nobody_set_a_limit_for_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        knock(purpose="tea")


def test_the_table_in_force_can_be_read_and_holds_back_who_guesses_from_many_addresses():
    from zamagate.settings import ZAMAGATE_LIMITS

    read = {purpose: limits._rates(rates) for purpose, rates in ZAMAGATE_LIMITS.items()}

    together = {purpose for purpose, rates in read.items() if any(per == "key" for _, _, per in rates)}
    assert together == {"resume", "receipt", "lost"}


def test_an_address_nobody_can_tell_is_counted_as_one():
    request = RequestFactory().post("/receipt/", REMOTE_ADDR="")

    assert [limits.exceeded(request, "receipt") for _ in range(3)] == [False, False, True]


# the page


def test_the_page_says_when_to_come_back_and_keeps_what_was_typed():
    request = RequestFactory().post("/receipt/", {"number": "R8-0001", "reason": "<b>" + "長い文" * 20})

    page = limits.too_many(request)

    text = page.content.decode()
    assert (page.status_code, page["Retry-After"]) == (429, "600")
    assert "no-store" in page["Cache-Control"]
    assert "待って、もう一度お試しください。" in text
    assert 'name="number" value="R8-0001"' in text
    assert "&lt;b&gt;長い文" in text and "もう一度送る</button>" in text


@pytest.mark.django_db
def test_a_login_tried_too_often_gets_the_same_page_without_the_password(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    typed = {"login": "dare", "password": "himitsu"}
    visitor = Client(headers={"x-forwarded-for": "203.0.113.7"})
    visitor.post("/accounts/login/", typed)

    page = visitor.post("/accounts/login/", typed)

    assert (page.status_code, page["Retry-After"]) == (429, "600")
    assert "himitsu" not in page.text and "少し待ってください" in page.text


# a cache that is away


@pytest.fixture
def redis_at(settings):
    def use(port):
        settings.CACHES = {"default": env.cache(f"redis://:word@127.0.0.1:{port}/0")}
        return caches["default"]

    yield use
    PatientRedisCache.is_away = False


def test_while_redis_is_down_everybody_passes_and_it_is_said_once(redis_at, caplog):
    redis_at(free_port())

    with caplog.at_level(logging.WARNING, "cityhall.cache"):
        passed = [knock() for _ in range(5)]

    assert passed == [False] * 5
    assert [record.message for record in caplog.records] == [
        "the cache is away (ConnectionError): no limit holds anybody back"
    ]


def test_a_redis_that_hangs_is_waited_for_once_and_shortly(redis_at):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        redis_at(silent.getsockname()[1])
        began = time.monotonic()

        passed = [knock() for _ in range(20)]

    assert passed == [False] * 20
    assert time.monotonic() - began < 3


def test_a_redis_that_came_back_is_asked_again(redis_at, time_machine):
    cache = redis_at(free_port())
    cache.get("anything")
    assert PatientRedisCache.is_away

    PatientRedisCache.asked_again_at = 0
    answered = Patient._ask(cache, lambda: "here", "away")

    assert (answered, PatientRedisCache.is_away) == ("here", False)


def test_the_processes_of_one_folder_count_together(settings, tmp_path):
    in_files = env.cache("") | {"LOCATION": str(tmp_path)}
    settings.CACHES = {"default": in_files}
    assert [knock(), knock()] == [False, False]

    settings.CACHES = {"default": dict(in_files)}  # another process has an object of its own

    assert knock() is True


def test_a_folder_that_cannot_be_written_lets_everybody_pass(settings, tmp_path):
    folder = tmp_path / "cache"
    settings.CACHES = {"default": env.cache("") | {"LOCATION": str(folder)}}
    knock()
    shutil.rmtree(folder)
    folder.write_text("a file in the way")

    passed = [knock() for _ in range(3)]

    PatientFileCache.is_away = False
    assert passed == [False] * 3
