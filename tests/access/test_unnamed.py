"""Who left the register, said no or was not asked stands on no page, in no file and in no letter."""

import subprocess

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cityhall import pdf_fonts
from cityhall.models import OutgoingMail
from cityhall.tables import read_table
from proposals import introduction_paper, town_book
from proposals.models import Delivery, Introduction, Match, MatchParty, Support
from proposals.services import asking_the_town, introductions, resources
from tests import make_matching, make_town
from tests.access.city import City
from tests.access.conftest import Visits
from tests.access.table import TABLE

pytestmark = pytest.mark.django_db
LEFT, SAID_NO, UNASKED, NAMED = "架空の去った会", "架空の断った会", "架空の未定の会", "架空の紹介できる会"
HIDDEN = (LEFT, SAID_NO, UNASKED)
LOOKERS = ("stranger", "desk", "head", "member", "manager", "admin")
# the desk's own: what is written down of an organisation or was given, the register with those not asked yet
RECORDS = {name for name in TABLE if name.startswith("admin:proposals_organization_")}
REGISTER = {"admin:proposals_resource_changelist", "admin:proposals_support_changelist"}
TOLD = {"activities": ["食の支援"], "areas": ["座間市"], "offers": "見守りの手"}


class Town:
    """A city in which the four were met, agreed with and supported, before two of them said otherwise."""

    def __init__(self):
        self.city = City()
        self.desk = self.city.desk
        self.of = {name: self._entry(name) for name in (LEFT, SAID_NO, UNASKED, NAMED)}
        self._live_together()
        resources.remove(self.of[LEFT], by=self.desk, reason="外してほしいと連絡", everything=True)
        resources.say_consent(self.of[SAID_NO], by=self.desk, consent="no")
        make_town.unasked(self.of[UNASKED])

    def _entry(self, name):
        return make_town.resource(
            {"name": name, "kind": "civic"}, by=self.desk, email="machi@example.com", **TOLD
        )

    def _live_together(self):
        """Met, to be met, agreed with and supported, wherever a page of the city tells of such things."""
        case, all_of_them = self.city.case, list(self.of.values())
        for meeting in Introduction.objects.all():
            meeting.resources.add(*all_of_them)
        self.coming = make_matching.introduction(
            make_matching.case(), self.desk, departments=[self.city.own], resources=all_of_them
        )
        for match in Match.objects.all():
            Match.objects.filter(pk=match.pk).update(agreed_on=timezone.localdate())
            for one in all_of_them:
                MatchParty.objects.create(match=match, role="partner", resource=one, part="架空の手伝い")
        for one in all_of_them:
            ends = {"provider": case.organization, "recipient": one.organization}
            today = timezone.localdate()
            support = Support.objects.create(purpose="架空の支援", promised_on=today, **ends)
            Delivery.objects.create(support=support, on=today)


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        town = Town()
        town.visits = Visits(town.city)
        yield town
        transaction.set_rollback(True)


def may_stand(name, hidden, actor):
    """Where the desk alone still reads who it is."""
    if actor != "desk":
        return False
    return name in RECORDS or (name in REGISTER and hidden != LEFT)


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.opens])
def test_no_page_and_no_file_names_who_may_not_be_named(town, name):
    path = town.visits.path(name)
    seen = {actor: town.visits.seen(actor, path).text_seen for actor in LOOKERS if actor in TABLE[name].opens}

    told = {(actor, hidden) for actor, text in seen.items() for hidden in HIDDEN if hidden in text}

    assert {(actor, hidden) for actor, hidden in told if not may_stand(name, hidden, actor)} == set()


def test_the_walk_would_see_a_name(town):
    seen = "".join(
        town.visits.seen("desk", town.visits.path(name)).text_seen
        for name in ("admin:proposals_resource_book", "admin:proposals_resource_export")
    )

    assert seen.count(NAMED) == 2


def test_the_register_as_a_workbook_names_none_of_them(town):
    desk = town.visits.clients["desk"]

    answer = desk.get("/admin/proposals/resource/export/?format=xlsx")

    cells = str(read_table(answer.content).rows)
    assert NAMED in cells and not any(hidden in cells for hidden in HIDDEN)


@pytest.mark.skipif(not pdf_fonts.available(), reason="no pango")
def test_the_papers_name_none_of_them(town, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "MEDIA_ROOT", str(tmp_path))
    town_book.print_pdf(0)

    text = subprocess.run(["pdftotext", town_book.place_of(0), "-"], capture_output=True, text=True).stdout

    text += introduction_paper.paper_html(Introduction.objects.numbered().get(pk=town.coming.pk))
    assert NAMED in text and not any(hidden in text for hidden in HIDDEN)


def test_no_letter_on_its_way_names_who_left_or_said_no_and_none_goes_to_them(town):
    waiting = OutgoingMail.objects.filter(state="queued")

    bodies = "".join(letter.body for letter in waiting)

    assert NAMED in bodies and LEFT not in bodies and SAID_NO not in bodies


def test_a_meeting_to_come_goes_on_with_the_others_alone(town):
    names = {one.organization.name for one in town.coming.resources.select_related("organization")}

    assert names == {NAMED, UNASKED}
    with pytest.raises(introductions.NotAllowed):
        make_matching.introduction(make_matching.case(), town.desk, resources=[town.of[LEFT]])


def test_who_left_is_asked_nothing_more(town):
    asking_the_town.ask(timezone.localdate())

    assert not OutgoingMail.objects.filter(key__startswith=f"resource:{town.of[LEFT].pk}:").exists()
