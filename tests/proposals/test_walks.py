"""Anybody presses anything: whatever happens, a case stays whole (a walk of random deeds, by its seed)."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall import records
from cityhall.refusal import NotAllowed
from proposals.facts import fold
from proposals.models import Hearing, Proposal, ProposalRecord, Seed
from proposals.pointers import RESTING, without_next
from proposals.services import (
    advance,
    announcing,
    conversation,
    decisions,
    hearings,
    intake,
    matching,
    moves,
    seeds,
    triage,
    withdrawing,
)
from proposals.told import told
from proposals.workflow import OPEN, WORKFLOW, Holder, Step
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]

STEPS = 400
NAMES = sorted({row.name for row in WORKFLOW})
EARLY = {"withdraw", "withdraw_own", "out_of_scope", "hand_on", "merge"}
TEXTS = ["", "　", "理由", "理由", "理由", "予算のめどが立たないため"]


class Walk:
    """A case, the people around it, and dice that choose who does what."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.sections = [make.department("架空の所管課"), make.department("架空のほかの課")]
        own, other = self.sections
        desk, head, member = make.desk(), make.head(own), make.member(own)
        # those whose turn it often is press more often, or the case never gets anywhere
        self.people = [desk] * 8 + [head] * 4 + [member] * 3 + [make.head(other), make.manager()]
        begun = (Step.INTAKE, Step.HEARING, Step.MATCHING, Step.DECISION)[seed % 4]
        self.case = make.proposal(begun, by=desk, section=own)

    def press(self):
        """One deed of somebody on the case as it is now; gives how the city answered."""
        self.case = make.reload(self.case)
        self.by = self.dice.choice(self.people)
        likely = [row.name for row in WORKFLOW.from_step(self.case.step)]
        onward = [name for name in likely if name not in EARLY and not name.startswith("back")]
        name = self.dice.choice(onward * 8 + likely + [self.dice.choice(NAMES)])
        try:
            return self.dice.choice(self._deeds())(name) or "done"
        except NotAllowed as refused:
            return str(refused)

    def _deeds(self):
        often = [self._decide, self._ask, self._answer, self._lead, self._gate, self._model]
        often += [self._question, self._reply, self._announce]
        rarely = [
            self._news,
            self._withdraw,
            self._leave,
            self._waive,
            self._settle,
            self._fulfil,
            self._lapse,
            self._receive,
        ]
        at_rest = [*[self._plant] * 12, self._drop] if self.case.step in RESTING else []
        return [self._advance] * 8 + often * 3 + [*rarely, self._cancel] + at_rest

    @property
    def text(self):
        return self.dice.choice(TEXTS)

    @property
    def day(self):
        return timezone.localdate() + timedelta(self.dice.choice([-1, 0, 0, 0, 1]))

    def _advance(self, name):
        advance(self.case, name, by=self.by, note=self.text)

    def _decide(self, name):
        conditions = [{"text": "費用", "owner": "提案者"}] * self.dice.randint(0, 2)
        by_whom = {"by": self.by, "decided_on": self.day, "reason": self.text, "conditions": conditions}
        decisions.decide(self.case, name, **by_whom)

    def _key(self):
        return f"key {self.dice.randint(1, 999)}"  # now and then one comes twice

    def _question(self, name):
        asked = {"text": self.text, "key": self._key(), "due_on": self.dice.choice([None, self.day])}
        conversation.ask(self.case, by=self.by, **asked)

    def _news(self, name):
        said = {"text": self.text, "key": self._key(), "is_settled": self.dice.random() < 0.5}
        conversation.tell(self.case, by=self.by, **said)

    def _reply(self, name):
        seen = self.dice.choice([None, None, 0])
        conversation.reply(self.case, text=self.text, key=self._key(), seen=seen)

    def _withdraw(self, name):
        if self.dice.random() < 0.2:  # or no case would get anywhere
            withdrawing.withdraw(self.case, note=self.text, key=self._key())

    def _announce(self, name):
        announcing.announce(self.case, by=self.by, text=self.text)

    def _plant(self, name):
        told = {"kind": self.dice.choice(Seed.Kind.values), "text": self.text, "field": self.text}
        seeds.plant(self.case, by=self.by, on=self.dice.choice([None, self.day]), **told)

    def _drop(self, name):
        found = self.case.seeds.first()
        if found:
            seeds.drop(found, by=self.by, reason=self.text)

    def _leave(self, name):
        moves.leave(self.case, name, by=self.by, note=self.text, next_place=self.text)

    def _ask(self, name):
        hearings.ask(self.case, self.dice.choice(self.sections), by=self.by, reason=self.text)

    def _sheet(self):
        sheets = list(Hearing.objects.filter(proposal=self.case))
        if not sheets:
            raise NotAllowed("つなぐシートがありません。")
        return self.dice.choice(sheets)

    def _answer(self, name):
        given = {"answer": self.dice.choice([*Hearing.Answer.values, ""]), "text": self.text}
        given |= {"possible_when": self.text, "pass_to": self.dice.choice([None, *self.sections])}
        hearings.answer(self._sheet(), by=self.by, **given)

    def _waive(self, name):
        hearings.waive(self._sheet(), by=self.by, reason=self.text)

    def _lead(self, name):
        matching.choose_lead(self.case, self.sections[0], by=self.by)

    def _gate(self, name):
        triage.pass_gate(self.case, by=self.by, note=self.text)

    def _model(self, name):
        matching.report_model_fixed(self.case, by=self.by, label="第1版", fixed_at=timezone.now())

    def _settle(self, name):
        conditions = list(self.case.conditions.all())
        if conditions:
            condition = self.dice.choice(conditions)
            decisions.settle_condition(condition, by=self.by, on=self.day, waived_reason=self.text)

    def _fulfil(self, name):
        decisions.fulfil(self.case, by=self.by)

    def _lapse(self, name):
        decisions.lapse(self.case, by=self.by, reason=self.text)

    def _cancel(self, name):
        actor = self.people[0].postings.get()
        decisions.cancel_before_start(self.case, actor=actor, on=self.day, reason=self.text)

    def _receive(self, name):
        intake.turn_into_proposal(self.case, by=self.by, on=self.day)


def is_whole(case):
    """What is true of a case at any moment; the name of what is not, if anything."""
    facts = fold(case.records.effective())
    last = case.records.order_by("sequence").last()
    truths = {
        "columns repeat the trail": {n: getattr(case, n) for n in vars(facts)} == vars(facts),
        "an open case is somebody's turn": bool(case.holder) == (case.step in OPEN),
        "whose turn follows from step and sheets": case.holder == case.whose_turn(),
        "only an open case is due": (case.due_on is not None) == (case.step in OPEN),
        "the last record says where it stands": (last.target, last.holder) == (case.step, case.holder),
        "every record raised the version": case.version == last.sequence,
        "a proposer's turn has an open question": (case.holder == Holder.PROPOSER)
        == (case.step in OPEN and case.messages.open_questions().exists()),
        "what nobody announced is not told": told(case).is_pending or not case.is_to_announce,
        "it has a next pointer": not without_next(Proposal.objects.filter(pk=case.pk)).exists(),
        "only a case at rest waits for a seed": case.step not in OPEN or not case.seeds.waiting().exists(),
        "a section's turn has an open sheet": case.holder != Holder.SECTION
        or case.step == Step.CONDITIONS
        or case.hearings.open().exists(),
    }
    return [what for what, holds in truths.items() if not holds]


@pytest.fixture(params=range(8))
def walked(request):
    """A walk that went on, and was looked at after every step of it."""
    walk, steps = Walk(request.param), set()
    for number in range(STEPS):
        said = walk.press()
        case = make.reload(walk.case)
        assert (number, said, is_whole(case)) == (number, said, [])
        steps.add(case.step)
    return walk, steps


def test_whatever_anybody_presses_the_case_stays_whole_and_gets_somewhere(walked):
    _, steps = walked

    assert records.first_bad(ProposalRecord) is None
    assert len(steps) > 3
