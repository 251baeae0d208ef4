"""Advice on a logic model: findings E1–E8 and W1–W14, pure functions on its content, never a score.

For the draft and the 試行版 all of it is advice; an open E finding is answered in a sentence before a 試行版.
W13 (agreed by both sides) is not asked here: the content does not know who agreed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from logicmodels.chain import Chain
from logicmodels.checks import advice, musts

GROUPS = ("意味があるか", "道理が通るか", "できるか", "確かめられるか")
MEANINGFUL, PLAUSIBLE, DOABLE, TESTABLE = GROUPS
GROUP_OF = {
    MEANINGFUL: ("E8", "W1", "W2", "W8", "W9"),
    PLAUSIBLE: ("E1", "E2", "E3", "E4", "E5", "E6", "W4", "W5", "W6"),
    DOABLE: ("W7", "W11"),
    TESTABLE: ("E7", "W3", "W10", "W12", "W14"),
}


@dataclass(frozen=True)
class Finding:
    """One piece of advice, at a node or on the whole."""

    code: str
    node: str | None
    text: str

    @property
    def is_error(self) -> bool:
        """Whether it must be answered in a sentence before a 試行版 is fixed."""
        return self.code.startswith("E")

    @property
    def group(self) -> str:
        return next(group for group, codes in GROUP_OF.items() if self.code in codes)

    @property
    def key(self) -> str:
        """What an answer is given to."""
        return f"{self.code}:{self.node}" if self.node else self.code


def check(content: dict, year: int | None = None) -> list[Finding]:
    """Every finding, by code and down the columns; `year` is the fiscal year the work starts in (W11)."""
    chain = Chain(content)
    found = [found for rule in (*musts.RULES, *advice.RULES) for found in rule(chain)]
    return [Finding(*told) for told in (*found, *advice.w11(chain, year))]


def grouped(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """The findings under the four questions, in their order."""
    return [(group, [finding for finding in findings if finding.group == group]) for group in GROUPS]
