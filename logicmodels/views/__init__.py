"""The pages of a logic model: reading it, drafting it, fixing an edition, its papers."""

from logicmodels.views.agreeing import agree, ask, fix_final
from logicmodels.views.around import add_assumption, assumption, remove_assumption, tidy, words
from logicmodels.views.arrows import add_arrow, arrow, remove_arrow
from logicmodels.views.booklets import booklets, retry_booklet
from logicmodels.views.editions import edition, fix
from logicmodels.views.mending import mend
from logicmodels.views.nodes import (
    add_indicator,
    add_node,
    indicator,
    move_node,
    node,
    remove_indicator,
    remove_node,
)
from logicmodels.views.papers import order, paper, print_page
from logicmodels.views.reading import index, model, new, start
from logicmodels.views.states import compare_states, export
from logicmodels.views.undoing import go

__all__ = [
    "add_arrow",
    "add_assumption",
    "add_indicator",
    "add_node",
    "agree",
    "arrow",
    "ask",
    "assumption",
    "booklets",
    "compare_states",
    "edition",
    "export",
    "fix",
    "fix_final",
    "go",
    "index",
    "indicator",
    "mend",
    "model",
    "move_node",
    "new",
    "node",
    "order",
    "paper",
    "print_page",
    "remove_arrow",
    "remove_assumption",
    "remove_indicator",
    "remove_node",
    "retry_booklet",
    "start",
    "tidy",
    "words",
]
