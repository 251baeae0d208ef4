"""Prints the table of moves as Markdown, for the README."""

from django.core.management.base import BaseCommand

from proposals.workflow import WORKFLOW, Step


class Command(BaseCommand):
    help = "六つの段階の動作の表を、Markdownで書き出します。"

    def handle(self, **options):
        self.stdout.write("| 動作 | から | へ | 行える人 | ボタン | 理由 |")
        self.stdout.write("|---|---|---|---|---|---|")
        for row in WORKFLOW:
            self.stdout.write(
                f"| {row.name} | {Step(row.source).label} | {Step(row.target).label} | "
                f"{row.role.label} | {row.label} | {'必須' if row.needs_note else '–'} |"
            )
