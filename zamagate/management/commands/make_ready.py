"""What a start needs: tables, static files and, in an empty embedded site, the demo city."""

import hashlib

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command, get_commands
from django.db import transaction


class Command(BaseCommand):
    help = "表を最新にし、静的ファイルを集め、空なら見本のまちを入れる（本番では入れない）。"

    def handle(self, **options):
        call_command("migrate", interactive=False, verbosity=0)
        collect_static_files()
        if not settings.PRODUCTION and "load_demo" in get_commands():
            load_demo_into_empty_site()


def collect_static_files() -> None:
    """Gather and compress, unless nothing has changed since the last time."""
    stamp, now = settings.STATIC_ROOT / "stamp", fingerprint()
    if not stamp.exists() or stamp.read_text() != now:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(now)


def fingerprint() -> str:
    """Changes with our own static files and with every package."""
    seen = hashlib.sha256((settings.BASE_DIR / "requirements.lock").read_bytes())
    for path in sorted((settings.BASE_DIR / "static").rglob("*")):
        if path.is_file():
            seen.update(f"{path} {path.stat().st_mtime_ns}".encode())
    return seen.hexdigest()


def load_demo_into_empty_site() -> None:
    """All of it or nothing, so that a start cut short leaves an empty site to the next."""
    if not get_user_model().objects.exists():
        with transaction.atomic():
            call_command("load_demo")
