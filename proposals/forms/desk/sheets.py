"""つなぐシート to sections, an answer no longer waited for, the section in charge."""

from django import forms

from cityhall.models import Department
from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import FREE, MUST, Drop, Line, Lines, Pick, Ticks
from proposals.forms.section.fields import WHEN_CHOSEN, Day
from proposals.models import Hearing
from proposals.topics import TOPICS, topics_of

FEW, MOST = 3, 12  # sections a press


class AskForm(CaseForm):
    """つなぐシート to several sections in one press, each with its own request, reason and day."""

    slot = "ask"
    is_growing = False  # shown again with room for more
    topics = Ticks(
        FREE, "該当するテーマ", TOPICS, help_text="提案の分野から印をつけました。足し引きできます。"
    )
    care = Lines(
        FREE, "配慮すること", 400, help_text="どの課にも届きます。非公開の希望は、自動で添えられます。"
    )
    count = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MOST)

    def __init__(self, data=None, *, proposal, departments, due_on, initial=None, **options):
        begin = {"due_on": due_on, "topics": topics_of(proposal.fields), "count": FEW}
        super().__init__(data, proposal=proposal, initial=begin | (initial or {}), **options)
        self.departments = departments
        self.numbers = range(1, self._count() + 1)
        for n in self.numbers:
            self.fields |= _row(n, departments, due_on)

    def _count(self) -> int:
        told = str(self["count"].value() or FEW)
        return max(1, min(int(told), MOST)) if told.isascii() and told.isdigit() and len(told) < 3 else FEW

    @property
    def rows(self) -> list[list]:
        """A section each: its fields, for the template."""
        return [[self[name] for name in _names(n)] for n in self.numbers]

    def with_more(self) -> "AskForm":
        """The same with room for more sections; what was typed stays, nothing is checked."""
        typed = {name: self[name].value() for name in self.fields}
        typed["count"] = min(len(self.numbers) + FEW, MOST)
        due_on = self.initial["due_on"]
        more = AskForm(proposal=self.proposal, departments=self.departments, due_on=due_on, initial=typed)
        more.is_growing = True
        return more

    def clean(self):
        given = super().clean()
        chosen = [given[f"section{n}"] for n in self.numbers if given.get(f"section{n}")]
        for n in self.numbers:
            self._check_row(n, given, chosen)
        if not chosen and "section1" not in self.errors:
            self.add_error("section1", "課を1つ以上選んでください。")
        return given

    def _check_row(self, n: int, given: dict, chosen: list[int]) -> None:
        section, _, reason, due = _names(n)
        asked = given.get(section)
        wrong = (
            (section, not asked and given.get(reason), "どの課への理由かを選んでください。"),
            (section, chosen.count(asked) > 1, "同じ課を2度選んでいます。"),
            (
                reason,
                asked and not (given.get(reason) or given.get("reason1")),
                "つなぐ理由を書いてください。",
            ),
            (due, asked and not given.get(due), "返事の期限を入れてください。"),
        )
        for name, is_wrong, words in wrong:
            if is_wrong and name not in self.errors:
                self.add_error(name, words)

    def for_service(self) -> dict:
        """What `hearings.ask_all` asks for: a sheet for each section that was chosen."""
        given = self.cleaned_data
        named = [_names(n) for n in self.numbers if given[f"section{n}"]]
        asked = Department.objects.in_bulk([given[section] for section, *_ in named])
        sheets = [
            {
                "department": asked[given[section]],
                "request": given[request] or Hearing.Request.TELL,
                "reason": given[reason] or given["reason1"],
                "due_on": given[due],
            }
            for section, request, reason, due in named
        ]
        return {"sheets": sheets} | {name: given[name] for name in ("topics", "care", "version")}


def _names(n: int) -> list[str]:
    return [f"{part}{n}" for part in ("section", "request", "reason", "due")]


def _row(n: int, departments, due_on) -> dict:
    section = forms.TypedChoiceField(
        label=f"つなぎ先の課（{n}）",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "課を選ぶ"), *departments],
        error_messages={"invalid_choice": "一覧にある課を選んでください。"},
    )
    section.needed, section.plain = n == 1, n > 1
    same = "空けると、1つ目の課と同じ理由で届きます。" if n > 1 else ""
    why = "その課の困りごとの側から書くと、同じ説明を繰り返さずに済みます。"
    fields = (
        section,
        Drop(WHEN_CHOSEN, f"お願いの種類（{n}）", Hearing.Request.choices, initial=Hearing.Request.TELL),
        Lines(FREE if n > 1 else WHEN_CHOSEN, f"つなぐ理由（{n}）", 400, help_text=same or why),
        Day(WHEN_CHOSEN, f"返事の期限（{n}）", help_text="ふつうは7開庁日です。", initial=due_on),
    )
    return dict(zip(_names(n), fields, strict=True))


class WaiveForm(CaseForm):
    """No longer waiting for a section."""

    reason = Lines(MUST, "待たない理由", 200, help_text="記録に残り、その課も読みます。")


class ConsolidateForm(CaseForm):
    """The sections' answers in the desk's words."""

    slot = "consolidate"
    text = Lines(
        MUST,
        "窓口のまとめ",
        1000,
        help_text="どこが同じで、どこが違い、どう進めるかを書きます。返事をした課と、⑥の判断の画面に出ます。",
    )


class SectionQuestionForm(CaseForm):
    """A section's question, put to the proposer in words the desk may smooth, or answered by the desk."""

    slot = "wish"
    PUT, TELL = "put", "tell"
    how = Pick(
        MUST,
        "どうしますか",
        [(PUT, "提案者に尋ねる"), (TELL, "窓口から課に答える")],
        {PUT: "返事があるまで、その課の日数は止まります。", TELL: "提案者には届きません。"},
        initial=PUT,
    )
    text = Lines(MUST, "文", 800, help_text="尋ねるときは、そのまま提案者のページに出ます。")
    due_on = Day(WHEN_CHOSEN, "返事の期限", help_text="尋ねるときだけ使います。ふつうは5開庁日です。")

    def __init__(self, data=None, *, question, due_on, **options):
        told = {"text": question.text, "due_on": due_on}
        super().__init__(data, proposal=question.hearing.proposal, initial=told, **options)

    def for_service(self) -> dict:
        """`puts` tells which service takes the rest."""
        given = self.cleaned_data
        puts = given["how"] == self.PUT
        more = {"due_on": given["due_on"], "version": given["version"]} if puts else {}
        return {"puts": puts, "text": given["text"], **more}


class LeadForm(CaseForm):
    """The section in charge."""

    slot = "lead"
    department = forms.TypedChoiceField(
        label="所管課", coerce=int, error_messages={"required": "課を選んでください。"}
    )
    note = Line(FREE, "決めた理由", 200)

    def __init__(self, data=None, *, proposal, departments, **options):
        super().__init__(data, proposal=proposal, initial={"department": proposal.department_id}, **options)
        self.fields["department"].choices = [("", "課を選ぶ"), *departments]

    def for_service(self) -> dict:
        chosen = Department.objects.get(pk=self.cleaned_data["department"])
        return self.cleaned_data | {"department": chosen}
