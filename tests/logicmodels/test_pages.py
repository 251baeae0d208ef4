"""The pages of a logic model: who reads what, fixing, editions and papers."""

import re

import pytest
from django.urls import reverse

from logicmodels import services
from logicmodels.models import Edition, Paper
from proposals.workflow import Step
from tests import make
from tests import make_logicmodels as lm

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"logicmodels:{name}", args=args)


def post(client, address, draft, **typed):
    draft.refresh_from_db()
    return client.post(address, typed | {"version": draft.version})


# --- who may ---------------------------------------------------------------


def case_with_model(section):
    case = make.proposal(Step.LOGIC_MODEL, section=section)
    return case, lm.model(proposal=case)


def test_a_stranger_is_sent_to_the_login(client):
    draft = lm.model()

    assert client.get(draft.get_absolute_url()).status_code == 302


def test_sections_of_the_case_read_the_draft_and_others_do_not(client):
    section = make.department("架空の所管課")
    _, draft = case_with_model(section)

    statuses = {}
    for person in (
        make.head(section),
        make.member(section),
        make.member(make.department("よその課")),
        make.admin(),
    ):
        client.force_login(person)
        statuses[person.pk] = client.get(draft.get_absolute_url()).status_code

    assert list(statuses.values()) == [200, 200, 404, 404]


def test_a_manager_sees_no_draft_and_is_led_to_the_edition(client):
    draft = lm.model()
    client.force_login(make.manager())
    before = client.get(draft.get_absolute_url()).status_code
    services.fix_trial(draft, by=make.desk())

    answer = client.get(draft.get_absolute_url())

    assert before == 404
    assert answer["Location"] == url("edition", draft.number, 1)
    assert client.get(answer["Location"]).status_code == 200
    assert draft.title in client.get(url("index")).content.decode()


def test_only_the_desk_finds_the_forms(client):
    section = make.department("架空の所管課")
    _, draft = case_with_model(section)
    client.force_login(make.head(section))

    for name, args in (
        ("words", ()),
        ("fix", ()),
        ("node", ("cook",)),
        ("add_node", ("input",)),
        ("add_arrow", ()),
    ):
        assert client.get(url(name, draft.number, *args)).status_code == 404
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "試行版にする" not in page
    assert 'role="img"' in page


@pytest.mark.parametrize("models", [1, 3])
def test_the_list_asks_as_much_of_the_database_for_one_model_as_for_three(
    client, desk, models, django_assert_num_queries
):
    for _ in range(models):
        lm.edition(by=desk)

    with django_assert_num_queries(4):
        client.get(url("index"))


def test_the_page_of_a_model_asks_little_of_the_database(client, desk, django_assert_max_num_queries):
    edition = lm.edition(lm.trip00(), by=desk)

    with django_assert_max_num_queries(12):
        client.get(edition.model.get_absolute_url())


# --- fixing and reading ------------------------------------------------------


def test_the_desk_fixes_with_one_sentence_for_the_same_finding_on_three_boxes(client, desk):
    draft = lm.model(lm.desk_model(), by=desk)
    page = url("fix", draft.number)
    asked = client.get(page).content.decode()
    unanswered = post(client, page, draft, E7=" ")

    fixed = post(client, page, draft, E7="年度の末までに決めます。")

    assert "5-1・5-2・5-3 指標がまだありません。" in asked
    assert unanswered.status_code == 200
    edition = Edition.objects.get()
    assert fixed["Location"] == edition.get_absolute_url()
    shown = client.get(fixed["Location"]).content.decode()
    assert "年度の末までに決めます。" in shown
    assert "座間モデル" in shown


def test_the_words_of_the_picture_are_on_the_page_as_text(client, desk):
    edition = lm.edition(lm.trip00(), by=desk)

    for address in (edition.get_absolute_url(), edition.model.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "4-3" in page
        assert "支援者どうしが、互いの立場を知る" in page
        assert "困ったときのつなぎ先として、互いに紹介し合う" in page
        assert not re.search(r"<(?:svg|path|rect|text|g|a)\b[^>]*\bstyle=", page)


def test_the_waiting_page_looks_again_until_the_paper_is_there(client, desk):
    edition = lm.edition(by=desk)
    answer = client.post(url("order", edition.model.number, 1), {"size": "A3"})
    waiting = client.get(answer["Location"])
    Paper.objects.update(state="failed", error="途中で止まりました。")

    failed = client.get(answer["Location"])

    assert waiting["Refresh"] == "3"
    assert "順番を待っています" in waiting.content.decode()
    assert "Refresh" not in failed
    assert "途中で止まりました。" in failed.content.decode()


def test_where_no_pdf_can_be_made_the_print_page_takes_its_place(client, desk, settings):
    settings.HIDDEN_PACKAGES = frozenset({"pango"})
    edition = lm.edition(by=desk)

    answer = client.post(url("order", edition.model.number, 1), {"size": "A4"}, follow=True)

    assert Paper.objects.count() == 0
    assert "pangoがありません" in client.get(edition.get_absolute_url()).content.decode()
    assert answer.redirect_chain[0][0] == url("print", edition.model.number, 1, "A4")
    assert "css/logicmodel-paper.css" in answer.content.decode()


def test_an_unknown_size_is_not_found(client, desk):
    edition = lm.edition(by=desk)

    assert client.post(url("order", edition.model.number, 1), {"size": "B5"}).status_code == 404
    assert client.get(url("print", edition.model.number, 1, "B5")).status_code == 404
