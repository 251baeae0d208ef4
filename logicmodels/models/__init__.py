"""The draft people work on, what was fixed of it, and its papers."""

from logicmodels.models.agreement import Agreement
from logicmodels.models.booklet import MOST_IN_A_BOOKLET, Booklet
from logicmodels.models.draft import Arrow, EarlierDraft, LogicModel, Node
from logicmodels.models.edition import DRAFT, Edition, Paper

__all__ = [
    "DRAFT",
    "MOST_IN_A_BOOKLET",
    "Agreement",
    "Arrow",
    "Booklet",
    "EarlierDraft",
    "Edition",
    "LogicModel",
    "Node",
    "Paper",
]
