"""What hangs on an entry of the register: meetings and matches when it changes, the marks it is found by."""

import pytest
from django.utils import timezone

from cityhall.refusal import NotAllowed
from proposals.desk.introductions import of_organization
from proposals.introduced import with_names
from proposals.models import Introduction, Resource
from proposals.services import matches, organizations, resources
from tests import make, make_matching, make_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make.desk()


def reload(resource):
    return Resource.objects.select_related("organization").get(pk=resource.pk)


# --- two that are one -------------------------------------------------------


@pytest.mark.both
def test_what_was_arranged_with_a_double_goes_on_with_the_one_that_stays_and_its_yes(desk):
    one = make_town.resource(by=desk, consent="not_asked")
    double = make_town.resource(by=desk)
    case = make_matching.case(by=desk)
    met = make_matching.introduction(case, desk, resources=[double])
    match = make_matching.match(case, desk)
    side = matches.add_side(case, by=desk, resource=double, part="架空の手伝い")

    organizations.merge(double.organization, one.organization, by=desk)

    names = with_names(Introduction.objects.filter(pk=met.pk)).get().partners
    assert (names, reload(one).consent) == (one.organization.name, "yes")
    assert [party.resource for party in match.parties.filter(pk=side.pk)] == [one]
    assert {line.number for line in of_organization(one.organization)} == {case.number}


@pytest.mark.both
def test_a_no_of_either_of_two_ends_what_was_to_come_with_the_other(desk):
    one, double = make_town.resource(by=desk), make_town.resource(by=desk, consent="no")
    met = make_matching.introduction(make_matching.case(by=desk), desk, resources=[one])

    organizations.merge(double.organization, one.organization, by=desk)

    met.refresh_from_db()
    assert (met.result, met.resources.count()) == ("not_met", 0)


# --- what is arranged -------------------------------------------------------


@pytest.mark.both
def test_a_yes_is_not_taken_back_while_a_meeting_is_arranged(desk):
    one = make_town.resource(by=desk)
    met = make_matching.introduction(
        make_matching.case(by=desk), desk, resources=[one], on=timezone.localdate()
    )

    with pytest.raises(NotAllowed, match=met.proposal.number):
        resources.say_consent(reload(one), by=desk, consent="not_asked")

    make_matching.tell(met, desk)
    resources.say_consent(reload(one), by=desk, consent="not_asked")
    assert reload(one).consent == "not_asked"


# --- by what it is found ----------------------------------------------------


@pytest.mark.parametrize("columns", [{"told": "架空"}, {"consent": "no"}, {"removed_on": None}])
def test_what_marks_follow_from_is_not_written_past_them(desk, columns):
    make_town.resource(by=desk)

    with pytest.raises(TypeError, match="save each"):
        Resource.objects.update(**columns)


def test_many_stored_at_once_have_their_marks(desk):
    of = make_town.resource(by=desk).organization
    told = {"organization": of, "kind": "activity", "activities": ["学習支援"], "areas": ["座間市"]}
    said = {"consent": "yes", "consent_on": timezone.localdate()}
    rows = [Resource(name="架空の朝の会", **told, **said), Resource(name="架空の夜の会", **told)]

    stored = Resource.objects.bulk_create(rows)

    assert [one.marks.filter(mark="a学習支援").exists() for one in stored] == [True, False]
