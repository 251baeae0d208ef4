"""Takes the desk's spreadsheet in: cases through proposals, their TRIPs through trips (ledger.md)."""

from proposals.services import ledger
from trips.services.ledger import open_from_ledger
from zamagate.imports import TableCommand


class Command(TableCommand):
    help = "受付台帳（CSV、XLSX）を取り込みます。終了コード：0＝すべて、1＝拒否あり、2＝読めない。"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="確かめるだけで、何も保存しない")

    def take_in(self, table, *, dry_run, **options):
        return ledger.preview(table) if dry_run else ledger.take_in(table, open_project=open_from_ledger)
