"""A small made city: one person of each kind, and one of each thing they may or may not see."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from cityhall.models import ClosedDay, OutgoingMail, Role
from cityhall.tables import write_csv
from logicmodels.models import Booklet, Paper
from proposals.ledger.columns import NEEDED
from proposals.models import DeskJob, Measure, ReplyText, Theme
from proposals.services import (
    announcing,
    asking_for,
    dismissals,
    encounters,
    hints,
    matches,
    meetings,
    seeds,
    supports,
    table_imports,
    todos,
)
from proposals.workflow import Step
from tests import make, make_deciding, make_matching, make_section, make_talk, make_town, make_trips
from tests import make_logicmodels as lm

TITLE = "架空の秘密の件名"
CONTACT = {"name": "秘密の担当者", "email": "himitsu@example.com", "phone": "0468887777"}
ACTORS = [
    "stranger",
    "desk",
    "member",
    "head",
    "other_member",
    "other_head",
    "manager",
    "admin",
    "leaver",
]


class City:
    """`people` by kind of actor, `things` by what an address is about: the values its route asks for."""

    def __init__(self):
        self.own, self.other = make.department("架空の所管課"), make.department("架空のほかの課")
        self.people = self._people()
        self.desk = self.people["desk"]
        self.things = self._cases() | self._upstairs() | self._masters()

    def _people(self) -> dict:
        leaver = make.user()
        for role in (Role.DESK, Role.HEAD, Role.ADMIN):
            make.posting(leaver, role, self.own, valid_to=timezone.localdate() - timedelta(1))
        return {
            "stranger": None,
            "desk": make.desk(),
            "member": make.member(self.own),
            "head": make.head(self.own),
            "other_member": make.member(self.other),
            "other_head": make.head(self.other),
            "manager": make.manager(),
            "admin": make.admin(),
            "leaver": leaver,
        }

    def _case(self, step, **fields):
        case = make.proposal(step, by=self.desk, section=self.own, title=TITLE, **fields)
        case.contact.__class__.objects.filter(pk=case.contact.pk).update(**CONTACT)
        return case

    def _cases(self) -> dict:
        self.case = self._case(Step.DECISION)
        asked = self._case(Step.HEARING)
        conditional = make_section.conditional(self.people["head"], self.own, title=TITLE)
        self.adopted = make_trips.adopted(self.own, title=TITLE)
        consultation = make.submission(track="consultation", title=TITLE)
        return {
            "case": {"number": self.case.number, "name": "withdraw", "running": 1},
            "wish": {"number": asked.number, "wish": self._wish(asked).pk},
            "sheet": {"number": asked.number, "running": 1, "name": "withdraw"},
            "conditional": {"number": conditional.number, "running": 1},
            "pair": {"number": self.case.number, "other": asked.number},
            "seed": self._seed(),
            "introduction": self._introduction(),
            "support": self._support(),
            "candidate": {"number": self.case.number, "side": "section", "candidate": self.own.pk},
            "dismissal": {"number": self.case.number, "dismissal": self._dismissal()},
            "match": self._match(),
            "told": self._told(),
            "joint": {"number": self._joint().number},
            "adopted": {"number": self.adopted.number},
            "consultation": {"number": consultation.number, "running": 1, "name": "accept"},
        }

    def _dismissal(self) -> int:
        return dismissals.dismiss(self.case, self.other, by=self.desk, reason=TITLE).pk

    def _introduction(self) -> dict:
        make_matching.introduction(self.case, self.desk, departments=[self.own], aim=TITLE)
        return {"number": self.case.number, "running": 1}

    def _match(self) -> dict:
        case = self._case(Step.LOGIC_MODEL)
        told = {"purpose": TITLE, "own_part": TITLE, "lead_part": TITLE}
        found = matches.write(case, by=self.desk, **told)
        party = found.parties.get(role="lead")
        return {"number": case.number, "section": self.own.pk, "party": party.pk}

    def _support(self) -> dict:
        who = {
            "provider": {"name": TITLE, "kind": "company"},
            "recipient": {"name": "架空の会", "kind": "civic"},
        }
        today = timezone.localdate()
        support = supports.promise(by=self.desk, **who, purpose=TITLE, promised_on=today)
        return {"pk": support.pk, "delivery": supports.deliver(support, by=self.desk, on=today).pk}

    def _told(self) -> dict:
        case = make_talk.decided(self.own, title=TITLE)
        announcing.announce(case, by=self.desk, text=TITLE)
        return {"number": case.number, "running": 1}

    def _joint(self):
        """In joint charge of a section none of these people belongs to."""
        return make_deciding.referred(self.own, joint_with=[make.department("架空の共管課")], title=TITLE)

    def _wish(self, case):
        sheet = case.hearings.get()
        return asking_for.wish(sheet, by=self.people["member"], text=TITLE)

    def _seed(self) -> dict:
        case = make_talk.decided(self.own, "no_go", title=TITLE)
        told = {"kind": "day", "on": timezone.localdate() + timedelta(9), "text": "架空の日が来たら"}
        return {"number": case.number, "seed": seeds.plant(case, by=self.desk, **told).pk}

    def _upstairs(self) -> dict:
        edition = lm.edition(by=self.desk, proposal=self._case(Step.LOGIC_MODEL))
        draft = edition.model
        arrow = draft.arrows.first()
        paper = Paper.objects.create(edition=edition, size="A3", state=Paper.State.READY, name="himitsu.pdf")
        place = Path(settings.MEDIA_ROOT) / "logic-models" / paper.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"%PDF-1.7")
        trip = make_trips.started(make_trips.adopted(self.own, title=TITLE), section=self.own, title=TITLE)
        history = make_trips.history()
        report = make_trips.report(trip)
        self.node = next(node for node in draft.nodes.all() if node.indicators)
        return {
            "model": {
                "number": draft.number,
                "key": self.node.key,
                "column": "activity",
                "running": 1,
                "edition": 1,
                "first": 1,
                "second": 1,
                "size": "A3",
                "source": arrow.source.key,
                "target": arrow.target.key,
                "kind": "json",
            },
            "booklet": {"token": self._booklet(draft).token},
            "paper": {"kind": "logic-models", "name": paper.name},
            "trip": {"number": trip.number, "name": "stop", "what": "event"},
            "trip report": {"number": trip.number, "what": "report", "key": report.pk, "running": 1},
            "history": {"number": history.number},
            "map": {"kind": "map", "key": "all"},
            "playbook": {"key": history.number},
            "figure": {"name": "received"},
            **self._care(),
            "meeting": self._meeting(),
            "table": {"kind": "ledger", "token": self._ledger().token},
            "job": {"token": self._job().token},
        }

    def _booklet(self, model) -> Booklet:
        booklet = Booklet.objects.create(by=self.desk, size="A3", count=1, state="failed", error="架空のわけ")
        booklet.included.add(model)
        return booklet

    def _care(self) -> dict:
        said = {"kind": "phone", "on": timezone.localdate(), "text": TITLE}
        met = encounters.note_encounter(self.case, by=self.desk, **said)
        todo = todos.add(self.case, by=self.desk, text=TITLE, key="himitsu")
        return {
            "encounter": {"number": self.case.number, "sequence": met.record.sequence},
            "todo": {"key": todo.key},
        }

    def _meeting(self) -> dict:
        held = meetings.open_meeting(by=self.desk, held_on=timezone.localdate(), title="架空の会議")
        return {"day": held.held_on.isoformat(), "kind": "pack"}

    def _ledger(self):
        row = {heading: "" for heading in NEEDED} | {"番号": "K1", "区分": "謎", "件名": TITLE}
        data = write_csv(row.keys(), [row.values()])
        return table_imports.receive(data, kind="ledger", name="台帳.csv", by=self.desk)

    def _job(self) -> DeskJob:
        told = {"asked": {"format": "utf-8-sig", "query": ""}, "cases": [self.case.number], "done": 1}
        return DeskJob.objects.create(
            kind="export", by=self.desk, token="himitsu", state="done", data=TITLE.encode(), **told
        )

    def _hint(self):
        said = {"organization_name": TITLE, "text": TITLE, "consent": "yes", "how": "visit"}
        told = said | {"key": "himitsu", "heard_on": timezone.localdate()}
        return hints.connect(self.own, by=self.people["member"], **told)

    def _masters(self) -> dict:
        today = timezone.localdate()
        theme = Theme.objects.create(department=self.own, title="架空の困りごと", published_on=today)
        rows = {
            "cityhall_department": self.own,
            "cityhall_user": self.people["member"],
            "cityhall_posting": self.people["member"].postings.get(),
            "cityhall_closedday": ClosedDay.objects.create(on=today, reason="架空の休み"),
            "cityhall_outgoingmail": OutgoingMail.objects.first(),
            "proposals_theme": theme,
            "proposals_replytext": ReplyText.objects.create(title="架空の文例", text="架空の文"),
            "proposals_measure": Measure.objects.create(kind="stance", name="架空の姿勢"),
            "proposals_organization": self.case.organization,
            "proposals_resource": make_town.resource(by=self.desk, told=TITLE, contact_name=CONTACT["name"]),
        }
        found = {name: {"object_id": row.pk, "id": row.pk, "pk": row.pk} for name, row in rows.items()}
        draft = Theme.objects.create(department=self.own, title="架空の書きかけ")
        found["area"] = {"place": 1}
        found["hint"] = {"pk": self._hint().pk}
        found["section"] = {"section": self.own.pk}
        found["draft theme"] = {"number": draft.number}
        return found | {"theme": {"number": theme.number}, "sheet of paper": {"track": "consultation"}}
