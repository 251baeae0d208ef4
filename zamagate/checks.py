"""What `check --deploy` asks beyond Django's own questions."""

from urllib.parse import urlparse

from django.conf import settings
from django.core.checks import Warning, register


@register(deploy=True)
def redis_has_a_password(app_configs, **kwargs) -> list[Warning]:
    """Whoever can write to Redis can run tasks, so it must ask for a password."""
    url = urlparse(settings.REDIS_URL)
    if not settings.REDIS_URL or url.password or url.scheme == "unix":
        return []
    return [Warning("REDIS_URL にパスワードがありません。", id="zamagate.W001")]
