"""The public form as a whole: its four parts, all of them checked again, what the desk takes in."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BoundField
from django.urls import reverse

from cityhall.templatetags.zama import first_id, in_summary
from proposals.forms import words
from proposals.forms.part import PartForm
from proposals.forms.questions import Agreement, Organization, Substance, Wishes
from proposals.models import Draft, Track

LATE = "時間がたったため、もう一度送ってください。書いた文はそのまま残っています。"
CONFIRM = 4
FORMS: dict[int, type[PartForm]] = {1: Organization, 2: Substance, 3: Wishes, CONFIRM: Agreement}
TITLES = {1: "団体と連絡先", 2: "提案の内容", 3: "お願いと持ち寄り", CONFIRM: "確認と約束"}
# form field: column
ORGANIZATION = {
    "organization_name": "name",
    "organization_kind": "kind",
    "organization_kana": "kana",
    **{same: same for same in ("corporate_number", "postal_code", "address", "website")},
}
CONTACT = {
    "contact_name": "name",
    "contact_kana": "kana",
    **{same: same for same in ("section", "email", "phone", "ways", "consideration")},
}
ASKED_BUT_NOT_KEPT = ("answer_to", "papers", "notices", "privacy")
NOT_REPEATED = ("email_again", "papers")  # on the last page
SUBMISSION = {
    same: same
    for same in (
        *("representative", "local_base"),
        *Substance.base_fields,
        *Wishes.base_fields,
        *Agreement.base_fields,
    )
    if same not in ASKED_BUT_NOT_KEPT
}


@dataclass(frozen=True)
class Step:
    """A part on its way: done, now or later."""

    number: int
    place: int
    title: str
    state: str


def parts_of(track: str) -> list[int]:
    """The numbers of the parts of this track; a 相談 has nothing to ask in the third."""
    return [part for part in TITLES if part != 3 or track == Track.PROPOSAL]


def steps(track: str, now: int) -> list[Step]:
    """The parts as the bar over the page shows them; `now` is the number of the part in hand."""
    found = []
    for place, part in enumerate(parts_of(track), 1):
        state = "done" if part < now else "now" if part == now else "later"
        found.append(Step(part, place, title_of(part, track), state))
    return found


def title_of(part: int, track: str) -> str:
    """How a part is called; a 相談 is not called a proposal."""
    return TITLES[part] if track == Track.PROPOSAL else TITLES[part].replace("提案", "相談")


def address_of(part: int) -> str:
    """Where a part is filled in."""
    if part == CONFIRM:
        return reverse("public:propose_confirm")
    return reverse("public:propose_part", args=[part])


class Whole:
    """A draft read from the first part to the third: what is still to be mended, and what to send."""

    def __init__(self, draft: Draft):
        self.track = Track(draft.track)
        numbers = [part for part in parts_of(self.track) if part != CONFIRM]
        self.parts = {n: FORMS[n](draft.answers, track=self.track) for n in numbers}
        for form in self.parts.values():
            form.full_clean()

    @property
    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.parts.values())

    def wrong(self, agreement: Agreement) -> list[dict]:
        """What is to be mended before it can be sent: a sentence, and where."""
        here = [{"words": in_summary(field), "url": f"#{first_id(field)}"} for field in _wrong(agreement)]
        there = [
            {"words": in_summary(field), "url": _mend(address_of(part), field)}
            for part, form in self.parts.items()
            for field in _wrong(form)
        ]
        return there + here

    def first_open(self) -> int:
        """The part to go on with: the first with something to mend, else the last page."""
        return next((part for part, form in self.parts.items() if not form.is_valid()), CONFIRM)

    def sections(self) -> list[dict]:
        """The answers in the form's own order, each with the address where it is mended."""
        return [
            {"title": title_of(part, self.track), "part": part, "facts": list(self._facts(part, form))}
            for part, form in self.parts.items()
        ]

    def _facts(self, part: int, form: PartForm) -> Iterator[dict]:
        page = address_of(part)
        for field in form:
            if form.is_open(field.name) and field.name not in NOT_REPEATED:
                yield {
                    "term": field.label,
                    "value": form.said(field.name),
                    "blank": "まだ書いていません" if field.field.required else "記入なし（任意）",
                    "wrong": field.errors,
                    "note": "",
                    "url": _mend(page, field),
                }

    # --- what the desk takes in -----------------------------------------------

    def columns(self, agreement: Agreement) -> dict:
        """The columns of Submission, Organization and Contact, with the versions of what was agreed to."""
        given = agreement.cleaned_data.copy()
        for form in self.parts.values():
            given |= form.cleaned_data
        versions = {
            "notices_version": words.NOTICES_VERSION,
            "pledges_version": words.PLEDGES_VERSION if given.get("pledges") else "",
        }
        return {
            "words": filled(given, SUBMISSION) | versions,
            "organization": filled(given, ORGANIZATION),
            "contact": filled(given, CONTACT),
            "track": self.track,
        }


def _mend(page: str, field: BoundField) -> str:
    return f"{page}?back=confirm#{first_id(field)}"


def _wrong(form: PartForm) -> list[BoundField]:
    return [field for field in form if field.errors]


def filled(given: dict, columns: dict[str, str]) -> dict:
    """The columns that have an answer."""
    return {column: given[name] for name, column in columns.items() if given.get(name) not in (None, "")}
