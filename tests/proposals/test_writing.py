"""The parts of the public form: what is typed is kept and told back, files beside it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proposals.models import Attachment, Draft
from tests import make_files
from tests.make_public import CONSULTATION, PROPOSAL, begin, write, write_all
from tests.proposals.test_propose_form import open_theme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)


def draft():
    return Draft.objects.get()


def test_what_is_typed_is_kept_whatever_it_is(visitor):
    begin(visitor)

    page = write(visitor, 2, title="短い", overview="長" * 500)

    assert "2か所、直していただきたいところがあります" in page.text
    assert '<a href="#id_title">件名：5字以上でお書きください（いま 2字）。</a>' in page.text
    assert '<a href="#id_overview">概要を400字までに短くしてください（いま 500字）</a>' in page.text
    assert "＊ 100字ほど短くしてください。400字まで書けます。" in page.text
    assert (draft().answers["title"], draft().answers["overview"]) == ("短い", "長" * 500)
    assert "maxlength" not in page.text


@pytest.mark.parametrize(
    ("go", "lands"), [("next", "/propose/3/"), ("back", "/propose/1/"), ("later", "/propose/later/")]
)
def test_every_button_saves_first(visitor, go, lands):
    begin(visitor, PROPOSAL)

    answer = write(visitor, 2, PROPOSAL, go=go)

    assert (answer.url, draft().answers["problem"]) == (lands, PROPOSAL["problem"])


def test_a_consultation_has_no_third_part_and_is_asked_no_more_than_it_needs(visitor):
    begin(visitor)

    answer = write(visitor, 2)

    assert answer.url == "/propose/confirm/"
    assert "problem" not in visitor.get("/propose/2/").context["form"].fields


def test_a_consultation_becomes_a_proposal_and_back_without_losing_a_word(visitor):
    begin(visitor, PROPOSAL)
    write(visitor, 2, PROPOSAL)

    write(visitor, 2, PROPOSAL, go="consult")
    write(visitor, 2, go="propose", title="相談のあいだに直した件名")

    form = visitor.get("/propose/2/").context["form"]
    assert form["problem"].value() == PROPOSAL["problem"]
    assert (form["title"].value(), draft().track) == ("相談のあいだに直した件名", "proposal")


def test_mending_an_answer_leads_back_to_the_last_page(visitor):
    write_all(visitor)

    answer = visitor.post(
        "/propose/2/?back=confirm", CONSULTATION | {"go": "next", "title": "直した件名です"}
    )

    assert answer.url == "/propose/confirm/"
    assert "直した件名です" in visitor.get(answer.url).text


def test_a_field_to_be_mended_says_what_is_wrong_when_one_comes_to_it(visitor):
    begin(visitor)
    write(visitor, 2, overview="短い", go="later")

    page = visitor.get("/propose/2/?back=confirm")

    assert "20字以上でお書きください（いま 2字）。" in page.text
    assert "直していただきたいところがあります" not in page.text


def test_saving_by_itself_answers_with_the_time_and_the_last_day(visitor, time_machine):
    time_machine.move_to("2026-11-02T10:32:00+09:00")
    begin(visitor)

    answer = write(visitor, 2, go="keep", overview="まだ途中")

    assert answer.json() == {"saved": "令和8年11月2日（月） 10:32", "until": "12月2日（水）"}
    assert draft().answers["overview"] == "まだ途中"


@pytest.mark.parametrize("part", [0, 4, 9, 99999999999999999999])
def test_there_is_no_other_part(visitor, part):
    begin(visitor)

    assert visitor.get(f"/propose/{part}/").status_code == 404


# files


def add(visitor, *uploads, go="add", **words):
    return write(visitor, 3, PROPOSAL, go=go, papers=list(uploads), **words)


def test_a_file_is_added_listed_opened_and_taken_off(visitor):
    begin(visitor, PROPOSAL)

    answer = add(visitor, make_files.upload("図面①.png"))

    page, paper = visitor.get(answer.url), Attachment.objects.get()
    assert answer.url == "/propose/3/#files"
    assert "図面①.png" in page.text
    assert visitor.get(f"/propose/files/{paper.name}").status_code == 200
    write(visitor, 3, PROPOSAL, go="", remove=paper.name)
    assert not Attachment.objects.exists()


def test_files_chosen_but_not_added_come_with_the_next_button(visitor):
    begin(visitor, PROPOSAL)

    answer = add(visitor, make_files.upload(), go="next")

    assert (answer.url, Attachment.objects.count()) == ("/propose/confirm/", 1)


def test_a_refused_file_is_told_and_the_words_beside_it_stay(visitor):
    begin(visitor, PROPOSAL)
    harmful = make_files.upload("a.exe", b"MZ")

    page = add(visitor, make_files.upload(), harmful, brings_note="机と明かり", rights="")

    assert "「a.exe」は受け取れませんでした。" in page.text
    assert page.text.count("直していただきたいところがあります") == 1
    assert "知的財産を選んでください" not in page.text
    assert (Attachment.objects.count(), draft().answers["brings_note"]) == (1, "机と明かり")


def test_each_file_counts_towards_the_limit_of_files_and_words_are_kept_beyond_it(visitor, settings):
    settings.ZAMAGATE_LIMITS = settings.ZAMAGATE_LIMITS | {"upload": "2/h/ip"}
    begin(visitor, PROPOSAL)
    add(visitor, make_files.upload("1.png"), make_files.upload("2.png"))

    page = add(visitor, make_files.upload("3.png"), brings_note="机と明かり")

    assert "しばらく待ってから、もう一度加えてください。" in page.text
    assert (Attachment.objects.count(), draft().answers["brings_note"]) == (2, "机と明かり")


def test_a_file_of_somebody_elses_draft_is_not_there(visitor):
    begin(visitor, PROPOSAL)
    add(visitor, make_files.upload())
    other = Client()
    begin(other, PROPOSAL)

    name = Attachment.objects.get().name
    other.post("/propose/3/", PROPOSAL | {"remove": name})

    assert (other.get(f"/propose/files/{name}").status_code, Attachment.objects.count()) == (404, 1)


# how much the database is asked


@pytest.mark.parametrize(
    "path", ["/propose/", "/propose/1/", "/propose/2/", "/propose/3/", "/propose/confirm/"]
)
def test_showing_a_page_asks_the_database_twice_at_most(visitor, path):
    open_theme()
    begin(visitor, PROPOSAL)

    with CaptureQueriesContext(connection) as asked:
        visitor.get(f"/propose/{path}")

    assert len(asked) <= 2


@pytest.mark.parametrize("part", [1, 2, 3])
def test_saving_a_part_asks_the_database_twice(visitor, part, django_assert_num_queries):
    begin(visitor, PROPOSAL)

    with django_assert_num_queries(2):
        write(visitor, part, PROPOSAL)
