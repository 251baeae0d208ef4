"""Prints the five figures of a fiscal year as known on a day (ledger.md); needs no worker to have run."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cityhall import calendar
from kpi.figures import as_json, figures_of
from kpi.forms import parse_year
from kpi.tiles import as_text


class Command(BaseCommand):
    help = "年度の五つの指標を、その日までに起きたことから数えて書き出します。"

    def add_arguments(self, parser):
        parser.add_argument("--year", help="年度（2026、R8、令和8年度。初めは、いまの年度）")
        parser.add_argument("--as-of", help="いつ現在か（2027-03-31、R9.3.31。初めは、きょう）")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, year, as_of, format, **options):
        try:
            on = calendar.parse_day(as_of) if as_of else timezone.localdate()
            year = parse_year(year) if year else calendar.fiscal_year(on)
        except ValueError as problem:
            raise CommandError(str(problem)) from None
        figures = figures_of(year, on)
        self.stdout.write(as_json(figures) if format == "json" else as_text(figures))
