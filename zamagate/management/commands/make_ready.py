"""What a start needs: tables, static files and, in an empty embedded site, the demo city."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command, get_commands
from django.db import transaction


class Command(BaseCommand):
    help = "表と静的ファイルを最新にし、空なら見本のまちを入れる（本番では入れない）。"

    def handle(self, **options):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("gather_static")
        if not settings.PRODUCTION and "load_demo" in get_commands():
            load_demo_into_empty_site()


def load_demo_into_empty_site() -> None:
    """All of it or nothing, so that a start cut short leaves an empty site to the next."""
    if not get_user_model().objects.exists():
        with transaction.atomic():
            call_command("load_demo")
