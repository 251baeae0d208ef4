"""Takes in the table of 地域活動支援 (ledger.md)."""

from proposals.services import supports
from zamagate.imports import TableCommand


class Command(TableCommand):
    help = "地域活動支援の表（CSV）を取り込みます。終了コード：0＝すべて、1＝拒否あり、2＝読めない。"

    def take_in(self, table, **options):
        return supports.take_in(table)
