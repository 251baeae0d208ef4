"""What reading a table came to: an outcome for each row, and the sum of them."""

from dataclasses import dataclass, field
from enum import StrEnum

from cityhall.models import Department
from proposals.ledger.cells import Problem


class Outcome(StrEnum):
    """What becomes of a row (結果)."""

    NEW = "取り込み"
    CHANGED = "変更"
    SAME = "変更なし"
    REFUSED = "拒否"


@dataclass
class Reading:
    """What one line of the file came to (読み取り): a row, or the reasons for refusing it."""

    line: int
    key: str
    row: object | None
    problems: list[Problem] = field(default_factory=list)
    department: Department | None = None

    @property
    def is_good(self) -> bool:
        return not self.problems

    def __str__(self):
        return f"{self.key or '番号なし'}（{self.line}行目） {'／'.join(map(str, self.problems))}"


@dataclass
class Report:
    """What an import did, or would do (取込みの結果)."""

    rows: list[tuple[Outcome, Reading]]
    unread_columns: list[str] = field(default_factory=list)

    @property
    def refused(self) -> list[Reading]:
        return [reading for outcome, reading in self.rows if outcome == Outcome.REFUSED]

    @property
    def summary(self) -> str:
        outcomes = [outcome for outcome, _ in self.rows]
        return "・".join(f"{outcome} {outcomes.count(outcome)}" for outcome in Outcome)
