"""Postings in force today are the only truth about who may do what."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from cityhall import access
from cityhall.models import Department, Posting, Role, User
from cityhall.refusal import NotAllowed
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]

BEFORE_MIDNIGHT = "2027-03-31T14:59:59Z"  # 31 March 23:59:59 in Japan
MIDNIGHT = "2027-03-31T15:00:00Z"  # 1 April 0:00 in Japan


def person_posted(valid_from, valid_to=None, role=Role.DESK):
    person = make.user()
    make.posting(person, role, make.department("市民協働課"), valid_from=valid_from, valid_to=valid_to)
    return person


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "in_force"),
    [
        (date(2026, 7, 1), None, True),
        (date(2026, 7, 2), None, False),
        (date(2026, 6, 1), date(2026, 7, 1), True),
        (date(2026, 6, 1), date(2026, 6, 30), False),
    ],
)
def test_a_posting_counts_from_its_first_to_its_last_day(time_machine, valid_from, valid_to, in_force):
    time_machine.move_to("2026-07-01T03:00:00Z", tick=False)

    assert access.has_role(person_posted(valid_from, valid_to), Role.DESK) is in_force


@pytest.mark.parametrize(("moment", "section"), [(BEFORE_MIDNIGHT, "架空旧課"), (MIDNIGHT, "架空新課")])
def test_staff_move_at_midnight_of_the_first_of_april_in_japan(time_machine, moment, section):
    person = make.user()
    make.posting(person, Role.HEAD, make.department("架空旧課"), valid_to=date(2027, 3, 31))
    make.posting(person, Role.HEAD, make.department("架空新課"), valid_from=date(2027, 4, 1))
    time_machine.move_to(moment, tick=False)

    assert access.departments_of(person, Role.HEAD) == [Department.objects.get(name=section)]


def test_whoever_has_left_has_no_posting():
    person = make.desk(is_active=False)

    assert access.postings_of(person) == []
    assert not Posting.objects.in_force().exists()


def test_a_stranger_has_no_posting():
    assert access.postings_of(AnonymousUser()) == []


def test_several_postings_hold_at_once():
    person = make.desk()
    section = make.department("架空環境課")
    make.posting(person, Role.HEAD, section, kind="acting")

    assert access.posting_for(person, Role.HEAD, department=section).kind == "acting"
    assert access.departments_of(person) == [make.department("市民協働課"), section]
    assert access.posting_for(person, Role.HEAD, department=make.department("市民協働課")) is None


@pytest.mark.parametrize(
    ("roles", "section", "words"),
    [
        ([Role.DESK], False, "これは窓口だけが行えます。"),
        ([Role.MEMBER, Role.HEAD], True, "これは架空環境課の関係課・所属長だけが行えます。"),
    ],
)
def test_whoever_may_not_is_told_who_may(roles, section, words):
    department = make.department("架空環境課") if section else None

    with pytest.raises(NotAllowed) as refused:
        access.require(make.manager(), *roles, department=department)

    assert str(refused.value) == words


def permissions(maker, *arguments):
    return access.permissions_of(getattr(make, maker)(*arguments))


def test_system_administration_sees_no_case():
    assert {p.split(".")[0] for p in permissions("admin")} == {"cityhall"}


@pytest.mark.parametrize("maker", ["manager", "user"])
def test_a_manager_and_a_person_without_posting_have_no_right_in_the_admin(maker):
    assert permissions(maker) == set()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.HEAD])
def test_a_section_has_no_right_in_the_admin(role):
    assert permissions("user", role, make.department()) == set()


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMIN])
def test_nobody_but_system_administration_changes_people_and_postings(role):
    rights = permissions("user", role, make.department())

    assert not [p for p in rights if p.endswith(("_user", "_posting")) and ".view_" not in p]


def test_nobody_may_delete_anything():
    rights = set().union(*(permissions("user", role, make.department()) for role in Role))

    assert not [p for p in rights if ".delete_" in p]


def test_has_perm_asks_the_postings_of_today():
    desk, leaver = make.desk(), person_posted(make.LONG_AGO, make.LONG_AGO)

    assert (desk.has_perm("proposals.view_proposal"), desk.has_module_perms("proposals")) == (True, True)
    assert (leaver.has_perm("proposals.view_proposal"), leaver.has_module_perms("proposals")) == (
        False,
        False,
    )
    assert not make.admin().has_perm("proposals.view_proposal")


def test_an_inactive_person_has_no_permission():
    person = make.desk()
    person.is_active = False

    assert not person.has_perm("proposals.view_proposal")


def test_there_are_no_groups_permission_rows_or_superusers_to_edit():
    columns = {field.name for field in User._meta.get_fields()}

    assert not columns & {"groups", "user_permissions", "is_superuser", "is_staff"}


def test_a_superuser_made_by_command_is_system_administration_and_no_more():
    person = User.objects.create_superuser("架空管理", "架空の合言葉です", name="架空管理")

    assert [p.role for p in access.postings_of(person)] == [Role.ADMIN]


@pytest.mark.parametrize("role", [Role.HEAD, Role.MEMBER])
def test_the_database_refuses_a_posting_of_a_section_without_the_section(role):
    person = make.user()
    columns = "user_id, department_id, role, kind, title, valid_from"

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cityhall_posting ({columns}) VALUES (%s, NULL, %s, 'main', '', '2026-04-01')",
            [person.pk, role],
        )


@access.role_required(Role.DESK, Role.HEAD)
def page(request):
    return HttpResponse("どうぞ")


def visit(person):
    request = RequestFactory().get("/somewhere/?page=2")
    request.user = person
    return page(request)


def test_a_guarded_view_sends_strangers_to_the_login_and_back():
    answer = visit(AnonymousUser())

    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/somewhere/%3Fpage%3D2")


def test_a_guarded_view_opens_for_each_of_its_roles():
    assert visit(make.desk()).status_code == visit(make.head(make.department())).status_code == 200


@pytest.mark.parametrize("maker", ["manager", "admin", "user"])
def test_a_guarded_view_is_not_there_for_others(maker):
    with pytest.raises(Http404):
        visit(getattr(make, maker)())
