"""The draft people work on, what was fixed of it, and its papers."""

from logicmodels.models.agreement import Agreement
from logicmodels.models.draft import Arrow, EarlierDraft, LogicModel, Node
from logicmodels.models.edition import DRAFT, Edition, Paper

__all__ = ["DRAFT", "Agreement", "Arrow", "EarlierDraft", "Edition", "LogicModel", "Node", "Paper"]
