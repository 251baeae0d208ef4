import re

import pytest

from tests.services import private
from tests.services.cities import ROOT
from tests.services.compose import Compose
from tests.services.visitor import Visitor

FILE = ROOT / "docker-compose.yml"
SECRETS = ("SECRET_KEY", "ALLOWED_HOSTS", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "EMAIL_URL")
GIVEN = {name: f"given-{name}" for name in SECRETS}


@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_has_a_default(secret):
    given = {name: value for name, value in GIVEN.items() if name != secret}

    with pytest.raises(KeyError, match=secret):
        Compose.read(FILE, **given)


def test_the_file_starts_the_scaled_mode_and_nothing_else():
    compose = Compose.read(FILE, **GIVEN)

    assert compose.services.keys() == {"tables", "web", "worker", "beat", "postgres", "redis"}
    assert compose.volumes.keys() == {"media", "postgres", "redis"}
    assert sum("beat" in service.get("command", []) for service in compose.services.values()) == 1


def test_every_lasting_service_is_asked_for_its_health():
    services = Compose.read(FILE, **GIVEN).services

    assert {name for name, service in services.items() if "healthcheck" not in service} == {"tables"}


def test_redis_keeps_what_it_was_given_and_asks_for_a_password():
    command = Compose.read(FILE, **GIVEN).services["redis"]["command"]

    assert command == ["redis-server", "--appendonly", "yes", "--requirepass", "given-REDIS_PASSWORD"]


def test_the_site_gets_exactly_the_variables_it_reads():
    services = Compose.read(FILE, **GIVEN).services
    code = "".join(path.read_text() for path in (ROOT / "zamagate").glob("*.py"))
    read = set(re.findall(r'read\.(?:str|int|bool)\("(\w+)"', code))

    for name in ("tables", "web", "worker", "beat"):
        assert services[name]["environment"].keys() == read - {"ZAMAGATE_HIDE"}


def test_only_this_host_reaches_the_web_server_and_nobody_the_others():
    services = Compose.read(FILE, **GIVEN).services

    assert {name: service["ports"] for name, service in services.items() if "ports" in service} == {
        "web": ["127.0.0.1:8000:8000"]
    }


@pytest.mark.services
def test_the_scaled_city_is_healthy(scaled_city):
    for name in ("web", "worker", "beat"):
        private.wait_until(lambda name=name: scaled_city.is_healthy(name), 60, why=scaled_city.log(name))


@pytest.mark.services
def test_behind_its_proxy_the_scaled_city_speaks_https_alone(scaled_city):
    visitor = Visitor(scaled_city.base_url)

    page = visitor.get("/accounts/login/")

    assert page.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert {cookie.name for cookie in visitor.cookies} == {"__Host-csrftoken"}
    assert all(cookie.secure for cookie in visitor.cookies)


@pytest.mark.services
def test_style_sheets_are_kept_for_ever_and_carry_the_policy_too(scaled_city):
    visitor = Visitor(scaled_city.base_url)
    page = visitor.get("/accounts/login/").read().decode()

    sheet = visitor.get(re.search(r'href="(/static/[^"]+\.css)"', page).group(1))

    assert sheet.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert "default-src 'none'" in sheet.headers["Content-Security-Policy"]


@pytest.mark.services
def test_a_wrong_password_is_refused_with_the_page_again(scaled_city):
    visitor = Visitor(scaled_city.base_url)
    form = visitor.form("/accounts/login/")

    answer = visitor.post("/accounts/login/", **form, login="desk", password="wrong")

    assert answer.status == 200
    assert answer.url.endswith("/accounts/login/")


@pytest.mark.services
def test_no_demo_account_exists_in_production(scaled_city):
    visitor = Visitor(scaled_city.base_url)
    form = visitor.form("/accounts/login/")

    answer = visitor.post("/accounts/login/", **form, login="desk", password="demo-zama")

    assert answer.url.endswith("/accounts/login/")
