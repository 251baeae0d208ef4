"""How far each fictional case has come: the days of its steps, counted back from today in open days."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from cityhall.models import Department
from logicmodels import services as models
from logicmodels.models import LogicModel
from proposals.forms import words
from proposals.models import Hearing, Proposal, Track
from proposals.services import advance, hearings, intake, joint, matching, receipts, triage
from zamagate.demo_city import chain
from zamagate.demo_city.city import City

FILE = settings.BASE_DIR / "zamagate/demo_data/cases.json"
DAYS_OF_TALK = 3  # open days from the first talk to the proposal, for those keyed in at the desk
NOT_WORDS = {"organization", "summary", "reason", "answers", "chain", "next", "consolidated"}
CONTACT = {"section": "連携担当", "name": "架空 担当", "kana": "かくう たんとう", "phone": "046-000-0000"}
# what all of them answer alike
ANSWERS = {"notices_version": words.NOTICES_VERSION, "sharing": "all", "publicity": "ask"}
PROMISES = {
    "pledges_version": words.PLEDGES_VERSION,
    "pledges": words.PLEDGES,
    "cost": "none",
    "maturity": "prototype",
    "rights": "none",
}


@dataclass(frozen=True)
class Walk:
    """One case: its words, the sections asked (the first takes the lead), its days, and how it went on.

    `days`: arrived, sorted, asked, answered, lead chosen, referred to ⑥; as many as it has come to.
    """

    slug: str
    sections: tuple[str, ...]
    days: tuple[int, ...]
    ending: Callable[["Tale"], None] | None = None
    by_form: bool = False
    track: Track = Track.PROPOSAL
    joint: tuple[str, ...] = ()  # sections in joint charge
    is_of_second: bool = False  # the other officer of the desk looks after it


@dataclass
class Tale:
    """A case on its way: what the deeds need in hand."""

    city: City
    walk: Walk
    told: dict
    code: str = ""
    case: Proposal | None = None

    @property
    def sections(self) -> list[Department]:
        return [self.city.sections[name] for name in self.walk.sections]

    @property
    def lead(self) -> Department:
        return self.sections[0]

    def fresh(self) -> Proposal:
        return Proposal.objects.get(pk=self.case.pk)


def cases() -> dict[str, dict]:
    """The words of the fictional cases, by their short name."""
    return json.loads(FILE.read_text())


def live(tale: Tale) -> None:
    """Let the case go its way, each deed on its day."""
    deeds = (_arrive, _sort, _ask, _answer, _choose_lead, _refer)
    for ago, deed in zip(tale.walk.days, deeds, strict=False):
        with tale.city.ago(ago):
            deed(tale)
        tale.case = tale.fresh()
    if tale.walk.ending:
        tale.walk.ending(tale)


def _arrive(tale: Tale) -> None:
    is_proposal = tale.walk.track == Track.PROPOSAL
    said = {key: value for key, value in tale.told.items() if key not in NOT_WORDS}
    said |= ANSWERS | (PROMISES if is_proposal else {})
    sent = {
        "organization": tale.told["organization"],
        "contact": CONTACT | {"email": f"{tale.walk.slug}@example.com"},
        "track": tale.walk.track,
        "is_fictional": True,
    }
    if tale.walk.by_form:
        code = tale.code or receipts.new_code()
        tale.case = intake.submit(said, key=f"demo-{tale.walk.slug}", code=code, **sent)
        return
    arrived = tale.walk.days[0]
    days = {
        "first_contact_on": tale.city.day(arrived + DAYS_OF_TALK * is_proposal),
        "received_on": tale.city.day(arrived) if is_proposal else None,
    }
    tale.case = intake.enter(said, by=tale.city.desk, **days, **sent)


def _sort(tale: Tale) -> None:
    desk, summary = tale.city.desk, "\n".join(tale.told["summary"])
    advance(tale.case, "accept", by=desk)
    officer = tale.city.second if tale.walk.is_of_second else desk
    triage.summarise(tale.fresh(), by=desk, summary=summary, officer=officer)


def _ask(tale: Tale) -> None:
    desk = tale.city.desk
    triage.pass_gate(tale.case, by=desk, note="対象外でなく、ほかの制度にもあたらないことを確かめました。")
    kinds = {tale.lead: Hearing.Request.THINK}  # the others are only asked to tell
    sheets = [
        {"department": section, "reason": tale.told["reason"], "request": kinds.get(section, "tell")}
        for section in tale.sections
    ]
    hearings.ask_all(tale.fresh(), sheets, by=desk)
    advance(tale.fresh(), "start_hearing", by=desk)


def answer_from(tale: Tale, section: Department) -> None:
    """The section answers with the words of the case's file."""
    kind, text, trouble, *when = tale.told["answers"][section.name]
    sheet = tale.case.hearings.open().get(department=section)
    words = {"text": text, "own_trouble": trouble, "possible_when": "".join(when), "tellable": "named"}
    if section == tale.lead:
        words |= tale.told.get("next", {})
    hearings.answer(
        sheet,
        by=tale.city.head(section),
        drafted_by=tale.city.member(section),
        answer=kind,
        **words,
    )


def _answer(tale: Tale) -> None:
    for section in tale.sections:
        answer_from(tale, section)
    if words := tale.told.get("consolidated"):
        hearings.consolidate(tale.fresh(), by=tale.city.desk, text=words)
    advance(tale.fresh(), "start_matching", by=tale.city.desk)


def _choose_lead(tale: Tale) -> None:
    desk = tale.city.desk
    matching.choose_lead(tale.case, tale.lead, by=desk)
    advance(tale.fresh(), "start_model", by=desk)
    models.start(tale.fresh(), by=desk)
    for name in tale.walk.joint:
        joint.name_joint(tale.fresh(), tale.city.sections[name], by=desk)


def _refer(tale: Tale) -> None:
    desk, model = tale.city.desk, LogicModel.objects.get(proposal=tale.case)
    drawn = chain.content(tale.case.title, tale.told["chain"], owner=str(tale.lead))
    models.import_content(model, drawn, by=desk)
    models.fix_trial(model, by=desk)
    advance(tale.fresh(), "refer", by=desk)
