"""The fixed words of a logic model: its six columns, who brings what, how sure an arrow is."""

from django.db.models import TextChoices


class Column(TextChoices):
    INPUT = "input", "インプット"
    ACTIVITY = "activity", "アクティビティ"
    OUTPUT = "output", "アウトプット"
    SHORT = "short", "アウトカム 短期"
    MID = "mid", "アウトカム 中期"
    IMPACT = "impact", "インパクト"

    @property
    def place(self) -> int:
        return list(type(self)).index(self)

    @property
    def question(self) -> str:
        return QUESTIONS[self]


QUESTIONS = {
    Column.INPUT: "何を持ち寄るか",
    Column.ACTIVITY: "何をするか",
    Column.OUTPUT: "何が生まれるか",
    Column.SHORT: "だれが、どう変わるか",
    Column.MID: "しくみが、どう変わるか",
    Column.IMPACT: "まちが、どうなるか",
}

OUTCOMES = (Column.SHORT, Column.MID)


class Side(TextChoices):
    CITY = "city", "市"
    PROPOSER = "proposer", "団体"
    OTHER = "other", "ほか"


class Evidence(TextChoices):
    A = "A", "統計・研究"
    B = "B", "ほかの市の実績"
    C = "C", "現場の経験"
    D = "D", "仮説（これから確かめる）"
