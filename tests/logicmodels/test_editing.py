"""Writing on a draft through its pages, without a script."""

import pytest
from django.urls import reverse

from logicmodels.models import LogicModel
from proposals.workflow import Step
from tests import make
from tests import make_logicmodels as lm

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"logicmodels:{name}", args=args)


def post(client, address, draft, **typed):
    draft.refresh_from_db()
    return client.post(address, typed | {"version": draft.version})


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


def test_a_press_without_its_version_is_refused_in_words(client, desk):
    draft = lm.model(by=desk)

    answer = client.post(url("tidy", draft.number), {"version": "x"}, follow=True)

    assert "画面を開き直して" in answer.content.decode()
