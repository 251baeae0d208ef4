"""覚え・すること: kept once, done once, on the case and at the home."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.workflow import NotAllowed
from proposals.models import Organization, Todo
from proposals.services import todos
from proposals.workflow import Kind
from tests import make, make_care

pytestmark = pytest.mark.django_db


def url(case, deed):
    return f"/admin/proposals/proposal/{case.number}/{deed}/"


def test_a_note_is_kept_once_for_its_key_and_other_words_are_refused(client, desk):
    case = make.submission()
    note = {"version": case.version, "key": "n1", "text": "架空の覚え"}

    for _ in range(2):
        client.post(url(case, "notes"), note)
    page = client.post(url(case, "notes"), note | {"text": "架空の別の覚え"})

    assert case.records.filter(kind=Kind.NOTE).count() == 1
    assert "架空の覚え" in page.text
    assert "架空の別の覚え" in page.text


def test_something_to_do_stands_on_the_case_and_at_the_home_until_it_is_done(client, desk):
    case = make.submission()
    said = {"key": "t1", "text": "架空の電話をかける", "owner": desk.pk, "due_on": str(timezone.localdate())}

    client.post(url(case, "todos"), {"version": case.version, **said})

    todo = Todo.objects.get()
    assert (todo.owner, todo.proposal) == (desk, case)
    assert "架空の電話をかける" in client.get("/admin/").text
    response = client.post("/admin/proposals/proposal/todos/t1/done/", {"from": "home"})
    assert response.url == "/admin/#todos"
    client.get("/admin/")  # says that it is done
    assert "架空の電話をかける" not in client.get("/admin/").text
    todo.refresh_from_db()
    assert todo.done_by == desk


def test_who_finished_something_first_stays(desk):
    todo = make_care.todo(make.submission(), desk)

    todos.finish(todo, by=desk)
    again = todos.finish(todo, by=make.desk())

    assert again.done_by == desk


def test_the_home_shows_mine_and_everybodys_not_a_colleagues(client, desk):
    case, colleague = make.submission(), make.desk()
    make_care.todo(case, desk, "架空のわたしの用", owner=desk)
    make_care.todo(case, desk, "架空のみんなの用")
    make_care.todo(case, desk, "架空の同僚の用", owner=colleague)

    home = client.get("/admin/").text

    shown = [words in home for words in ("架空のわたしの用", "架空のみんなの用", "架空の同僚の用")]
    assert shown == [True, True, False]


def test_an_organisation_may_have_something_to_do_too(desk):
    organization = Organization.objects.create(name="架空商店", name_key="架空商店", kind="company")

    todo = todos.add(organization, by=desk, text="架空の声かけ", key="o1")

    assert (todo.organization, todo.proposal) == (organization, None)


def test_a_day_past_and_an_owner_elsewhere_are_refused(desk):
    case = make.submission()

    with pytest.raises(NotAllowed, match="今日から"):
        make_care.todo(case, desk, due_on=timezone.localdate() - timedelta(1))
    with pytest.raises(NotAllowed, match="窓口にいません"):
        make_care.todo(case, desk, owner=make.manager())
    with pytest.raises(NotAllowed, match="窓口"):
        make_care.todo(case, make.manager())
