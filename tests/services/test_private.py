import pytest

from tests.services import private


@pytest.mark.parametrize("name", ["postgresql", "redis", "chromium", "poppler", "pango"])
def test_a_hidden_service_is_a_skip_with_its_reason(monkeypatch, name):
    monkeypatch.setenv("ZAMAGATE_HIDE", name)
    monkeypatch.delenv("CI", raising=False)

    with pytest.raises(pytest.skip.Exception, match=name):
        private.need(name)


def test_in_ci_a_missing_service_is_a_failure(monkeypatch):
    monkeypatch.setenv("ZAMAGATE_HIDE", "redis")
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match="redis"):
        private.need("redis")
