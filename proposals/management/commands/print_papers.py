"""The sheets to write on, as PDF, so that nobody waits for them."""

from django.core.management import BaseCommand

from cityhall.pdf_fonts import NoPango
from proposals import paper
from proposals.models import Track


class Command(BaseCommand):
    help = "相談・提案の用紙をPDFにする。前回から変わっていなければ何もしない。"

    def handle(self, **options):
        try:
            for track in Track:
                paper.print_pdf(track)
        except NoPango as missing:
            self.stdout.write(f"{missing}用紙は印刷用の画面だけになります。")
