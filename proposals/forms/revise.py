"""What was sent, to be rewritten on one page: the questions of the public form, the answers filled in."""

from crispy_forms.helper import FormHelper

from proposals.differences import Difference, differences, month_in_words
from proposals.forms import words
from proposals.forms.fields import Version
from proposals.forms.once import Once
from proposals.forms.papers import Papers
from proposals.forms.propose import CONTACT, SUBMISSION
from proposals.forms.questions import Agreement, Organization, Substance, Wishes
from proposals.models import Contact, Proposal, Submission, Track

ADDRESS = ("postal_code", "address")


class Sending(Once):
    """What the page knew when it was drawn: its own code, which version it showed, the newest letter."""

    seen, letter = Version(), Version()


class RevisionForm(Agreement, Wishes, Substance, Organization):
    """All fields but those that name the organisation; the pledges only where a 相談 becomes a 提案."""

    refusal_title = "まだ送られていません"
    organization_kind = organization_name = organization_kana = corporate_number = website = None
    notices = privacy = None
    papers = Papers(label="加える書類")

    groups = {
        "提案の内容": Substance.groups[""],
        "お願いと持ち寄り": Wishes.groups[""],
        "取り扱いの希望": ["sharing", "publicity", *Wishes.groups["取り扱いの希望"]],
        "書類": ["papers"],
        "団体と連絡先": ["representative", *ADDRESS, "local_base", *Organization.groups["ご担当の方"]],
        "約束": ["pledges"],
    }

    def __init__(
        self, case: Proposal, answers: dict | None = None, *, track: str, files=None, is_checked=True
    ):
        self.case, self.track = case, track
        self.becomes = track == Track.PROPOSAL and not case.is_proposal
        self.latest = case.latest_submission
        self.known = known(self.latest, _contact_of(case))
        super().__init__(self.known | (answers or {}), track=track, is_checked=is_checked)
        self.files = files or {}
        for name in [*([] if self.becomes else ["pledges"]), *_known_address(case)]:
            self.fields.pop(name, None)
        if not self.becomes:
            self._ask_for_no_more_than_before()
        self._keep_what_is_no_longer_offered()

    def _ask_for_no_more_than_before(self) -> None:
        """What the desk took in without (a call, a paper) may stay blank."""
        for name, field in self.fields.items():
            if not self.known.get(name):
                field.required = field.needed = False

    def _keep_what_is_no_longer_offered(self) -> None:
        """A month gone by, and a trouble closed since, stay chosen until somebody chooses another."""
        if "theme" not in self.fields:
            return
        if theme := self.latest.theme:
            self.themes.setdefault(theme.number, theme)
            self.fields["theme"].choices = self._offered
        months, month = self.fields["wished_month"].choices, self.latest.wished_month
        if month and self.known["wished_month"] not in dict(months):
            self.fields["wished_month"].choices = [
                *months,
                (self.known["wished_month"], month_in_words(month)),
            ]

    @property
    def helper(self) -> FormHelper:
        made = super().helper
        for place, fieldset in enumerate(made.layout.fields, start=1):
            fieldset.css_id = f"part-{place}"
        return made

    @property
    def headings(self) -> list[tuple[str, str]]:
        """The page's sections and where each begins."""
        return [(fieldset.css_id, fieldset.legend) for fieldset in self.helper.layout.fields]

    @classmethod
    def typed(cls, data, track: str) -> dict:
        """What came from the page; what was written for a 提案 comes along while it shows a 相談."""
        hidden = {} if track == Track.PROPOSAL else super().typed(data, Track.PROPOSAL)
        return {name: said for name, said in hidden.items() if name in data} | super().typed(data, track)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Names and texts of what was written for a 提案, to come along with the page of a 相談."""
        if self.track == Track.PROPOSAL:
            return []
        answers = self.data if self.is_bound else self.initial
        asked_later = [name for name in self.base_fields if name not in self.fields and name in SUBMISSION]
        said = [(name, answers[name]) for name in (*asked_later, *ADDRESS) if answers.get(name)]
        return [(name, one) for name, text in said for one in (text if isinstance(text, list) else [text])]

    # --- what was changed -------------------------------------------------

    def for_service(self) -> dict:
        """What was changed, in columns; what nobody touched stays as it is stored."""
        given = self.cleaned_data
        agreed = {
            "pledges": given.get("pledges"),
            "pledges_version": words.PLEDGES_VERSION,
            "notices_version": words.NOTICES_VERSION,
        }
        return {
            "words": self._changed(Submission, SUBMISSION) | (agreed if self.becomes else {}),
            "contact": self._changed(Contact, CONTACT),
            "organization": {name: given[name] for name in ADDRESS if given.get(name)},
            "as_proposal": self.becomes,
            "papers": given["papers"],
        }

    def _changed(self, model, columns: dict[str, str]) -> dict:
        found = {}
        for name, column in columns.items():
            if not self._is_changed(name):
                continue
            value = self.cleaned_data.get(name)
            found[column] = model._meta.get_field(column).get_default() if value in (None, "") else value
        return found

    def _is_changed(self, name: str) -> bool:
        if name not in self.fields or name in self.errors:
            return False
        return not self.is_open(name) or self._differs(name, self.known)

    def _differs(self, name: str, before: dict) -> bool:
        return name not in before or self.fields[name].has_changed(before[name], self[name].data)

    # --- when a colleague was first ---------------------------------------

    def rebased(self, seen: int) -> "RevisionForm":
        """The same words over the version that came in between; what was not touched here takes the newer."""
        shown = self.case.submissions.filter(version=seen).first()
        before = known(shown, _contact_of(self.case)) if shown else {}
        untouched = [name for name in before if name in self.fields and not self._differs(name, before)]
        newer = {name: self.known[name] for name in untouched}
        return RevisionForm(self.case, self.data | newer, track=self.track)

    def beside_the_latest(self) -> list[Difference]:
        """What this page would change of what arrived last, field by field."""
        mine = self.case.latest_submission
        for column, value in self._changed(Submission, SUBMISSION).items():
            setattr(mine, column, value)
        return [row for row in differences(self.latest, mine) if row.is_changed]


def known(sent: Submission, contact: Contact) -> dict:
    """What was sent, as the fields of the form would have been typed."""
    answers = {name: getattr(sent, column) for name, column in SUBMISSION.items()}
    answers |= {name: getattr(contact, column) for name, column in CONTACT.items()}
    return answers | {
        "answer_to": "theme" if sent.theme_id else "free",
        "theme": sent.theme.number if sent.theme_id else "",
        "wished_month": f"{sent.wished_month:%Y-%m}" if sent.wished_month else "",
        "cost_amount": "" if sent.cost_amount is None else str(sent.cost_amount),
        "email_again": contact.email,
    }


def _contact_of(case: Proposal) -> Contact:
    return getattr(case, "contact", Contact())


def _known_address(case: Proposal) -> list[str]:
    """What is not asked: the address of an organisation known from elsewhere is the desk's to mend."""
    organization = case.organization
    is_shared = organization.proposals.count() > 1
    return [name for name in ADDRESS if is_shared or getattr(organization, name)]
