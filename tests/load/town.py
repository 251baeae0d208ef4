"""`python -m tests.load.town 10000`: fills the register and past answers beside the cases of `many`."""

import random
import sys
from datetime import timedelta

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from cityhall.models import Department, User  # noqa: E402
from proposals import town  # noqa: E402
from proposals.models import Hearing, Organization, Proposal, Resource, Submission, Theme  # noqa: E402
from proposals.workflow import Step  # noqa: E402
from tests.load.words import WORDS  # noqa: E402

SLICE, ASKED, THEMES = 1000, 5, 40
LAST_TWO_YEARS = timedelta(700)
chance = random.Random(7)


def main(count: int) -> None:
    sections = list(Department.objects.all())
    for start in range(0, count, SLICE):
        with transaction.atomic():
            store(range(start, min(start + SLICE, count)))
    for n in range(THEMES):
        trouble(n, chance.choice(sections))
    answers(sections)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(*wishing())


def some(words: list[str], most: int) -> list[str]:
    return chance.sample(words, chance.randint(1, most))


def told(n: int) -> str:
    return "".join(chance.choices(WORDS, k=n))


def store(numbers: range) -> None:
    """Strengths as the survey's: two or three fields, one to three forms, four of five in the town."""
    names = [f"架空{chance.choice(WORDS)}の会{n}" for n in numbers]
    firms = Organization.objects.bulk_create(
        Organization(name=name, name_key=name, kind="civic", is_fictional=True) for name in names
    )
    Resource.objects.bulk_create([strength(firm) for firm in firms])


def strength(firm: Organization) -> Resource:
    on = timezone.localdate() - timedelta(chance.randrange(700))
    return Resource(
        organization=firm,
        activities=some(town.ACTIVITIES, 3),
        forms=some(town.FORMS, 3),
        areas=["座間市"] if chance.random() < 0.8 else ["大和市"],
        told="。".join(told(2) for _ in range(4)),
        offers=told(2),
        wants=told(2),
        days="火・木の夕方",
        consent="yes",
        consent_on=on,
        verified_on=on,
        is_fictional=True,
    )


def trouble(n: int, section: Department) -> Theme:
    words = {"background": told(8), "expected": f"{told(4)}と場所"}
    shown = {"published_on": timezone.localdate(), "is_fictional": True}
    return Theme.objects.create(department=section, title=f"架空の{told(2)}{n}", **words, **shown)


def answers(sections: list[Department]) -> None:
    """Two sections answered each case of the last two years."""
    person, since = User.objects.first(), timezone.localdate() - LAST_TWO_YEARS
    cases = Proposal.objects.filter(step_entered_on__gte=since).exclude(step=Step.HEARING)
    batch = [
        Hearing(
            proposal_id=pk,
            department=section,
            reason="架空",
            asked_on=on,
            due_on=on,
            answer="yes",
            answered_on=on,
            answered_by=person,
        )
        for pk, on in cases.values_list("pk", "step_entered_on")
        for section in chance.sample(sections, 2)
    ]
    Hearing.objects.bulk_create(batch, batch_size=SLICE)


def wishing() -> list[str]:
    """Cases at ④ that say what they bring and wish for; their numbers."""
    cases = list(Proposal.objects.filter(step=Step.MATCHING).order_by("pk")[:ASKED])
    for case in cases:
        wishes = {"requests": ["広報", "場所・フィールド"], "brings": ["人", "場所"]}
        notes = {"wished_partners": told(4), "brings_note": told(2)}
        Submission.objects.filter(proposal=case).update(**wishes, **notes)
    return [case.number for case in cases]


if __name__ == "__main__":
    main(int(sys.argv[1]))
