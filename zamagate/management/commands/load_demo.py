"""Loads the demo city: for trying the site and showing it, never for real work."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from proposals.models import Proposal
from proposals.services.receipts import hash_code
from zamagate.demo_city import DEMO_CODES, load


class Command(BaseCommand):
    help = "見本のまち（架空の案件と、資料に基づく TRIP 0.0）を入れます。2度行っても変わりません。"

    @transaction.atomic
    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("本番には、見本のまちを入れません。")
        load()
        self.stdout.write(f"見本のまちを入れました。案件 {Proposal.objects.count()}件。")
        for code in DEMO_CODES.values():
            case = Proposal.objects.filter(receipt_codes__code_hash=hash_code(code)).first()
            if case:
                self.stdout.write(f"提案者のページ：受付番号 {case.number}　確認番号 {code}　{case.title}")
