"""案件のページ: what to do now, what else can be done, and all there is to read of a case."""

from functools import cached_property

from cityhall import calendar
from cityhall.panels import panels_for
from proposals import queries
from proposals.admin.pages import page
from proposals.desk import case as words
from proposals.desk.moves import moves
from proposals.desk.next_deed import next_deed
from proposals.desk.rows import row
from proposals.desk.trail import trail
from proposals.forms.desk import AskForm, GateForm, LeadForm, SummaryForm
from proposals.models import Proposal
from proposals.services.hearings import ASKED_AT, OPEN_DAYS_TO_ANSWER
from proposals.services.matching import LEAD_AT
from proposals.views.section import pieces
from proposals.views.section.days import Today
from proposals.workflow import DESK_STEPS


def change(request, number):
    """The desk reads a case and works on it."""
    return show(request, number)


def show(request, number, **sent):
    """The page; `sent` is a form that was refused, by its name, with what was typed."""
    case, today = words.find_case(number), Today()
    records = list(case.records.newest_first())
    submission = case.latest_submission
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
        submission=submission,
        typed=pieces.facts(submission) if submission else [],
        sheets=sheets,
        sheets_in_words=words.sheets_in_words(sheets),
        decisions=case.decisions.select_related("department", "decided_by").prefetch_related("conditions"),
        trail=trail(records),
        stages=words.stages(case, queries.days_by_step(case, records=records, closed=today.closed)),
        facts=words.facts(case, today),
        contact=words.contact(case),
        panels=panels_for("proposal.case", case, request.user),
        forms=CaseForms(case, today).open() | sent,
    )


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
