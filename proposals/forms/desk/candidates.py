"""合わないとした候補: why somebody does not fit a case."""

from proposals.forms.desk.base import DeskForm
from proposals.forms.fields import MUST, Line


class DismissForm(DeskForm):
    """Why this candidate does not fit this case now."""

    reason = Line(
        MUST,
        "合わないわけ",
        200,
        help_text="次に見る人が分かるように。例：曜日が合わない、前に断られた、別の団体と進める",
    )
