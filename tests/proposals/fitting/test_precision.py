"""How good the suggestions are: precision at 5 on the labelled town, beside shared fields alone.

`pytest tests/proposals/fitting/test_precision.py -rP -n 0` prints the figures.
"""

import pytest
from django.utils import timezone

from proposals import town
from proposals.fitting import partners, sections, wish
from proposals.models import Hearing, Resource
from tests import make, make_town
from tests.proposals.fitting.the_town import IDEAS, SECTIONS, STRENGTHS, words

pytestmark = pytest.mark.django_db
FIRST = 5


@pytest.fixture
def the_town():
    """The strengths and sections of the set, with their troubles and an answer in each of their fields."""
    person, today = make.desk(), timezone.localdate()
    for one in STRENGTHS:
        named = ("told", "offers", "wants", "place", "days")
        listed = ("activities", "forms", "areas")
        make_town.resource(
            {"name": one.name, "kind": "civic"},
            by=person,
            **{name: getattr(one, name) for name in named},
            **{name: words(getattr(one, name)) for name in listed},
        )
    for one in SECTIONS:
        section = make.department(one.name)
        for title, background, expected in one.troubles:
            make_town.trouble(section, title, background=background, expected=expected)
        for name in words(one.answered):
            said = {"title": f"架空の{one.key}の前例", "overview": "", "problem": "", "activity": ""}
            case = make.submission(fields=[name], **said)
            done = {"asked_on": today, "due_on": today, "answer": "yes", "answered_on": today}
            Hearing.objects.create(proposal=case, department=section, answered_by=person, **done)


def case_of(idea):
    asked = {"requests": words(idea.requests), "brings": words(idea.brings), "local_base": idea.base}
    told = {
        "overview": idea.overview,
        "problem": "",
        "activity": idea.activity,
    }
    more = {"wished_partners": idea.wished, "brings_note": idea.brings_note}
    return make.submission(title=idea.title, fields=words(idea.fields), **asked, **told, **more)


def ours(idea, case):
    """The names of the partners and of the sections suggested, first to last."""
    said, today = case.latest_submission, timezone.localdate()
    looked_for = wish.of_case(case, said)
    of_town = partners.partners(looked_for, today=today)
    inside = sections.sections(case, looked_for, told=said.overview, today=today)
    return [str(one.subject) for one in of_town], [str(one.subject) for one in inside]


def plain(idea, case):
    """Who shares most fields, by name where equal: what a filter by field would show."""
    fields = words(idea.fields)
    spoken_of = set(town.activities_of(fields))
    found = sorted((-len(spoken_of & set(one.activities)), str(one)) for one in Resource.objects.all())
    inside = sorted((-len(set(fields) & set(words(one.answered))), one.name) for one in SECTIONS)
    return [name for n, name in found if n], [name for n, name in inside if n]


def share(found, wanted):
    """Of the first five shown, how many a person would have named, among as many as can be."""
    return len(set(found[:FIRST]) & wanted) / min(FIRST, len(wanted))


def precision(suggest):
    """The mean share of partners and of sections over all proposals of the set."""
    names = {one.key: one.name for one in [*STRENGTHS, *SECTIONS]}
    shares = []
    for idea in IDEAS:
        town_found, inside = suggest(idea, case_of(idea))
        wanted = [{names[key] for key in keys} for keys in (idea.partners, idea.sections)]
        shares.append((share(town_found, wanted[0]), share(inside, wanted[1])))
    return tuple(round(sum(column) / len(shares), 2) for column in zip(*shares, strict=True))


def test_the_suggestions_find_more_of_what_a_person_would_name_than_shared_fields_do(the_town):
    plain_one, own = precision(plain), precision(ours)

    print(f"precision at 5 (partners, sections): {own}; shared fields alone: {plain_one}")
    assert own == (0.69, 0.95)
    assert plain_one == (0.49, 0.85)
