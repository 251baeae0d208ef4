"""What the import commands share: a line for each refused row, the counts last, and the exit code."""

from django.core.management.base import BaseCommand, CommandError

from cityhall.tables import UnreadableTable, read_table

SOME_REFUSED, UNREADABLE = 1, 2


class TableCommand(BaseCommand):
    """A command that takes a table in; `take_in(table, **options)` gives the report."""

    def add_arguments(self, parser):
        parser.add_argument(
            "file", metavar="FILE", help="取り込む表（XLSX、CSV：UTF-8、UTF-8 BOM付き、CP932）"
        )

    def handle(self, *, file, **options):
        try:
            report = self.take_in(read_table(file), **options)
        except UnreadableTable as problem:
            raise CommandError(str(problem), returncode=UNREADABLE) from None
        if report.unread_columns:
            self.stderr.write(f"読まなかった列：{'・'.join(report.unread_columns)}")
        for reading in report.refused:
            self.stdout.write(f"拒否 {reading}")
        self.stdout.write(report.summary)
        if report.refused:
            raise SystemExit(SOME_REFUSED)
