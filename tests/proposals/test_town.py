"""The town as a picture and as a book: what may be named, counted and printed, and nobody else."""

import pytest
from django.conf import settings
from django.utils import timezone

from cityhall import pdf_fonts
from proposals import town_book, town_map
from proposals.services import resources
from proposals.tasks import print_town_book
from tests import make, make_town

pytestmark = pytest.mark.django_db
ROOM = "/admin/proposals/resource/"


@pytest.fixture
def desk(client):
    officer = make.desk()
    client.force_login(officer)
    return officer


@pytest.fixture(autouse=True)
def media(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "MEDIA_ROOT", str(tmp_path))


def mark(activity, area):
    rows = {row["activity"]: row for row in town_map.picture()["rows"]}
    return next(one for one in rows[activity]["marks"] if one.area == area)


@pytest.mark.both
def test_the_picture_counts_who_may_be_named_where_they_work(desk, django_assert_num_queries):
    make_town.resource(by=desk, activities=["食の支援", "子育て"], areas=["座間市", "綾瀬市"])
    make_town.resource(by=desk, activities=["食の支援"], verified_on=None)
    make_town.resource(by=desk, activities=["食の支援"], consent="not_asked")

    with django_assert_num_queries(1):
        town_map.picture()

    here = mark("食の支援", "座間市")
    assert (here.count, here.stale, mark("子育て", "綾瀬市").count) == (2, 1, 1)
    assert mark("子育て", "大和市").count == 0


def test_picture_and_table_say_the_same_and_lead_to_the_list(client, desk):
    one = make_town.resource(by=desk, activities=["就労支援"])

    body = client.get(f"{ROOM}map/").content.decode()

    link = f"{ROOM}?{mark('就労支援', '座間市').query}"
    assert link.replace("&", "&amp;") in body and "<svg" in body
    assert client.get(link).context["found"] == [one]


def test_the_book_of_an_area_tells_each_once_and_never_whom_to_call(client, desk):
    told = {"activities": ["食の支援", "子育て"], "phone": "046-888-7777", "contact_name": "架空の世話人"}
    one = make_town.resource(by=desk, offers="調理室", **told)
    other = make_town.resource(by=desk, areas=["綾瀬市"])
    silent = make_town.resource(by=desk, consent="no")

    body = client.get(f"{ROOM}book/1/").content.decode()

    assert body.count("調理室") == 1 and body.count(f"<h3>{one}") == 1
    for hidden in (str(other), str(silent), "046-888", "架空の世話人"):
        assert hidden not in body


@pytest.mark.parametrize("place", [0, 6, 99999999999])
def test_there_is_no_book_of_an_area_there_is_not(client, desk, place):
    assert client.get(f"{ROOM}book/{place}/").status_code == 404


@pytest.mark.skipif(not pdf_fonts.available(), reason="no pango")
def test_the_book_as_pdf_leaves_the_disk_with_one_who_leaves(
    client, desk, django_capture_on_commit_callbacks
):
    one = make_town.resource(by=desk)
    print_town_book(0)
    name = town_book.place_of(0).name
    assert client.get(f"/files/town-book/{name}").status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        resources.remove(one, by=desk, reason="外してほしいと連絡")

    assert client.get(f"/files/town-book/{name}").status_code == 404
    assert not list(town_book.place_of(0).parent.glob("*.pdf"))


def test_nobody_but_the_desk_takes_a_book(client, desk):
    make_town.resource(by=desk)
    print_town_book(0) if pdf_fonts.available() else None
    client.force_login(make.manager())

    assert client.get(f"/files/town-book/{town_book.place_of(0).name}").status_code == 404


def test_a_book_says_what_grew_old(desk):
    make_town.resource(by=desk, verified_on=None)

    html = town_book.paper_html(0)

    assert html.count("未確認") == 2 and str(timezone.localdate().year - 2018) in html


@pytest.mark.skipif(not pdf_fonts.available(), reason="no pango")
def test_the_desk_orders_a_book_and_is_led_to_it(client, desk):
    make_town.resource(by=desk)
    address = f"{ROOM}book/1/pdf/"

    assert "まだ" in client.get(address).content.decode()
    assert client.post(address).url == address
    print_town_book(0)
    assert f"/files/town-book/{town_book.place_of(0).name}" in client.get(address).content.decode()
