"""Takes a logic model in from a JSON file; the number it got stands alone on the last line."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cityhall.refusal import NotAllowed
from logicmodels.services import bring_in
from proposals.models import Proposal

REFUSED, UNREADABLE = 1, 2
LARGEST = 2_000_000  # bytes


class Command(BaseCommand):
    help = (
        "ロジックモデルをJSONから取り込みます。最後の行は番号です。"
        "終了コード：0＝取り込んだ、1＝拒否、2＝読めない。"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.json", help="ロジックモデルのJSON（UTF-8）")
        parser.add_argument("--case", metavar="R8-0001", help="この案件のロジックモデルにする")

    def handle(self, *, file, case, **options):
        content = _read(Path(file))
        try:
            model = bring_in(content, proposal=_case(case) if case else None)
        except NotAllowed as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from None
        self.stdout.write(model.number)


def _read(file: Path) -> object:
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(f"{file.name} は大きすぎます（2MBまで）。", returncode=UNREADABLE)
        return json.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as problem:
        raise CommandError(f"{file} を開けません：{problem.strerror}", returncode=UNREADABLE) from None
    except UnicodeDecodeError:
        raise CommandError(
            f"{file.name} は、文字コードがUTF-8ではありません。", returncode=UNREADABLE
        ) from None
    except (ValueError, RecursionError) as problem:
        raise CommandError(
            f"{file.name} は、JSONとして読めません：{problem}", returncode=UNREADABLE
        ) from None


def _case(number: str) -> Proposal:
    found = Proposal.objects.filter(number=number).first()
    if found is None:
        raise CommandError(f"案件 {number} はありません。", returncode=REFUSED)
    return found
