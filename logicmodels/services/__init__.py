"""The verbs of a logic model: drafting it, fixing an edition, ordering its paper."""

from logicmodels.services.agreeing import agree_as_head, agree_as_proposer, ask
from logicmodels.services.arrows import add_arrow, edit_arrow, remove_arrow
from logicmodels.services.booklets import order_booklet, retry_booklet
from logicmodels.services.drafting import (
    add_assumption,
    bring_in,
    edit_assumption,
    edit_words,
    import_content,
    remove_assumption,
    start,
    tidy,
)
from logicmodels.services.editions import fix_final, fix_trial
from logicmodels.services.mending import mend
from logicmodels.services.nodes import (
    add_indicator,
    add_node,
    edit_indicator,
    edit_node,
    move_node,
    remove_indicator,
    remove_node,
    step_node,
)
from logicmodels.services.papers import order_paper
from logicmodels.services.undoing import go

__all__ = [
    "add_arrow",
    "add_assumption",
    "add_indicator",
    "add_node",
    "agree_as_head",
    "agree_as_proposer",
    "ask",
    "bring_in",
    "edit_arrow",
    "edit_assumption",
    "edit_indicator",
    "edit_node",
    "edit_words",
    "fix_final",
    "fix_trial",
    "go",
    "import_content",
    "mend",
    "move_node",
    "order_booklet",
    "order_paper",
    "remove_arrow",
    "remove_assumption",
    "remove_indicator",
    "remove_node",
    "retry_booklet",
    "start",
    "step_node",
    "tidy",
]
