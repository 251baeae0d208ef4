"""The page on which a proposer rewrites: filled in, kept, pressed once, and fair to a colleague."""

from datetime import date

import pytest
from django.urls import reverse

from proposals.models import Theme
from proposals.services import revising
from proposals.services.receipts import new_code
from tests import make, make_files
from tests.make_guest import consultation, opened, proposal, typed

pytestmark = pytest.mark.django_db
PAGE = "/receipt/revise/"


def words_of(page):
    return page.content.decode()


def send(guest, page, **changes):
    return guest.post(PAGE, typed(page, **changes))


@pytest.mark.parametrize("made", [proposal, consultation])
def test_the_page_as_it_stands_changes_nothing(made):
    case, guest = opened(made())

    answer = send(guest, guest.get(PAGE))

    assert "前に届いた内容と同じです" in words_of(answer)
    assert case.submissions.count() == 1


def test_one_field_typed_anew_is_the_one_thing_that_changes():
    case, guest = opened(proposal(wished_month=date(2020, 4, 1), cost="yes", cost_amount=0))

    answer = send(guest, guest.get(PAGE), title="架空の新しい件名")

    assert answer.url == reverse("public:receipt")
    first, second = case.submissions.values()
    changed = {name for name in first if first[name] != second[name]}
    assert changed == {"id", "version", "key", "submitted_at", "title", "search_text", "search_pairs"}


def test_the_next_page_says_which_version_arrived():
    _, guest = opened(proposal())
    send(guest, guest.get(PAGE), title="架空の新しい件名")

    assert "書き直した提案（第2版）を受け取りました" in words_of(guest.get("/receipt/"))


def test_a_field_emptied_is_empty_in_the_new_version():
    case, guest = opened(proposal(measures="数えます。", sdgs=["1 貧困をなくそう"]))
    page = guest.get(PAGE)
    fields = typed(page, measures="")
    del fields["sdgs"]

    guest.post(PAGE, fields)

    latest = case.latest_submission
    assert (latest.measures, latest.sdgs) == ("", [])


def test_an_amount_that_no_longer_applies_goes_with_its_answer():
    case, guest = opened(proposal(cost="yes", cost_amount=500_000))

    send(guest, guest.get(PAGE), cost="none")

    assert (case.latest_submission.cost, case.latest_submission.cost_amount) == ("none", None)


def test_a_trouble_closed_since_stays_chosen():
    theme = Theme.objects.create(
        department=make.department(), title="架空の困りごと", published_on=date(2026, 4, 1)
    )
    case, guest = opened(proposal(theme=theme))
    Theme.objects.update(closes_on=date(2026, 4, 2))

    send(guest, guest.get(PAGE), title="架空の新しい件名")

    assert case.latest_submission.theme == theme


def test_two_presses_are_one_version():
    case, guest = opened(proposal())
    fields = typed(guest.get(PAGE), title="架空の新しい件名")

    answers = [guest.post(PAGE, fields) for _ in "12"]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert case.submissions.count() == 2


def test_what_the_desk_took_in_without_need_not_be_filled_in():
    case, guest = opened(proposal(problem="", brings=[]))

    send(guest, guest.get(PAGE), title="架空の新しい件名")

    assert (case.latest_submission.title, case.latest_submission.problem) == ("架空の新しい件名", "")


def test_what_was_filled_in_cannot_be_emptied_where_it_is_needed():
    case, guest = opened(proposal())

    answer = send(guest, guest.get(PAGE), problem="")

    assert "problem" in answer.context["form"].errors
    assert case.submissions.count() == 1


def test_what_is_wrong_is_told_and_every_word_kept():
    case, guest = opened(proposal())

    answer = send(guest, guest.get(PAGE), title="短", overview="書き直した架空の概要です。" * 3)

    page = words_of(answer)
    assert "か所、直していただきたいところがあります" in page and "書き直した架空の概要です。" in page
    assert case.submissions.count() == 1


def test_a_new_address_is_typed_twice():
    _, guest = opened(proposal())

    answer = send(guest, guest.get(PAGE), email="atarashii@example.com")

    assert "上のメールアドレスと違っています" in words_of(answer)


def test_a_paper_comes_with_the_new_version():
    case, guest = opened(proposal())

    send(guest, guest.get(PAGE), papers=[make_files.upload("架空の図.png")])

    assert [paper.original_name for paper in case.attachments.all()] == ["架空の図.png"]


def test_a_paper_nobody_takes_is_told_and_the_words_kept():
    case, guest = opened(proposal())

    answer = send(
        guest, guest.get(PAGE), title="架空の新しい件名", papers=[make_files.upload("x.exe", b"MZ")]
    )

    assert "x.exe" in words_of(answer) and "架空の新しい件名" in words_of(answer)
    assert case.submissions.count() == 1


def test_a_page_with_a_stamp_not_ours_is_drawn_anew_with_its_words():
    case, guest = opened(proposal())
    page = guest.get(PAGE)

    answer = send(guest, page, stamp="made up", title="架空の新しい件名")
    second = send(guest, answer)

    assert "時間がたったため" in words_of(answer)
    assert (second.status_code, case.latest_submission.title) == (302, "架空の新しい件名")


@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999999999999", "0"])
def test_a_version_that_cannot_be_is_answered_in_words(seen):
    case, guest = opened(proposal())

    answer = send(guest, guest.get(PAGE), seen=seen, title="架空の新しい件名")

    assert answer.status_code in (200, 409) and "架空の新しい件名" in words_of(answer)
    assert case.submissions.count() == 1


@pytest.mark.parametrize(
    "typed_in", ["<b>太字</b>のついた架空の件名", "{{ 架空 }}の件名です", "'; DROP TABLE --の件名"]
)
def test_hostile_words_are_shown_as_words(typed_in):
    case, guest = opened(proposal())

    send(guest, guest.get(PAGE), title=typed_in)

    assert case.latest_submission.title == typed_in
    assert "<b>太字" not in words_of(guest.get(PAGE))


def test_marks_nobody_reads_are_refused_in_words():
    case, guest = opened(proposal())

    answer = send(guest, guest.get(PAGE), overview="文字化け\ufffd" * 20)

    assert "文字化け" in words_of(answer)
    assert case.submissions.count() == 1


# --- a colleague was first ----------------------------------------------------


def test_over_a_colleagues_version_both_texts_stand_and_untouched_fields_take_the_newer():
    case, guest = opened(proposal())
    page = guest.get(PAGE)
    theirs = {"benefit": "同僚が書き直した、架空の良いことです。", "title": "同僚の架空の件名"}
    revising.revise(case, words=theirs, contact={}, key=new_code(), seen=1)

    answer = send(guest, page, title="わたしの架空の件名")

    shown = words_of(answer)
    assert answer.status_code == 409 and "先に書き直しました" in shown
    assert "<del>同僚の" in shown and "<ins>わたしの" in shown
    assert typed(answer)["benefit"] == [theirs["benefit"]]
    assert case.submissions.count() == 2


def test_the_next_press_keeps_what_both_wrote():
    case, guest = opened(proposal())
    page = guest.get(PAGE)
    theirs = {"benefit": "同僚が書き直した、架空の良いことです。"}
    revising.revise(case, words=theirs, contact={}, key=new_code(), seen=1)

    send(guest, send(guest, page, title="わたしの架空の件名"))

    latest = case.latest_submission
    assert (latest.version, latest.title, latest.benefit) == (3, "わたしの架空の件名", theirs["benefit"])


def test_a_colleagues_version_is_not_passed_over_by_an_error_in_between():
    case, guest = opened(proposal())
    page = guest.get(PAGE)
    theirs = {"benefit": "同僚が書き直した、架空の良いことです。"}
    revising.revise(case, words=theirs, contact={}, key=new_code(), seen=1)
    wrong = send(guest, page, title="短")

    answer = send(guest, wrong, title="わたしの架空の件名")

    assert answer.status_code == 409
    assert case.submissions.count() == 2
