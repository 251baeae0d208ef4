"""The demo city: something to show on every screen, on any day, and never in production."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import timezone

from cityhall import post
from cityhall.models import Department, OutgoingMail, User
from logicmodels.models import Edition
from proposals.facts import fold
from proposals.models import Delivery, Organization, Proposal, Theme
from proposals.services.receipts import hash_code, open_receipt
from proposals.workflow import Step
from trips.models import Trip
from trips.queries import adopted_without_trip
from trips.workflow import Phase
from zamagate.demo_city import DEMO_CODE, DEMO_CODES
from zamagate.demo_city.clock import before, living_on

pytestmark = pytest.mark.django_db
SHOWN = {step.value for step in Step} - {Step.MERGED.value}
OWN_APPS = ("cityhall", "proposals", "logicmodels", "trips")


def load():
    call_command("load_demo", verbosity=0, stdout=StringIO())


def counts():
    models = [model for app in OWN_APPS for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: model.objects.count() for model in models}


@pytest.mark.both
def test_the_demo_city_has_something_on_every_screen_and_loading_twice_changes_nothing(capsys):
    call_command("load_demo")

    assert set(Proposal.objects.values_list("step", flat=True)) == SHOWN
    assert {trip.step for trip in Trip.objects.all()} >= {Phase.TRIAL, Phase.RESULT, Phase.CANCELLED}
    assert adopted_without_trip().count() == 1
    assert Theme.objects.open_on(timezone.localdate()).count() == 6
    assert Delivery.objects.exists()
    assert OutgoingMail.objects.exists() and not post.undelivered().exists()

    first = counts()
    call_command("load_demo")

    assert counts() == first
    assert "受付番号 R" in capsys.readouterr().out


def test_what_the_demo_tells_is_true_to_its_trail():
    load()

    call_command("verify_records", verbosity=0)
    for proposal in Proposal.objects.all():
        facts = fold(proposal.records.effective())
        assert {name: getattr(proposal, name) for name in vars(facts)} == vars(facts)
    assert not Proposal.objects.filter(is_fictional=False).exists()
    assert not Organization.objects.filter(is_fictional=False, proposals__isnull=False).exists()
    assert all(edition.is_as_fixed for edition in Edition.objects.all())


def test_two_officers_share_the_cases_and_read_some_of_them_both():
    load()

    officers = Proposal.objects.open().exclude(officer=None).values_list("officer__username", flat=True)
    read = Proposal.objects.annotate(readers=Count("assessments__reader", distinct=True))
    assert set(officers) == {"desk", "desk-fuku"}
    assert read.filter(readers=2).count() == 2


def test_trip_00_stands_there_with_its_dated_history():
    load()

    trip = Trip.objects.get(number="TRIP-0.0")
    assert (trip.called, trip.is_public, trip.is_fictional) == ("TRIP 0.0", True, False)
    assert {event.phase for event in trip.events.all()} == {"gate", "trial", "result", "next"}
    assert "時期の記録なし" in {event.said_on for event in trip.events.all()}
    assert all(event.source for event in trip.events.all())
    assert trip.logic_model.editions.count() == 1
    assert trip.links_down.exists()


def test_an_earlier_section_names_the_one_that_followed():
    load()

    assert Department.objects.get(name="生活援護課").successor.name == "生活支援課"
    assert Department.objects.named("生活援護課", on=timezone.localdate()) is None


def test_the_newest_case_opens_with_the_demo_code():
    load()

    newest = Proposal.objects.order_by("pk").last()
    assert open_receipt(newest.number, DEMO_CODE) == newest


def test_the_demo_codes_open_a_new_case_one_that_waits_for_its_proposer_and_one_announced():
    load()

    cases = [Proposal.objects.get(receipt_codes__code_hash=hash_code(code)) for code in DEMO_CODES.values()]
    assert [case.holder for case in cases] == ["desk", "proposer", ""]
    assert cases[1].messages.open_questions().count() == 2
    assert cases[1].messages.filter(side="proposer").count() == 1
    assert cases[2].announcements.get().verdict == "adopted"


@pytest.mark.parametrize("day", ["2026-04-01", "2027-01-01", "2028-02-29"])
def test_it_can_be_loaded_on_any_day(time_machine, day):
    time_machine.move_to(f"{day}T00:30:00+09:00", tick=False)

    load()

    assert set(Proposal.objects.values_list("step", flat=True)) == SHOWN


def test_production_refuses_it(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="本番には"):
        load()


def test_the_clock_is_put_back_even_after_a_refusal():
    today = timezone.localdate()

    with pytest.raises(ValueError), living_on(before(today, 30)):
        assert timezone.localdate() == before(today, 30)
        raise ValueError

    assert timezone.localdate() == today


def test_a_demo_user_may_have_changed_the_password():
    load()
    desk = User.objects.get(username="desk")
    desk.set_password("もう変えました")
    desk.save()

    load()

    desk.refresh_from_db()
    assert desk.check_password("もう変えました")
