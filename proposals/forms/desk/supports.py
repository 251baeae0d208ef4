"""地域活動支援: a promise, a day of delivery, and what is taken back."""

from django.utils import timezone

from cityhall import text
from cityhall.refusal import NotAllowed
from proposals.forms.desk.base import DeskForm
from proposals.forms.fields import FREE, MUST, Code, Drop, Line, Tick
from proposals.forms.section.fields import Day
from proposals.models import OrganizationKind, Proposal
from proposals.services.supports import NotCounted

KINDS = [kind for kind in OrganizationKind.choices if kind[0] != OrganizationKind.CITY]


def case_number(typed: str) -> str:
    """The number of a case as typed; refuses one there is not."""
    number = text.search_key(typed).upper()
    if not Proposal.objects.filter(number=number).exists():
        raise ValueError(f"{number} という案件はありません。番号を確かめてください。")
    return number


class PromiseForm(DeskForm):
    """Who promises whom what; one that KPI 5 does not count is asked about once more."""

    provider = Line(MUST, "提供者（支える団体）", 100, room=300)
    provider_kind = Drop(MUST, "提供者の区分", KINDS, initial=OrganizationKind.COMPANY)
    recipient = Line(MUST, "受け手（支えられる団体・活動）", 100, room=300)
    recipient_kind = Drop(
        MUST,
        "受け手の区分",
        OrganizationKind.choices,
        initial=OrganizationKind.CIVIC,
        help_text="自治会・こども食堂は「市民活動団体」です。",
    )
    purpose = Line(
        MUST, "目的", 200, help_text="提供者・受け手・目的の組み合わせで1件と数えます。例：食材の提供"
    )
    promise = Line(FREE, "約束の中身", 200, help_text="例：毎月第2土曜に、野菜を20人分")
    promised_on = Day(MUST, "約束した日", initial=timezone.localdate)
    proposal = Code(FREE, "もとの案件の番号", case_number, help_text="案件から生まれたときだけ。例：R8-0009")
    is_sure = Tick(FREE, "数えないことを承知で、記録として残す")

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self._aside = self.fields.pop("is_sure")
        if data and "is_sure" in data:
            self.fields["is_sure"] = self._aside

    def refuse(self, refusal: NotAllowed) -> None:
        super().refuse(refusal)
        if isinstance(refusal, NotCounted):
            self.fields["is_sure"] = self._aside

    def for_service(self) -> dict:
        given = dict(self.cleaned_data)
        for end in ("provider", "recipient"):
            given[end] = {"name": given[end], "kind": given.pop(f"{end}_kind")}
        number = given["proposal"]
        return given | {"proposal": Proposal.objects.get(number=number) if number else None}


class DeliverForm(DeskForm):
    """A day on which it was delivered."""

    on = Day(MUST, "実施した日", initial=timezone.localdate)
    note = Line(FREE, "実施の中身", 200, help_text="例：野菜20人分。こども15人、おとな8人")


class ReasonForm(DeskForm):
    """Why something is taken back."""

    reason = Line(MUST, "わけ", 200, help_text="両方の団体の記録に残ります。")
