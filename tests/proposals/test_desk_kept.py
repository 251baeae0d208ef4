"""絞り込み: kept under a name, shared, forgotten."""

import pytest

from cityhall.refusal import NotAllowed
from proposals.models import SavedFilter
from proposals.services import saved_filters
from tests import make

pytestmark = pytest.mark.django_db
LIST, KEPT = "/admin/proposals/proposal/", "/admin/proposals/proposal/kept/"


def keep(client, query="step=sorting&field=%E7%92%B0%E5%A2%83", name="環境の整理", **more):
    return client.post(KEPT, {"query": query, "name": name, **more})


def left_column(client):
    groups = client.get(LIST).context["desk_lists"]
    return [link["name"] for group in groups if group["title"] == "絞り込み" for link in group["links"]]


def test_a_narrowed_list_is_kept_and_stands_at_the_left(client, desk):
    page = client.get(LIST, {"step": "sorting", "field": "環境"})
    assert f"{KEPT}?step=sorting&amp;field=" in page.text

    answer = keep(client)

    assert answer.url == f"{LIST}?step=sorting&field=%E7%92%B0%E5%A2%83"
    assert left_column(client) == ["環境の整理", "絞り込みを直す"]
    assert "段階「②内容整理」・分野「環境」" in client.get(KEPT).text


def test_what_is_shared_stands_at_everybodys_left_and_can_be_taken_back(client, desk):
    keep(client, is_shared="on")
    keep(client, query="step=hearing", name="わたしだけ")
    client.force_login(make.desk())
    assert left_column(client) == ["環境の整理", "絞り込みを直す"]

    client.force_login(desk)
    client.post(KEPT, {"go": "unshare", "name": "環境の整理"})
    client.force_login(make.desk())

    assert left_column(client) == ["絞り込みを直す"]


def test_only_ones_own_is_forgotten(client, desk):
    keep(client, is_shared="on")
    client.force_login(make.desk())
    assert client.post(KEPT, {"go": "remove", "name": "環境の整理"}).status_code == 404
    client.force_login(desk)

    client.post(KEPT, {"go": "remove", "name": "環境の整理"})

    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    "query", ["foo=1", "step=none", "department=1'--", "step=sorting&step=hearing", "list=x"]
)
def test_what_the_list_refuses_is_not_kept(client, desk, query):
    answer = keep(client, query)

    assert "この絞り込みは読めませんでした。" in answer.text
    assert not SavedFilter.objects.exists()


def test_the_same_twice_is_kept_once_and_a_name_means_one_list(client, desk):
    keep(client)
    keep(client)

    answer = keep(client, query="step=hearing")

    assert "同じ名前の絞り込みが、もうあります。" in answer.text
    assert SavedFilter.objects.count() == 1


def test_the_place_in_the_list_is_not_kept(client, desk):
    keep(client, query="step=sorting&after=2026-01-01_2026-01-01_R8-0001")

    assert SavedFilter.objects.get().query == "step=sorting"


def test_a_person_keeps_no_more_than_a_list_of_them(desk, monkeypatch):
    monkeypatch.setattr(saved_filters, "MOST", 1)
    saved_filters.keep("step=sorting", by=desk, name="一")

    with pytest.raises(NotAllowed, match="1個まで"):
        saved_filters.keep("step=hearing", by=desk, name="二")


def test_nobody_but_the_desk_keeps(desk):
    with pytest.raises(NotAllowed):
        saved_filters.keep("step=sorting", by=make.manager(), name="一")
