"""庁内の困りごと: the section writes, its head asks, the desk publishes; whoever else finds nothing."""

import pytest
from django.utils import timezone

from cityhall.models import OutgoingMail
from cityhall.refusal import NotAllowed, Stale
from proposals.models import Theme
from proposals.services import themes
from tests import make, make_section
from tests.together import at_once

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "架空の朝の見守りが足りない",
    "background": "登校の時間に立つ人が減りました。",
    "expected": "朝に街にいる仕事とのつながり。",
    "wanted": "partner",
}
TYPED = WORDS | {"target": "", "resources": "", "timing": ""}


@pytest.fixture
def section():
    return make.department("架空のこども課", email="kodomo@zama.example")


@pytest.fixture
def head(section):
    return make.head(section)


@pytest.fixture
def member(section):
    return make.member(section)


def draft(section, member, **words):
    return themes.write(section, by=member, **TYPED | words)


def now(theme):
    return Theme.objects.get(pk=theme.pk)


def asked(section, member, head):
    return themes.ask_to_publish(draft(section, member), by=head)


# --- the section -------------------------------------------------------------


def test_a_member_writes_a_draft_that_nobody_outside_reads(section, member, client):
    answer = make_section.visit(member).post("/section/themes/new/", WORDS)

    theme = Theme.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/section/themes/{theme.number}/")
    assert (theme.department, theme.written_by, theme.standing) == (section, member, "下書き")
    assert client.get(theme.get_absolute_url()).status_code == 404


def test_a_second_press_makes_no_second_draft(section, member):
    browser = make_section.visit(member)

    for _ in range(2):
        browser.post("/section/themes/new/", WORDS)

    assert Theme.objects.count() == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_draft(section, member):
    at_once(*[lambda: draft(section, member)] * 4)

    assert Theme.objects.count() == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(member):
    page = make_section.visit(member).post("/section/themes/new/", WORDS | {"background": ""})

    assert "背景をお書きください" in page.content.decode()
    assert WORDS["expected"] in page.content.decode()
    assert not Theme.objects.exists()


def test_another_section_finds_nothing(section, member):
    theme = draft(section, member)
    other = make_section.visit(make.head(make.department()))

    answers = [other.get(f"/section/themes/{theme.number}/{deed}") for deed in ("", "write/")]
    answers += [other.post(f"/section/themes/{theme.number}/{deed}/") for deed in ("write", "ask", "close")]

    assert {answer.status_code for answer in answers} == {404}
    with pytest.raises(NotAllowed):
        themes.rewrite(theme, by=make.head(make.department()), **TYPED)


def test_whoever_has_two_sections_chooses_for_which_to_write(section, member):
    second = make.department("架空の公園課")
    make.posting(member, "member", second)
    browser = make_section.visit(member)

    browser.post(f"/section/themes/new/{second.pk}/", WORDS)

    assert Theme.objects.get().department == second
    assert "架空の公園課" in browser.get("/section/themes/new/").content.decode()


def test_a_section_of_nobody_is_not_written_for(member):
    elsewhere = make.department()

    answer = make_section.visit(member).post(f"/section/themes/new/{elsewhere.pk}/", WORDS)

    assert (answer.status_code, Theme.objects.count()) == (404, 0)


# --- asked for -----------------------------------------------------------------


def test_only_the_head_asks_for_publication(section, member, head, settings):
    settings.DESK_EMAIL = "madoguchi@zama.example"
    theme = draft(section, member)

    with pytest.raises(NotAllowed):
        themes.ask_to_publish(theme, by=member)
    themes.ask_to_publish(theme, by=head)

    letter = OutgoingMail.objects.get(about=theme.number)
    assert (theme.standing, letter.to) == ("下書き", "madoguchi@zama.example")
    assert now(theme).standing == "公開を頼んでいます"
    assert WORDS["title"] not in letter.subject + letter.body


def test_what_the_head_asked_for_is_void_once_the_text_is_another(section, member, head):
    theme = asked(section, member, head)

    theme = themes.rewrite(theme, by=member, **TYPED | {"title": "架空の夕方の見守り"})

    assert theme.standing == "下書き"
    with pytest.raises(NotAllowed, match="頼み直し"):
        themes.publish(theme, by=make.desk())


def test_whoever_saves_second_reads_both_texts(section, member, head):
    theme = draft(section, member)
    page = {"version": theme.version, **TYPED}
    themes.rewrite(theme, by=head, **TYPED | {"background": "課長の文です。"})

    answer = make_section.visit(member).post(
        f"/section/themes/{theme.number}/write/", page | {"background": "担当の文です。"}
    )

    assert answer.status_code == 409
    assert all(words in answer.content.decode() for words in ("課長の文です。", "担当の文です。"))
    assert now(theme).background == "課長の文です。"


# --- the desk ------------------------------------------------------------------


def test_the_desk_publishes_what_it_is_asked_for(section, member, head, client):
    theme = asked(section, member, head)
    browser = make_section.visit(make.desk())
    assert WORDS["expected"] in browser.get("/admin/proposals/theme/asked/").content.decode()

    browser.post(f"/admin/proposals/theme/{theme.pk}/publish/", {"version": theme.version})

    assert now(theme).published_on == timezone.localdate()
    assert WORDS["title"] in client.get(theme.get_absolute_url()).content.decode()
    assert OutgoingMail.objects.filter(to=section.email, about=theme.number).count() == 1


def test_the_desk_gives_one_back_with_words_the_section_reads(section, member, head):
    theme = asked(section, member, head)
    desk = make_section.visit(make.desk())
    sent = {"version": theme.version, "reason": "学校の名前を消してください。"}

    refused = desk.post(f"/admin/proposals/theme/{theme.pk}/send-back/", sent | {"reason": ""})
    desk.post(f"/admin/proposals/theme/{theme.pk}/send-back/", sent)

    assert "戻すわけをお書きください" in refused.content.decode()
    page = make_section.visit(member).get(f"/section/themes/{theme.number}/").content.decode()
    assert "学校の名前を消してください。" in page and "窓口から戻りました" in page


def test_what_changed_meanwhile_is_not_published_unread(section, member, head):
    theme = asked(section, member, head)
    themes.ask_to_publish(themes.rewrite(theme, by=head, **TYPED | {"title": "変えた題"}), by=head)

    with pytest.raises(Stale):
        themes.publish(theme, by=make.desk(), version=theme.version)


def test_the_masters_form_publishes_nothing(section):
    browser = make_section.visit(make.desk())
    sent = TYPED | {"department": section.pk, "published_on": "2026-11-01", "closes_on": ""}

    browser.post("/admin/proposals/theme/add/", sent)

    theme = Theme.objects.get()
    assert (theme.published_on, theme.standing) == (None, "公開を頼んでいます")


def test_the_desk_writes_nothing_into_a_sections_draft(section, member):
    theme, browser = draft(section, member), make_section.visit(make.desk())
    path = f"/admin/proposals/theme/{theme.pk}/change/"

    answers = [browser.get(path), browser.post(path, TYPED | {"department": section.pk, "title": "窓口の題"})]

    assert [answer.status_code for answer in answers] == [200, 404]
    assert now(theme).title == WORDS["title"]


# --- shown ---------------------------------------------------------------------


def test_a_published_one_is_changed_no_more_but_closes(section, member, head):
    theme = themes.publish(asked(section, member, head), by=make.desk())

    with pytest.raises(NotAllowed, match="窓口へお知らせください"):
        themes.rewrite(theme, by=member, **TYPED)
    themes.close(theme, by=member)

    assert now(theme).closes_on == timezone.localdate()


def test_the_section_sees_how_many_proposals_answer(section, member, head):
    theme = themes.publish(asked(section, member, head), by=make.desk())
    make.submission(theme=theme)

    page = make_section.visit(member).get("/section/").content.decode()

    assert "1件" in page and WORDS["title"] in page
