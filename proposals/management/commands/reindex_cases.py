"""`manage.py reindex_cases`: makes what the cases are found by anew."""

from django.core.management.base import BaseCommand

from proposals.services.indexing import rebuild


class Command(BaseCommand):
    help = "案件の検索の索引を、はじめから作り直します。"

    def handle(self, *args, **options):
        self.stdout.write(f"{rebuild()}件の案件の索引を作り直しました。")
