"""Prints a logic model as PDF: its newest edition, or its draft as it stands, which says so."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cityhall import papers, pdf_fonts
from logicmodels import pdf
from logicmodels.models import Edition, LogicModel, Paper


class Command(BaseCommand):
    help = "ロジックモデルをPDFにします。版がなければ下書きを、「下書き」と書いて出します。"

    def add_arguments(self, parser):
        parser.add_argument("number", metavar="LM-R8-001", help="ロジックモデルの番号")
        parser.add_argument("--paper", choices=Paper.Size.values, default="A3", help="紙の大きさ（横）")
        parser.add_argument("--out", metavar="FILE.pdf", required=True, help="書き出す先")

    def handle(self, *, number, paper, out, **options):
        model = LogicModel.objects.with_editions().filter(number=number).first()
        if model is None:
            raise CommandError(f"ロジックモデル {number} はありません。")
        try:
            data = pdf.pdf_of(_newest(model), paper)
            papers.put(Path(out), data)
        except pdf_fonts.NoPango as missing:
            raise CommandError(str(missing)) from None
        except OSError as problem:
            raise CommandError(f"{out} に書き出せません：{problem.strerror}") from None
        self.stdout.write(out)


def _newest(model: LogicModel) -> Edition:
    """The newest edition when nothing was changed since, else the draft."""
    last = model.editions.first()
    draft = Edition.of_draft(model)
    return last if last and last.sha256 == draft.sha256 else draft
