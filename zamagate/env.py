"""What the machine tells us: the variables of the environment, read once and refused in plain words."""

import os
import re
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
MODES = ("embedded", "production")
SECRET_KEY_LENGTH = 50
SQLITE = "django.db.backends.sqlite3"
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
LIMITS = "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
PLANS = "-c jit=off -c random_page_cost=1.1"  # a page of a list is few rows, through an index

read = environ.Env()


def mode() -> str:
    """ZAMAGATE_ENV; any other word than the two is refused."""
    value = read.str("ZAMAGATE_ENV", default="embedded") or "embedded"
    if value not in MODES:
        raise ImproperlyConfigured(f"ZAMAGATE_ENV は {' か '.join(MODES)} です（いまの値：{value}）。")
    return value


PRODUCTION = mode() == "production"


def debug() -> bool:
    """DEBUG, for a developer's own machine; refused in production."""
    wanted = os.environ.get("DEBUG", "").strip().lower() not in ("", "0", "false", "no", "off")
    if wanted and PRODUCTION:
        raise ImproperlyConfigured("本番では DEBUG を使えません。環境変数 DEBUG を外してください。")
    return wanted


def secret_key() -> str:
    """SECRET_KEY; production refuses to start without a long one, embedded makes its own."""
    key = read.str("SECRET_KEY", default="")
    if PRODUCTION and len(key) < SECRET_KEY_LENGTH:
        raise ImproperlyConfigured(f"本番では SECRET_KEY（{SECRET_KEY_LENGTH}字以上）が必要です。")
    return key or own_secret_key(VAR / "secret_key")


def own_secret_key(path: Path) -> str:
    """The key kept in a file only its owner reads; whoever writes first wins, and nobody reads half a key."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600, exist_ok=False)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was quicker
        finally:
            draft.unlink()
    return path.read_text()


def allowed_hosts() -> list[str]:
    """ALLOWED_HOSTS, comma separated; production refuses to start without."""
    hosts = [host.strip() for host in read.str("ALLOWED_HOSTS", default="").split(",") if host.strip()]
    if PRODUCTION and not hosts:
        raise ImproperlyConfigured("本番では ALLOWED_HOSTS（公開するホスト名。複数は , 区切り）が必要です。")
    return hosts or ["localhost", "127.0.0.1", "[::1]"]


def database() -> dict:
    """DATABASE_URL; without it the SQLite file in var/, set up so that no commit is lost or half written."""
    url = read.str("DATABASE_URL", default="")
    config = read.db_url_config(url) if url else {"ENGINE": SQLITE, "NAME": str(VAR / "db.sqlite3")}
    options = config.setdefault("OPTIONS", {})
    if config["ENGINE"] == SQLITE:
        options |= {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": PRAGMAS}
        return config | {"CONN_MAX_AGE": 60}
    options["options"] = f"{LIMITS} {PLANS}"
    if PRODUCTION:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 3}
    return config | {"CONN_HEALTH_CHECKS": True}


def cache(redis_url: str) -> dict:
    """Redis, or files the processes of this folder share; a cache that does not answer is not waited for."""
    if not redis_url:
        files = {"LOCATION": str(VAR / "cache"), "TIMEOUT": 3600, "OPTIONS": {"MAX_ENTRIES": 10_000}}
        return {"BACKEND": "cityhall.cache.PatientFileCache"} | files
    at_once = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "retry": Retry(NoBackoff(), 0)}
    return {"BACKEND": "cityhall.cache.PatientRedisCache", "LOCATION": redis_url, "OPTIONS": at_once}


def email() -> dict:
    """EMAIL_URL; without it letters are written to var/mail. `?from=` names the sender."""
    if url := read.str("EMAIL_URL", default=""):
        return read.email_url_config(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(VAR / "mail"),
    }


def site_url(hosts: list[str]) -> str:
    """SITE_URL, as letters write it; without it the first public host in production, else loopback."""
    if url := read.str("SITE_URL", default=""):
        return url.rstrip("/")
    return f"https://{hosts[0].lstrip('.')}" if PRODUCTION else f"http://127.0.0.1:{port()}"


def clamd_url() -> str:
    """CLAMD_URL of the virus scanner, unix:/path or tcp://host:port; without it files stay 未検査."""
    url = read.str("CLAMD_URL", default="")
    if url and not re.fullmatch(r"unix:/.+|tcp://[^/:]+(:\d+)?", url):
        raise ImproperlyConfigured(f"CLAMD_URL は unix:/場所 か tcp://ホスト:番号 です（いまの値：{url}）。")
    return url


def port() -> int:
    """PORT of the web server (8000); anything but a port number is refused."""
    value = read.str("PORT", default="") or "8000"
    if not (value.isascii() and value.isdecimal() and 0 < int(value) < 65536):
        raise ImproperlyConfigured(f"PORT は 1〜65535 の番号です（いまの値：{value}）。")
    return int(value)


def hidden_packages() -> set[str]:
    """ZAMAGATE_HIDE: system packages to treat as missing, to try the site without (pango, fonts)."""
    return set(read.str("ZAMAGATE_HIDE", default="").split(","))


def make_folders() -> None:
    """The folders the site writes to; a folder that cannot be made stops the start here, not in a visit."""
    for name in ("media", "mail", "static", "celery/queue", "celery/control"):
        (VAR / name).mkdir(parents=True, exist_ok=True)
