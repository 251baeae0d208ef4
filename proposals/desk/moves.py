"""ほかにできること: every move the desk may make from here, what it does, and what it still lacks."""

from dataclasses import dataclass

from cityhall.models import Role
from cityhall.workflow import Transition
from proposals.desk.links import case_url, deed_url
from proposals.models import Proposal
from proposals.services import moves_for
from proposals.workflow import SIX_STEPS

A_LETTER = "提案者に、進んだことを10分後にメールで知らせます。それまでは取り消せます。"
EFFECTS = {
    "accept": "②内容整理に進みます。",
    "start_hearing": f"③に進みます。返事があるまで、いまの番は関係課です。{A_LETTER}",
    "start_matching": f"④に進みます。{A_LETTER}",
    "start_model": "⑤に進みます。",
    "refer": "⑥に進みます。所管課の長が判断し、窓口からは戻せません。",
    "withdraw": "提案者から申し出があったときだけ。案件は終わります。",
    "out_of_scope": "次の窓口を示して、案件を終えます。",
    "hand_on": "相互提案型協働事業・PFI法6条・入札や随契・後援名義・市民の声など。",
    "merge": "2つを見比べてから、もう1つの案件に合わせて終えます。番号は両方とも残ります。",
    "unmerge": "もう一度べつの案件にして、指標にも戻します。これまでの記録は残ります。",
    "reopen": "もう一度、動いている案件にします。これまでの記録は残ります。",
}
GOING_BACK = "理由が要ります。届いた返事や書いたものは残ります。"
NO_LETTER = "提案者の確認ページが変わります。メールは出ないので、窓口からお伝えください。"
NEXT_PLACE_LETTER = (
    "提案者に、次の窓口を知らせるメールを10分後に出します。それまでは取り消せます。"
    "登録がなければ、電話などでお伝えください。"
)
TOLD = {
    "refer": f"所管課の「課のまど」に、判断する案件として出ます。{A_LETTER}",
    "withdraw": NO_LETTER,
    "out_of_scope": NEXT_PLACE_LETTER,
    "hand_on": NEXT_PLACE_LETTER,
    "unmerge": f"まとめ先の初回相談日は、もとの日に戻ります。{NO_LETTER}",
}
ENDING = {"withdraw", "out_of_scope", "merge"}
HAS_CONSEQUENCES = {"refer", "hand_on", "unmerge", *ENDING}
# where a missing thing is mended: the first word found in the guard's sentence decides
PLACES = (
    ("「相談」", "now"),
    ("受付の確かめ", "gate"),
    ("つなぐシート", "sheets"),
    ("返事", "sheets"),
    ("所管課", "lead"),
    ("ロジックモデル", "logic-model"),
)


@dataclass(frozen=True)
class Move:
    """A move as the case's page offers it."""

    row: Transition
    label: str
    effect: str
    url: str
    missing: list[tuple[str, str]]  # what, and the link to where it is mended

    @property
    def is_ending(self) -> bool:
        return self.row.name in ENDING

    @property
    def is_at_once(self) -> bool:
        """Nothing to write, nothing missing, nothing lost: the button does it."""
        return not (self.missing or self.row.needs_note or self.row.name in HAS_CONSEQUENCES)

    @property
    def told(self) -> str:
        """Who is told what, said before anything happens."""
        return TOLD.get(self.row.name, "")


def moves(user, case: Proposal) -> list[Move]:
    """The desk's moves from here in process order; a head's are made on the section's page alone."""
    return [move_of(case, row) for row in moves_for(user, case) if row.role == Role.DESK]


def move_of(case: Proposal, row: Transition, *, is_from_here: bool = True) -> Move:
    """A row of the table as this case offers it."""
    lacking = row.guard(case) if is_from_here else []
    missing = [(words, case_url(case, _place(words))) for words in lacking]
    effect = EFFECTS.get(row.name, GOING_BACK)
    url = deed_url(case, "merge") if row.name == "merge" else deed_url(case, "move", row.name)
    return Move(row, _label(row), effect, url, missing)


def _label(row: Transition) -> str:
    """④ マッチング・調整へ進める: with the number of the step it leads to, where it is one of the six."""
    is_a_step = row.target in SIX_STEPS and row.name not in ("accept", "refer", "reopen")
    return f"{chr(0x2460 + SIX_STEPS.index(row.target))} {row.label}" if is_a_step else row.label


def _place(words: str) -> str:
    return next((anchor for word, anchor in PLACES if word in words), "now")
