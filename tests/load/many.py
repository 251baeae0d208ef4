"""`python -m tests.load.many 100000`: fills the city's database up to that many cases; tells a session."""

import random
import sys
from datetime import date, timedelta

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from cityhall.models import Department, Posting, Role, User  # noqa: E402
from proposals import search  # noqa: E402
from proposals.forms.words import FIELDS  # noqa: E402
from proposals.models import Hearing, Organization, Proposal, Seed, Submission, Track  # noqa: E402
from proposals.paging import ORDER, Place  # noqa: E402
from proposals.pointers import SEEDED  # noqa: E402
from proposals.workflow import HOLDER_AT, OPEN, Holder, Step  # noqa: E402
from tests.load.words import OFTEN_6, RARE_2, RARE_6, WORDS  # noqa: E402

SLICE = 2000
OPEN_SHARE = 0.05
CLOSED = [Step.ADOPTED, *SEEDED, Step.WITHDRAWN]
SINCE = date(2019, 4, 1)
chance = random.Random(3)


def main(count: int) -> None:
    desk = [officer(n) for n in range(5)]
    sections = [section(f"架空{n}課") for n in range(30)]
    for start in range(Proposal.objects.count(), count, SLICE):
        with transaction.atomic():
            store(range(start, min(start + SLICE, count)), desk, sections)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(session_of(desk[0]), place_at(0.95))


def section(name: str) -> Department:
    return Department.objects.get_or_create(name=name, defaults={"valid_from": SINCE})[0]


def officer(n: int) -> User:
    person, is_new = User.objects.get_or_create(username=f"bench{n}", defaults={"name": f"架空窓口{n}"})
    if is_new:
        Posting.objects.create(
            user=person, role=Role.DESK, department=section("架空窓口課"), valid_from=SINCE
        )
    return person


def store(numbers: range, desk: list[User], sections: list[Department]) -> None:
    firms = Organization.objects.bulk_create(firm(n) for n in numbers if n % 3 == 0)
    cases = Proposal.objects.bulk_create(case(n, firms, desk, sections) for n in numbers)
    Submission.objects.bulk_create([words(n, one) for n, one in zip(numbers, cases, strict=True)])
    asked = (one for one in cases if one.step == Step.HEARING)
    Hearing.objects.bulk_create(sheet(one, desk[0], chance.choice(sections)) for one in asked)
    resting = (one for one in cases if one.step in SEEDED)
    Seed.objects.bulk_create(
        Seed(proposal=one, kind="day", on=date.max, text="架空", by=desk[0]) for one in resting
    )


def firm(n: int) -> Organization:
    name = f"架空{chance.choice(WORDS)}第{n}株式会社"
    return Organization(name=name, name_key=name, kind="company", kana="カクウ", is_fictional=True)


def case(n: int, firms: list[Organization], desk: list[User], sections: list[Department]) -> Proposal:
    today = timezone.localdate()
    is_open = chance.random() < OPEN_SHARE
    step = chance.choice(OPEN if is_open else CLOSED)
    entered = today - timedelta(chance.randrange(40 if is_open else 2500))
    ended = {} if is_open else {"verdict": step, "verdict_on": entered, "announced_on": entered}
    return Proposal(
        number=f"R{8 - (today - entered).days // 365}-{n:06}",
        track=Track.PROPOSAL,
        organization=chance.choice(firms),
        title=f"架空の{chance.choice(WORDS)}と{chance.choice(WORDS)}の提案{n}",
        fields=chance.sample(FIELDS, 2),
        officer=chance.choice(desk),
        department=chance.choice(sections),
        logic_model_fixed_at=timezone.now(),
        step=step,
        step_entered_on=entered,
        holder=Holder.SECTION if step == Step.HEARING else HOLDER_AT.get(step, ""),
        holder_since_on=entered,
        due_on=today + timedelta(chance.randrange(-5, 30)) if is_open else None,
        first_contact_on=entered,
        received_on=entered,
        is_fictional=True,
        **ended,
    )


def words(n: int, of: Proposal) -> Submission:
    text = "".join(chance.choices(WORDS, k=60)) + (OFTEN_6 if n % 2 else "")
    text += {7: RARE_6, 9: RARE_2}.get(n % 5000, "")
    said = Submission(proposal=of, organization_name=of.organization.name, title=of.title)
    said.overview, said.problem, said.activity = text[:60], text[60:120], text[120:]
    for name, value in search.entry(said).items():
        setattr(said, name, value)
    return said


def sheet(of: Proposal, by: User, asked: Department) -> Hearing:
    days = {"asked_on": of.step_entered_on, "due_on": of.due_on}
    return Hearing(proposal=of, department=asked, reason="架空", asked_by=by, **days)


def place_at(share: float) -> Place:
    """Where so much of the list of all cases lies behind one."""
    deep = int(Proposal.objects.count() * share)
    return Place.of(Proposal.objects.order_by(*ORDER)[deep])


def session_of(person: User) -> str:
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), "cityhall.backend.PostingBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return store.session_key


if __name__ == "__main__":
    main(int(sys.argv[1]))
