"""The forms of a case's page; what they offer to choose from is read once."""

from functools import cached_property

from cityhall import calendar
from proposals import queries
from proposals.forms.desk import AskForm, ConsolidateForm, GateForm, LeadForm, SummaryForm, TalkForm
from proposals.forms.desk.care import CategoryForm, EncounterForm, NoteForm, TodoForm, UndoForm
from proposals.models import Proposal
from proposals.services.conversation import OPEN_DAYS_TO_REPLY
from proposals.services.hearings import ASKED_AT, CONSOLIDATED_AT, OPEN_DAYS_TO_ANSWER
from proposals.services.matching import LEAD_AT
from proposals.views.section.days import Today
from proposals.workflow import DESK_STEPS, Holder

OF_ITS_OWN = ("encounter", "note", "todo", "category")  # a double has none of these: they go to its original


class CaseForms:
    """A form a method: empty to be shown, or with what was sent."""

    def __init__(self, case: Proposal, today: Today, offered: queries.Offered | None = None):
        self.case, self.today, self.offered = case, today, offered

    @cached_property
    def departments(self) -> list[tuple[int, str]]:
        return self.offered.departments if self.offered else list(queries.departments_on(self.today.day))

    @cached_property
    def officers(self) -> list[tuple[int, str]]:
        return self.offered.officers if self.offered else list(queries.desk_officers())

    def open(self) -> dict:
        """Those that make sense at this step."""
        step = self.case.step
        found = {name: getattr(self, name)() for name in OF_ITS_OWN if not self.case.merged_into_id}
        if self.case.is_open:
            found["summary"] = self.summary()
        if step in DESK_STEPS and not self.case.is_eligible:
            found["gate"] = self.gate()
        if step in ASKED_AT:
            found["ask"] = self.ask()
        if step in CONSOLIDATED_AT:
            found["consolidate"] = self.consolidate()
        if step in LEAD_AT:
            found["lead"] = self.lead()
        if not self.case.is_held:
            found["talk"] = self.talk()
        return found

    def encounter(self, data=None) -> EncounterForm:
        return EncounterForm(data, proposal=self.case)

    def note(self, data=None) -> NoteForm:
        return NoteForm(data, proposal=self.case)

    def todo(self, data=None) -> TodoForm:
        return TodoForm(data, proposal=self.case, officers=self.officers)

    def category(self, data=None) -> CategoryForm:
        return CategoryForm(data, proposal=self.case)

    def undo(self, data=None) -> UndoForm:
        return UndoForm(data, proposal=self.case)

    def summary(self, data=None) -> SummaryForm:
        return SummaryForm(data, proposal=self.case, officers=self.officers)

    def gate(self, data=None) -> GateForm:
        return GateForm(data, proposal=self.case)

    def ask(self, data=None) -> AskForm:
        due_on = calendar.add_open_days(self.today.day, OPEN_DAYS_TO_ANSWER, self.today.closed)
        return AskForm(data, proposal=self.case, departments=self.departments, due_on=due_on)

    def consolidate(self, data=None) -> ConsolidateForm:
        return ConsolidateForm(data, proposal=self.case)

    def lead(self, data=None) -> LeadForm:
        return LeadForm(data, proposal=self.case, departments=self.departments)

    def talk(self, data=None) -> TalkForm:
        due_on = calendar.add_open_days(self.today.day, OPEN_DAYS_TO_REPLY, self.today.closed)
        asked = [sheet.department for sheet in self.case.hearings.all()]
        sections = dict.fromkeys(filter(None, [*asked, self.case.department]))
        waits = self.case.holder == Holder.PROPOSER
        return TalkForm(data, proposal=self.case, sections=list(sections), due_on=due_on, waits=waits)
