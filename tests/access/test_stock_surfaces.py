"""What a stock admin offers beside its pages, tried by those who want more than is theirs (D9, D10)."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from cityhall.admin import Master
from cityhall.models import Department, OutgoingMail, Posting, User
from proposals.models import DeskJob, Measure, Organization, Proposal, ReplyText, SavedFilter, Theme
from tests import make
from tests.access.city import CONTACT, TITLE
from tests.access.table import TABLE

pytestmark = pytest.mark.django_db

INSIDE = ("desk", "admin")
LISTS = {
    model: reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for model, page in admin.site._registry.items()
    if isinstance(page, Master)
}
OF_THE_DESK = [name for name in TABLE if name.startswith("admin")]
RIGHTS = {"user": "me", "role": "admin", "kind": "main", "valid_from": "2026-04-01", "valid_to": ""}
RIGHTS |= {"is_superuser": "on", "is_staff": "on", "is_active": "on", "groups": "1", "permissions": "1"}
STEPS = {"step": "adopted", "verdict": "adopted", "holder": "desk", "is_eligible": "True", "number": "R1-1"}
STEPS |= {"first_contact_on": "2020-04-01", "received_on": "2020-04-01", "merged_into": "1"}
INLINE = {"records-TOTAL_FORMS": "1", "records-INITIAL_FORMS": "0", "records-0-kind": "verdict"}
INLINE |= {"records-0-on": "2020-04-01", "postings-TOTAL_FORMS": "1", "postings-INITIAL_FORMS": "0"}
INLINE |= {"postings-0-role": "admin", "postings-0-user": "me", "postings-0-valid_from": "2026-04-01"}
IN_A_LIST = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": "1", "form-0-role": "admin"}
FORGED = RIGHTS | STEPS | INLINE | IN_A_LIST | {"_save": "保存", "_saveasnew": "1", "_popup": "1"}


def world() -> list:
    """What no forged form may change: rights, the trail of the cases, what people keep, how much there is."""
    cases = Proposal.objects.order_by("pk").values_list("pk", "number", "step", "verdict", "first_contact_on")
    accounts = User.objects.order_by("pk").values_list("pk", "username", "password", "is_active")
    kept = [list(model.objects.order_by("pk").values()) for model in (Posting, SavedFilter)]
    counted = (Department, Theme, Measure, ReplyText, Organization, OutgoingMail)
    return [list(cases), list(accounts), kept, [model.objects.count() for model in counted]]


def send(visits, actor, path, form):
    """What was answered; `then` is the world after it."""
    me = visits.city.people[actor]
    sent = {name: me.pk if value == "me" else value for name, value in form.items()}
    return visits.go(actor, path, "post", sent, look=world)


@pytest.mark.parametrize("name", OF_THE_DESK)
def test_a_form_with_fields_nobody_offered_grants_nothing_and_moves_nothing(visits, name):
    assert TABLE[name].sends is not None, "the matrix does not say what becomes of what is sent here"
    path, before = visits.path(name), world()

    answers = {actor: send(visits, actor, path, FORGED) for actor in (*INSIDE, "head")}

    assert [actor for actor, answer in answers.items() if answer.then != before] == []
    assert [actor for actor, answer in answers.items() if answer.status_code >= 500] == []
    assert answers["head"].status_code == 404


ACTIONS = {
    "delete": {"action": "delete_selected", "post": "yes", "index": "0"},
    "an action there is not": {"action": "grant", "index": "99", "select_across": "1"},
    "rows changed in the list": {"_save": "保存", **IN_A_LIST},
}


@pytest.mark.parametrize("asked", ACTIONS)
@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_a_list_takes_no_action_on_its_rows_whoever_asks(visits, model, asked):
    rows, before = {"_selected_action": [row.pk for row in model.objects.all()[:3]]}, world()

    answers = [send(visits, actor, LISTS[model], ACTIONS[asked] | rows) for actor in INSIDE]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert [answer.then for answer in answers] == [before, before]


# --- what an address may ask of a list ----------------------------------------

ASKED = [
    "user__password__startswith=p", "user__password__isnull=0", "department__name__icontains=a",
    "pk__gt=0", "id__in=1,2", "name__regex=(", "on__year=2026", "valid_from__gte=2020-01-01", "user=1",
    "to__contains=@", "body__contains=a", "about__startswith=R8", "postings__role=admin",
    "_to_field=password", "_to_field=name", "_to_field=pk__password", "role__in=desk,admin",
]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
def test_no_list_is_asked_what_its_filters_do_not_ask(visits, asked):
    codes = [visits.go(who, f"{url}?{asked}").status_code for url in LISTS.values() for who in INSIDE]

    assert set(codes) == {400, 404}


@pytest.mark.parametrize("asked", ["o=99.-2.x", "e=1", "_popup=1", "_facets=True", f"p={'9' * 5000}", "all="])
def test_what_only_dresses_a_list_opens_it_to_nobody_else(visits, asked):
    for url in LISTS.values():
        codes = [visits.seen(who, url).status_code for who in INSIDE]

        dressed = [visits.go(who, f"{url}?{asked}").status_code for who in INSIDE]

        assert dressed == codes


# --- completing while typing, popups, copies ------------------------------------


def test_nothing_completes_what_somebody_types(visits):
    asked = "?app_label=cityhall&model_name=posting&field_name=department&term="

    assert {visits.go(who, f"/admin/autocomplete/{asked}").status_code for who in INSIDE} == {404}


def test_a_copy_is_made_of_nothing(visits):
    theme = Theme.objects.first()
    form = {"department": theme.department_id, "title": "架空の写し", "wanted": "use", "_saveasnew": "1"}

    answer = send(visits, "desk", reverse("admin:proposals_theme_change", args=[theme.pk]), form)

    assert answer.then == world()


@pytest.mark.parametrize("to_field", ["password", "user__password", "email", "name"])
def test_a_small_window_gives_back_no_field_of_its_callers_choosing(visits, to_field):
    form = {"name": "架空の小窓の課", "valid_from": "2026-04-01", "_popup": "1", "_to_field": to_field}

    answers = [send(visits, who, reverse("admin:cityhall_department_add"), form) for who in INSIDE]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert [answer.then for answer in answers] == [world(), world()]


# --- what is a colleague's, and whose case it is ----------------------------------


@pytest.fixture
def colleague():
    client = Client()
    client.force_login(make.desk())
    return client


@pytest.mark.parametrize("name", ["admin:proposals_proposal_job", "admin:proposals_proposal_job_file"])
def test_a_colleagues_job_and_its_file_are_not_there(visits, colleague, name):
    assert colleague.get(visits.path(name)).status_code == 404

    assert DeskJob.objects.get().by == visits.city.desk


def test_a_colleagues_own_list_shows_nowhere_and_no_press_changes_it(visits, colleague):
    kept = SavedFilter.objects.create(
        owner=visits.city.desk, name="架空の自分だけの一覧", query="step=intake"
    )
    path, before = visits.path("admin:proposals_proposal_kept"), world()

    codes = [colleague.post(path, {"go": go, "name": kept.name}).status_code for go in ("share", "remove")]

    assert codes == [404, 404]
    assert kept.name not in colleague.get(path).text + colleague.get("/admin/").text
    assert world()[2] == before[2]


@pytest.mark.parametrize("name", OF_THE_DESK)
def test_no_window_of_whatever_size_shows_system_administration_a_case(visits, name):
    seen = visits.go("admin", f"{visits.path(name)}?_popup=1&_to_field=id").text_seen

    assert [word for word in (TITLE, *CONTACT.values()) if word in seen] == []
