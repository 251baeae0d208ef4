"""Checks every chain of records and names the first bad one."""

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from cityhall import records
from cityhall.models import Record


class Command(BaseCommand):
    help = "記録の連なりを確かめ、合わない最初の記録を示します。"

    def handle(self, **options):
        for model in apps.get_models():
            if issubclass(model, Record):
                self._check(model)

    def _check(self, model):
        if bad := records.first_bad(model):
            raise CommandError(
                f"{model._meta.verbose_name}：{bad.subject} の {bad.sequence} 番の記録が合いません。"
            )
        count = model.objects.count()
        self.stdout.write(f"{model._meta.verbose_name}：{count}件の記録は、すべて連なっています。")
