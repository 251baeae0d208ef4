"""The desk's site and the masters: who may enter, who may change what, and what a hostile address gets."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from cityhall.models import ClosedDay, Department, OutgoingMail, Posting, Role, User
from tests import make

pytestmark = pytest.mark.django_db
MASTERS = ["department", "user", "posting", "closedday"]


def list_of(name):
    return reverse(f"admin:cityhall_{name}_changelist")


@pytest.fixture
def as_admin(client):
    person = make.admin()
    client.force_login(person)
    return client


@pytest.fixture
def as_desk(client):
    client.force_login(make.desk())
    return client


def test_strangers_are_sent_to_the_one_login(client):
    response = client.get("/admin/")

    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/admin/"


@pytest.mark.parametrize("role", [Role.MANAGER, Role.HEAD, Role.MEMBER])
def test_other_rooms_people_find_nothing_here(client, role):
    client.force_login(make.user(role, make.department("架空課")))

    assert client.get("/admin/").status_code == 404
    assert client.get(list_of("department")).status_code == 404


def test_there_is_no_second_door_and_no_page_of_an_app(as_desk):
    for address in ("/admin/login/", "/admin/password_change/", "/admin/cityhall/", "/admin/proposals/"):
        assert as_desk.get(address).status_code == 404


def test_a_posting_that_ended_yesterday_opens_nothing(client):
    person = make.user()
    yesterday = timezone.localdate() - timedelta(1)
    make.posting(person, Role.DESK, make.department(), valid_to=yesterday)
    client.force_login(person)

    assert client.get("/admin/").status_code == 404


@pytest.mark.parametrize("name", MASTERS)
def test_system_administration_sees_and_adds_every_master(as_admin, name):
    assert as_admin.get(list_of(name)).status_code == 200
    assert as_admin.get(reverse(f"admin:cityhall_{name}_add")).status_code == 200


def test_system_administration_sees_no_case(as_admin):
    case = make.submission()

    assert as_admin.get("/admin/").status_code == 200
    for address in ("/admin/proposals/proposal/", f"/admin/proposals/proposal/{case.number}/change/"):
        assert as_admin.get(address).status_code == 404


def test_the_desk_reads_sections_and_closed_days_and_changes_none(as_desk):
    section = make.department("架空課")
    page = reverse("admin:cityhall_department_change", args=[section.pk])

    assert as_desk.get(list_of("department")).status_code == 200
    assert as_desk.get(page).status_code == 200
    assert as_desk.post(page, {"name": "別の課"}).status_code == 404
    assert as_desk.get(reverse("admin:cityhall_department_add")).status_code == 404
    assert as_desk.get(list_of("user")).status_code == 404
    assert as_desk.get(list_of("posting")).status_code == 404
    assert Department.objects.get(pk=section.pk).name == "架空課"


def test_a_section_is_added(as_admin):
    as_admin.post(
        reverse("admin:cityhall_department_add"), {"name": "架空の新しい課", "valid_from": "2026-04-01"}
    )

    assert Department.objects.get(name="架空の新しい課").valid_from == make.LONG_AGO


def test_a_member_of_staff_is_added_without_any_right(as_admin):
    fields = {
        "username": "atarashii",
        "name": "架空新人",
        "password1": make.PASSWORD,
        "password2": make.PASSWORD,
    }

    as_admin.post(reverse("admin:cityhall_user_add"), fields | {"usable_password": "true"})

    person = User.objects.get(username="atarashii")
    assert person.check_password(make.PASSWORD)
    assert not person.postings.exists()


def test_a_new_password_is_set_for_somebody_else(as_admin):
    person = make.user()
    page = reverse("admin:auth_user_password_change", args=[person.pk])

    as_admin.post(
        page, {"password1": "別の架空の合言葉", "password2": "別の架空の合言葉", "usable_password": "true"}
    )

    person.refresh_from_db()
    assert person.check_password("別の架空の合言葉")


def test_no_form_knows_groups_permissions_or_the_superuser(as_admin):
    person = make.user()

    page = as_admin.get(reverse("admin:cityhall_user_change", args=[person.pk]))

    fields = set(page.context["adminform"].form.fields)
    assert fields == {"username", "password", "name", "email", "is_active"}
    assert admin.site._registry.keys().isdisjoint({"Group", "Permission"})
    assert as_admin.get("/admin/auth/group/").status_code == 404


def test_nobody_changes_their_own_row_or_password(client):
    person = make.admin()
    client.force_login(person)
    page = reverse("admin:cityhall_user_change", args=[person.pk])

    assert client.get(page).status_code == 200
    assert (
        client.post(page, {"username": person.username, "name": "別名", "is_active": "on"}).status_code == 404
    )
    assert client.get(reverse("admin:auth_user_password_change", args=[person.pk])).status_code == 404


def test_nobody_gives_themselves_a_posting_or_changes_their_own(client):
    person = make.admin()
    client.force_login(person)
    own = person.postings.get()
    fields = {"user": person.pk, "role": Role.DESK, "kind": "main", "valid_from": "2026-04-01"}

    added = client.post(reverse("admin:cityhall_posting_add"), fields)
    changed = client.post(reverse("admin:cityhall_posting_change", args=[own.pk]), fields)

    assert (added.status_code, changed.status_code) == (200, 404)
    assert [posting.role for posting in person.postings.all()] == [Role.ADMIN]


def test_a_posting_keeps_its_person_and_role_once_made(as_admin):
    posting = make.posting(make.user(), Role.DESK, make.department())
    page = reverse("admin:cityhall_posting_change", args=[posting.pk])

    as_admin.post(
        page, {"role": Role.ADMIN, "kind": "main", "valid_from": "2026-04-01", "valid_to": "2026-05-01"}
    )

    posting.refresh_from_db()
    assert (posting.role, str(posting.valid_to)) == (Role.DESK, "2026-05-01")


def test_nothing_is_deleted_here(as_admin):
    day = ClosedDay.objects.create(on="2026-12-28", reason="架空の点検")
    bulk = {"action": "delete_selected", "_selected_action": [day.pk], "post": "yes", "index": "0"}

    as_admin.post(list_of("closedday"), bulk)
    gone = as_admin.post(reverse("admin:cityhall_closedday_delete", args=[day.pk]), {"post": "yes"})

    assert gone.status_code == 404
    assert ClosedDay.objects.filter(pk=day.pk).exists()


@pytest.mark.parametrize(
    "query",
    ["?foo=1", "?password__startswith=m", "?is_active__exact=maybe", "?postings__user__password=x"],
)
def test_a_hostile_address_is_a_bad_request(as_admin, query):
    assert as_admin.get(list_of("user") + query).status_code == 400


def test_no_autocomplete_answers_for_what_is_not_ones_own(as_desk):
    query = {"term": "a", "app_label": "cityhall", "model_name": "posting", "field_name": "user"}

    assert as_desk.get("/admin/autocomplete/", query).status_code == 404


def test_letters_are_read_and_never_written(as_desk):
    letter = OutgoingMail.objects.create(
        key="k",
        to="kaku@example.com",
        subject="架空の知らせ",
        body="…",
        state="failed",
        next_try_at=timezone.now(),
    )
    page = reverse("admin:cityhall_outgoingmail_change", args=[letter.pk])

    assert "架空の知らせ" in as_desk.get(list_of("outgoingmail"), {"undelivered": "yes"}).text
    assert as_desk.get(page).status_code == 200
    assert as_desk.post(page, {"to": "dare@example.com"}).status_code == 404
    assert as_desk.get(reverse("admin:cityhall_outgoingmail_add")).status_code == 404


def test_every_master_answers_the_same_number_of_questions_at_any_length(as_admin, django_assert_num_queries):
    def read():
        return as_admin.get(list_of("posting"))

    read()
    with django_assert_num_queries(4):
        read()
    for _ in range(3):
        make.desk()
    with django_assert_num_queries(4):
        read()

    assert Posting.objects.count() == 4


@pytest.mark.parametrize(
    "asked",
    [
        "name__regex=(",
        "id__in=9999999999999999999999",
        "email__contains=a",
        "password__startswith=p",
        "is_active__lt=1",
    ],
)
def test_an_address_may_ask_only_what_the_filters_of_the_list_ask(as_admin, asked):
    assert as_admin.get(f"{list_of('user')}?{asked}").status_code == 400
    assert as_admin.get(f"{list_of('user')}?is_active__exact=1").status_code == 200


@pytest.mark.parametrize("words", ["あ" * 60_000, "架空\0"])
def test_a_list_is_not_searched_for_what_nobody_types(as_admin, words):
    assert as_admin.get(list_of("department"), {"q": words}).status_code == 400
    assert as_admin.get(list_of("department"), {"q": "あ" * 100}).status_code == 200


def test_a_posting_is_not_made_twice_by_two_presses(as_admin):
    given = {"user": make.user().pk, "role": "manager", "kind": "main", "valid_from": "2026-04-01"}
    before = Posting.objects.count()

    pages = [as_admin.post(reverse("admin:cityhall_posting_add"), given, follow=True) for _ in range(2)]

    assert Posting.objects.count() == before + 1
    assert "同じものが、もう登録されています。" in pages[1].text
