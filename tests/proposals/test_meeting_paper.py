"""会議の資料: the PDF is made by the worker once, says what was frozen, with its fonts in it."""

import re
import subprocess

import pytest

from proposals import tasks
from proposals.models import MeetingPaper
from proposals.services import advance, meetings
from tests import make
from tests.make_meeting import TITLE, opened, words
from tests.services import private

pytestmark = pytest.mark.django_db


@pytest.fixture
def can_print():
    private.need("pango")
    private.need("poppler")


@pytest.fixture
def desk(client):
    person = make.desk(name="架空窓口花子")
    client.force_login(person)
    return person


def read_back(pdf, folder, tool="pdftotext"):
    file = folder / "meeting.pdf"
    file.write_bytes(pdf)
    command = [tool, str(file), *(["-"] if tool == "pdftotext" else [])]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def printed(meeting, kind="pack"):
    paper = meeting.papers.get(kind=kind)
    tasks.make_meeting_paper(paper.pk)
    paper.refresh_from_db()
    return bytes(paper.data)


def said(pdf, folder):
    return re.sub(r"\s", "", read_back(pdf, folder))


def url(meeting, deed=""):
    return f"/admin/proposals/meeting/{meeting.held_on.isoformat()}/{deed}"


def test_the_pack_says_what_was_frozen(can_print, desk, tmp_path):
    case = make.submission(title="はじめの件名の提案")
    meeting = opened(desk)
    advance(case, "accept", by=desk)
    type(case).objects.filter(pk=case.pk).update(title="あとの件名")

    told = said(printed(meeting), tmp_path)

    wanted = [
        TITLE,
        case.number,
        "はじめの件名の提案",
        "①受付",
        "新しく届いた案件（1件）",
        "この議題はありません",
    ]
    assert [part for part in wanted if part not in told] == []
    assert "あとの件名" not in told


def test_the_minutes_have_what_was_said_and_the_pack_has_not(can_print, desk, tmp_path):
    make.submission()
    meeting = opened(desk)
    item = {"said": "まず会います。", "follow_up": "電話する", "owner": desk}
    meetings.save(meeting, by=desk, **words(meeting, item1=item) | {"minutes": "3人で話しました。"})
    meetings.record(meeting, by=desk)

    pack, minutes = (said(printed(meeting, kind), tmp_path) for kind in ("pack", "minutes"))

    wanted = ["3人で話しました。", "まず会います。", "電話する", "架空窓口花子"]
    assert [part for part in wanted if part not in minutes] == []
    assert [part for part in wanted if part in pack] == []


def test_every_font_is_embedded_and_the_pdf_is_tagged(can_print, desk, tmp_path):
    make.submission()
    pdf = printed(opened(desk))

    listed = read_back(pdf, tmp_path, "pdffonts").splitlines()[2:]
    assert listed
    assert all(re.search(r"yes yes (yes|no)\s+\d+\s+0$", line) for line in listed)
    assert "Tagged:          yes" in read_back(pdf, tmp_path, "pdfinfo")
    assert "A4" in read_back(pdf, tmp_path, "pdfinfo")


def test_it_is_made_once_and_handed_out_as_a_file(can_print, client, desk):
    meeting = opened(desk)
    first = printed(meeting)

    again = tasks.make_meeting_paper(meeting.papers.get().pk)

    answer = client.get(url(meeting, "pdf/pack/"))
    assert again is False
    assert answer.content == first
    assert "attachment" in answer["Content-Disposition"]


def test_until_it_is_made_the_page_looks_again(client, desk):
    meeting = opened(desk)

    page = client.get(url(meeting))

    assert page["Refresh"]
    assert client.get(url(meeting, "pdf/pack/")).status_code == 302


def test_what_no_worker_was_asked_for_the_sweep_makes(can_print, desk):
    opened(desk)

    made = tasks.make_waiting_meeting_papers()

    assert made == 1
    assert not MeetingPaper.objects.waiting().exists()


def test_where_no_pdf_can_be_made_the_page_says_so(client, desk, settings):
    settings.HIDDEN_PACKAGES = frozenset({"pango"})
    meeting = opened(desk)

    tasks.make_waiting_meeting_papers()

    page = client.get(url(meeting))
    assert "pangoがないため" in page.content.decode()
    assert "Refresh" not in page
