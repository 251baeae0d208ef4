"""The draft people work on, what was fixed of it, and its papers."""

from logicmodels.models.draft import Arrow, LogicModel, Node
from logicmodels.models.edition import Edition, Paper

__all__ = ["Arrow", "Edition", "LogicModel", "Node", "Paper"]
