"""案件のページ: what to do now, what else can be done, and all there is to read of a case."""

from functools import cached_property

from cityhall import calendar
from cityhall.panels import panels_for
from proposals import queries
from proposals.admin.pages import page
from proposals.desk import case as words
from proposals.desk import reading
from proposals.desk.moves import moves
from proposals.desk.next_deed import next_deed
from proposals.desk.rows import row
from proposals.desk.talk import papers_of, talk
from proposals.desk.trail import trail
from proposals.forms.desk import AskForm, GateForm, LeadForm, SummaryForm, TalkForm
from proposals.models import Proposal
from proposals.services.conversation import OPEN_DAYS_TO_REPLY
from proposals.services.hearings import ASKED_AT, OPEN_DAYS_TO_ANSWER
from proposals.services.matching import LEAD_AT
from proposals.views.section.days import Today
from proposals.workflow import DESK_STEPS, Holder

LOOKING_BACK = 90


def change(request, number):
    """The desk reads a case and works on it."""
    return show(request, number)


def show(request, number, *, contact=(), has_opened=False, **sent):
    """The page; `sent` is a refused form by its name, `contact` whom to call, once somebody opened it."""
    case, today = words.find_case(number), Today()
    records = reading.records_of(case)
    papers = papers_of(case)
    sheets = words.sheet_lines(case, today)
    return page(
        request,
        "case",
        title=str(case),
        case=case,
        row=row(case, today),
        strip=words.strip(row(case, today)),
        deed=next_deed(case, today),
        moves=moves(request.user, case),
        **reading.versions(case, records),
        papers=papers,
        talk=talk(case, today, papers),
        sheets=sheets,
        sheets_in_words=words.sheets_in_words(sheets),
        **reading.decided(records),
        trail=trail(records),
        stages=words.stages(case, queries.days_by_step(case, records=records, closed=today.closed)),
        facts=words.facts(case, today),
        contact=contact,
        has_opened=has_opened,
        **_panels(case, request.user),
        forms=CaseForms(case, today).open() | sent,
    )


def _panels(case: Proposal, user) -> dict:
    """What other floors add, before the decision; what only looks back comes after the talk."""
    found = panels_for("proposal.case", case, user)
    return {
        "panels": [panel for panel in found if panel.order < LOOKING_BACK],
        "later_panels": [panel for panel in found if panel.order >= LOOKING_BACK],
    }


class CaseForms:
    """The forms of a case's page; what they offer to choose from is read once."""

    def __init__(self, case: Proposal, today: Today):
        self.case, self.today = case, today

    @cached_property
    def departments(self) -> list[tuple[int, str]]:
        return list(queries.departments_on(self.today.day))

    def open(self) -> dict:
        """Those that make sense at this step."""
        step = self.case.step
        found = {"summary": self.summary()} if self.case.is_open else {}
        if step in DESK_STEPS and not self.case.is_eligible:
            found["gate"] = self.gate()
        if step in ASKED_AT:
            found["ask"] = self.ask()
        if step in LEAD_AT:
            found["lead"] = self.lead()
        if not self.case.is_held:
            found["talk"] = self.talk()
        return found

    def summary(self, data=None) -> SummaryForm:
        return SummaryForm(data, proposal=self.case, officers=list(queries.desk_officers()))

    def gate(self, data=None) -> GateForm:
        return GateForm(data, proposal=self.case)

    def ask(self, data=None) -> AskForm:
        due_on = calendar.add_open_days(self.today.day, OPEN_DAYS_TO_ANSWER, self.today.closed)
        return AskForm(data, proposal=self.case, departments=self.departments, due_on=due_on)

    def lead(self, data=None) -> LeadForm:
        return LeadForm(data, proposal=self.case, departments=self.departments)

    def talk(self, data=None) -> TalkForm:
        due_on = calendar.add_open_days(self.today.day, OPEN_DAYS_TO_REPLY, self.today.closed)
        asked = [sheet.department for sheet in self.case.hearings.all()]
        sections = dict.fromkeys(filter(None, [*asked, self.case.department]))
        waits = self.case.holder == Holder.PROPOSER
        return TalkForm(data, proposal=self.case, sections=list(sections), due_on=due_on, waits=waits)
