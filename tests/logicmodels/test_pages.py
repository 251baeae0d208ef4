"""The pages of a logic model: who reads, who writes, and the whole of editing without a script."""

import re

import pytest
from django.urls import reverse

from logicmodels import services
from logicmodels.models import Edition, LogicModel, Paper
from proposals.workflow import Step
from tests import make
from tests import make_logicmodels as lm

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    person = make.desk()
    client.force_login(person)
    return person


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

    with django_assert_num_queries(5):
        client.get(url("index"))


def test_the_page_of_a_model_asks_little_of_the_database(client, desk, django_assert_max_num_queries):
    edition = lm.edition(lm.trip00(), by=desk)

    with django_assert_max_num_queries(12):
        client.get(edition.model.get_absolute_url())


# --- starting ---------------------------------------------------------------


def test_the_desk_begins_the_draft_of_a_case_and_a_second_press_finds_it(client, desk):
    case = make.proposal(Step.SORTING)

    answers = [client.post(url("start"), {"case": case.number}) for _ in range(2)]

    draft = LogicModel.objects.get()
    assert [answer["Location"] for answer in answers] == [draft.get_absolute_url()] * 2
    assert draft.proposal == case


def test_a_case_too_early_is_refused_in_words(client, desk):
    case = make.proposal(Step.INTAKE)

    answer = client.post(url("start"), {"case": case.number}, follow=True)

    assert "②内容整理から" in answer.content.decode()


def test_the_desk_begins_a_model_without_a_case(client, desk):
    client.post(url("new"), {"title": "居住支援（架空）"})

    assert LogicModel.objects.get().title == "居住支援（架空）"


# --- writing ----------------------------------------------------------------


def test_a_model_is_built_from_nothing_without_a_script(client, desk):
    client.post(url("new"), {"title": "架空の食堂"})
    draft = LogicModel.objects.get()
    post(client, url("add_node", draft.number, "input"), draft, column="input", text="場所", side="city")
    post(client, url("add_node", draft.number, "activity"), draft, column="activity", text="食事会")
    post(
        client,
        url("add_arrow", draft.number),
        draft,
        source="n1",
        target="n2",
        evidence="C",
        reason="経験\nから",
    )
    post(client, url("add_indicator", draft.number, "n2"), draft, name="回数", unit="回", baseline="0")
    post(
        client,
        url("add_assumption", draft.number),
        draft,
        text="毎月",
        arrow="n1>n2",
        check_on="令和9年3月31日",
    )
    post(
        client,
        url("words", draft.number),
        draft,
        title="架空の食堂",
        core="核",
        external_factors="物価\n天気",
    )

    built = LogicModel.objects.get().as_content()
    assert [(n["text"], n["side"]) for n in built["nodes"]] == [("場所", "city"), ("食事会", "")]
    assert built["arrows"] == [{"from": "n1", "to": "n2", "reason": "経験 から", "evidence": "C"}]
    assert built["nodes"][1]["indicators"][0]["name"] == "回数"
    assert built["assumptions"] == [{"text": "毎月", "from": "n1", "to": "n2", "check_on": "2027-03-31"}]
    assert (built["core"], built["external_factors"]) == ("核", ["物価", "天気"])


def test_what_was_written_is_changed_and_taken_away(client, desk):
    draft = lm.model(lm.sound(), by=desk)
    number = draft.number
    post(client, url("node", number, "cook"), draft, column="input", text="料理をつくる二人", side="other")
    post(client, url("indicator", number, "short", 1), draft, name="別の割合")
    post(client, url("arrow", number, "cook", "activity"), draft, evidence="A", reason="記録")
    post(client, url("assumption", number, 1), draft, text="隔月でもひらける")
    post(client, url("move_node", number, "cook"), draft, way="up")
    post(client, url("remove_indicator", number, "mid", 1), draft)
    post(client, url("remove_arrow", number, "mid", "impact"), draft)
    post(client, url("remove_assumption", number, 1), draft)
    post(client, url("remove_node", number, "output"), draft)
    post(client, url("tidy", number), draft)

    left = LogicModel.objects.get().as_content()
    assert {n["id"] for n in left["nodes"]} == {"activity", "cook", "impact", "input", "mid", "short"}
    assert lm.node(draft, "cook").text == "料理をつくる二人"
    assert lm.arrow(draft, "cook", "activity").evidence == "A"
    assert lm.node(draft, "short").indicators[0]["name"] == "別の割合"
    assert lm.node(draft, "mid").indicators == []
    assert left["assumptions"] == []


def test_every_form_opens(client, desk):
    draft = lm.model(lm.trip00(), by=desk)
    pages = [
        url("words", draft.number),
        url("node", draft.number, "S2"),
        url("remove_node", draft.number, "S2"),
        url("add_indicator", draft.number, "S2"),
        url("indicator", draft.number, "S2", 1),
        url("add_arrow", draft.number) + "?from=S2",
        url("arrow", draft.number, "S2", "M2"),
        url("add_assumption", draft.number),
        url("assumption", draft.number, 1),
        url("fix", draft.number),
        url("new"),
    ]

    assert [client.get(page).status_code for page in pages] == [200] * len(pages)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("node", ("nobody",)),
        ("add_node", ("goal",)),
        ("indicator", ("short", 0)),
        ("indicator", ("short", 2)),
        ("assumption", (0,)),
        ("assumption", (9,)),
        ("arrow", ("short", "cook")),
        ("edition", (7,)),
    ],
)
def test_what_is_not_there_is_not_found(client, desk, name, args):
    assert client.get(url(name, lm.model(by=desk).number, *args)).status_code == 404


def test_a_stale_form_keeps_the_typed_words_and_goes_through_the_second_time(client, desk):
    draft = lm.model(by=desk)
    page, seen = url("node", draft.number, "cook"), draft.version
    services.add_node(draft, by=desk, column="input", text="ほかの人の箱")

    answer = client.post(page, {"version": seen, "column": "input", "text": "わたしの言葉"})

    shown = answer.content.decode()
    version = re.search(r'name="version" value="(\d+)"', shown)[1]
    assert answer.status_code == 409
    assert "わたしの言葉" in shown
    assert "ほかの人が先に保存しました" in shown
    client.post(page, {"version": version, "column": "input", "text": "わたしの言葉"})
    assert lm.node(draft, "cook").text == "わたしの言葉"


def test_a_press_without_its_version_is_refused_in_words(client, desk):
    draft = lm.model(by=desk)

    answer = client.post(url("tidy", draft.number), {"version": "x"}, follow=True)

    assert "画面を開き直して" in answer.content.decode()


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
