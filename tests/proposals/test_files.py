"""Who may open a case's papers: the desk, managers, its sections; after a word of warning, and noted."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from cityhall.models import Reading
from cityhall.uploads import store
from proposals.models import Attachment
from proposals.services import attachments, drafts
from proposals.workflow import Step
from tests import make
from tests import make_files as files

pytestmark = pytest.mark.django_db
Scan = Attachment.Scan
DATA = files.png()


@pytest.fixture
def section():
    return make.department("架空の所管課")


@pytest.fixture
def paper(tmp_path, settings, section):
    """A scanned paper of a case of that section."""
    settings.MEDIA_ROOT = str(tmp_path)
    case = make.proposal(Step.HEARING, section=section)
    (kept,) = attachments.attach_to_submission(case.latest_submission, [files.upload("図面①㈱.png", DATA)])
    return scanned(kept, Scan.CLEAN)


def scanned(paper, state):
    Attachment.objects.filter(pk=paper.pk).update(scan=state)
    return paper


def address(paper):
    return reverse("files", args=["attachment", paper.name])


def visitor(person):
    client = Client()
    if person:
        client.force_login(person)
    return client


# who may


@pytest.mark.parametrize(
    "who",
    [make.desk, make.manager, lambda: make.member(_own()), lambda: make.head(_own())],
    ids=["desk", "manager", "member", "head"],
)
def test_who_may_see_the_case_gets_its_papers(paper, who):
    answer = visitor(who()).get(address(paper))

    assert b"".join(answer) == DATA
    assert (
        answer["Content-Disposition"]
        == "attachment; filename*=utf-8''%E5%9B%B3%E9%9D%A2%E2%91%A0%E3%88%B1.png"
    )


def _own():
    return make.department("架空の所管課")


@pytest.mark.parametrize(
    "who",
    [lambda: None, make.admin, lambda: make.member(make.department()), make.user],
    ids=["stranger", "administrator", "another section", "nobody"],
)
@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("state", [Scan.CLEAN, Scan.UNSCANNED, Scan.INFECTED])
def test_nobody_else_learns_that_it_exists(paper, who, method, state):
    scanned(paper, state)

    answer = getattr(visitor(who()), method)(address(paper))

    assert answer.status_code == 404
    assert not Reading.objects.exists()


@pytest.mark.parametrize("name", ["0" * 64, "..", "%2e%2e%2fdb.sqlite3", "図.png", "a" * 500])
def test_names_that_are_guessed_lead_nowhere(paper, name):
    assert visitor(make.desk()).get(f"/files/attachment/{name}").status_code == 404


def test_the_paper_of_a_draft_is_nobodys_at_the_city_hall(paper):
    other = files.attach(drafts.start("proposal")[0], files.upload())

    assert visitor(make.desk()).get(address(other)).status_code == 404


def test_a_paper_whose_file_is_gone_is_not_found(paper):
    store.discard(paper.name)

    assert visitor(make.desk()).get(address(paper)).status_code == 404


# how it leaves


def test_it_leaves_as_something_that_cannot_act(paper):
    answer = visitor(make.desk()).get(address(paper), headers={"range": "bytes=0-3"})

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (answer["Cache-Control"], answer["Accept-Ranges"]) == ("no-store", "none")
    assert (len(b"".join(answer)), answer["Content-Length"]) == (len(DATA), str(len(DATA)))


def test_a_name_that_deceives_leaves_without_what_deceives(paper):
    Attachment.objects.filter(pk=paper.pk).update(original_name='図\u202egnp.exe"\r\n.png')

    answer = visitor(make.desk()).get(address(paper))

    assert answer.filename == '図gnp.exe".png'


def test_each_opening_is_noted_and_a_mere_question_is_not(paper):
    desk = make.desk()

    visitor(desk).head(address(paper))
    visitor(desk).get(address(paper))

    (reading,) = Reading.objects.all()
    assert (reading.by, reading.what, reading.about, reading.detail) == (
        desk,
        "添付資料",
        paper.proposal.number,
        "図面①㈱.png",
    )


# what is not clean


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Scan.UNSCANNED, "この書類は未検査です。"),
        (Scan.PENDING, "この書類は、安全かどうかを確かめているところです。"),
        (Scan.UNSCANNABLE, "この書類は、安全かどうかを確かめられませんでした。"),
    ],
)
def test_what_nobody_vouches_for_opens_after_a_word_and_a_press(paper, state, words):
    scanned(paper, state)
    desk = visitor(make.desk())

    page = desk.get(address(paper))
    opened = desk.post(address(paper))

    assert words in page.content.decode()
    assert "分かったうえでひらく" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert b"".join(opened) == DATA
    assert Reading.objects.count() == 1


def test_the_press_needs_its_token(paper):
    scanned(paper, Scan.UNSCANNED)
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.desk())
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(.+?)"', client.get(address(paper)).content.decode()
    )

    without = client.post(address(paper))
    with_it = client.post(address(paper), {"csrfmiddlewaretoken": token[1]})

    assert (without.status_code, with_it.status_code) == (403, 200)


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_dangerous_opens_for_nobody(paper, method):
    scanned(paper, Scan.INFECTED)

    page = getattr(visitor(make.desk()), method)(address(paper))

    assert page.status_code == 403
    assert "この書類から、危険なものが見つかりました。" in page.content.decode()
    assert "図面①㈱.png" in page.content.decode()
    assert not Reading.objects.exists()


# where they are listed


@pytest.mark.parametrize(
    ("who", "route"),
    [(make.desk, "admin:proposals_proposal_change"), (lambda: make.head(_own()), "section:case")],
    ids=["desk", "section"],
)
def test_the_page_of_the_case_lists_its_papers(paper, who, route):
    page = visitor(who()).get(reverse(route, args=[paper.proposal.number])).content.decode()

    assert address(paper) in page
    assert "安全を確認しました" in page


def test_a_dangerous_one_is_listed_without_a_link(paper):
    scanned(paper, Scan.INFECTED)

    page = visitor(make.desk()).get(reverse("admin:proposals_proposal_change", args=[paper.proposal.number]))

    assert address(paper) not in page.content.decode()
    assert "危険なものが見つかりました" in page.content.decode()
