"""Starting a draft and writing on it."""

import pytest

from cityhall.refusal import NotAllowed, Stale
from logicmodels import content, services
from logicmodels.content import BadContent
from logicmodels.models import LogicModel
from proposals.services import advance
from proposals.workflow import Step
from tests import make
from tests import make_logicmodels as lm

pytestmark = pytest.mark.django_db


def test_a_draft_gets_the_next_number_of_the_fiscal_year(time_machine):
    time_machine.move_to("2026-06-01 10:00+09:00")

    numbers = [services.start(None, by=make.desk(), title=title).number for title in ("架空1", "架空2")]

    assert numbers == ["LM-R8-001", "LM-R8-002"]


def test_a_second_draft_of_the_same_title_is_refused():
    services.start(None, by=make.desk(), title="架空")

    with pytest.raises(NotAllowed, match=r"同じ題の LM-.* が、もうあります"):
        services.start(None, by=make.desk(), title=" 架空 ")


def test_a_draft_begins_with_the_words_of_the_form():
    case = make.proposal(
        Step.SORTING,
        benefit="ひとりで暮らす人が、毎日だれかと話せる。家族が安心する。",
        brings=["人", "その他"],
        brings_note="配達の道順",
        requests=["広報"],
        measures="声をかけた世帯の数",
    )

    draft = services.start(case, by=make.desk()).as_content()

    assert draft["title"] == case.title
    assert [(n["column"], n["text"], n["side"], len(n["indicators"])) for n in draft["nodes"]] == [
        ("input", "人", "proposer", 0),
        ("input", "配達の道順", "proposer", 0),
        ("input", "広報", "city", 0),
        ("short", "ひとりで暮らす人が、毎日だれかと話せる", "", 1),
        ("short", "家族が安心する", "", 0),
    ]
    assert draft["nodes"][3]["indicators"][0]["name"] == "声をかけた世帯の数"


def test_a_case_before_the_second_step_has_no_draft_yet():
    with pytest.raises(NotAllowed, match="②内容整理から"):
        services.start(make.proposal(Step.INTAKE), by=make.desk())


def test_a_closed_case_gets_no_draft():
    case = make.proposal(Step.SORTING)
    advance(case, "withdraw", by=make.desk(), note="都合がつかなくなったため")

    with pytest.raises(NotAllowed, match="動いている案件"):
        services.start(make.reload(case), by=make.desk())


def test_a_case_has_one_draft():
    case = make.proposal(Step.SORTING)
    services.start(case, by=make.desk())

    with pytest.raises(NotAllowed, match="もうロジックモデルがあります"):
        services.start(case, by=make.desk())


def test_only_the_desk_writes():
    draft, member = lm.model(), make.member(make.department())

    with pytest.raises(NotAllowed, match="窓口だけ"):
        services.add_node(draft, by=member, column="input", text="場所")


def test_imported_content_comes_back_as_it_was():
    for given in (lm.trip00(), lm.desk_model(), lm.sound()):
        assert lm.model(given).as_content() == given


def test_imported_content_takes_the_place_of_the_draft():
    draft = lm.model()

    services.import_content(draft, lm.desk_model(), by=make.desk())

    assert LogicModel.objects.get().as_content() == lm.desk_model()


def test_bad_content_is_refused_and_the_draft_stays():
    draft = lm.model()

    with pytest.raises(BadContent, match=r"nodes\[0\].column"):
        services.import_content(draft, {"nodes": [{"id": "a", "column": "goal"}]}, by=make.desk())

    assert LogicModel.objects.get().as_content() == lm.sound()


def test_a_new_box_stands_at_the_foot_of_its_column():
    draft = lm.model()

    services.add_node(draft, by=make.desk(), column="input", text="鍋と食器", side="city")

    assert [n["text"] for n in content.columns(draft.as_content())[0]] == [
        "集まれる場所",
        "料理をつくる人",
        "鍋と食器",
    ]


def test_a_box_needs_words():
    with pytest.raises(NotAllowed, match="言葉"):
        services.add_node(lm.model(), by=make.desk(), column="input", text=" ")


def test_only_an_input_has_a_side():
    draft = lm.model()

    box = services.edit_node(
        lm.node(draft, "cook"), by=make.desk(), column="activity", text="料理", side="city"
    )

    assert box.side == ""


def test_a_removed_box_takes_its_arrows_and_leaves_its_assumption():
    draft = lm.model(lm.sound(assumptions=[{"text": "毎月ひらける", "from": "input", "to": "activity"}]))

    services.remove_node(lm.node(draft, "activity"), by=make.desk())

    left = LogicModel.objects.get().as_content()
    assert [(a["from"], a["to"]) for a in left["arrows"]] == [
        ("output", "short"),
        ("short", "mid"),
        ("mid", "impact"),
    ]
    assert left["assumptions"] == [{"text": "毎月ひらける", "from": "", "to": "", "check_on": ""}]


def test_indicators_are_added_changed_and_taken_away():
    draft, desk = lm.model(lm.sound()), make.desk()
    services.add_indicator(lm.node(draft, "impact"), by=desk, name="子どもの数", unit="人")
    services.edit_indicator(lm.node(draft, "impact"), 0, by=desk, name="こどもの数")
    changed = lm.node(draft, "impact").indicators
    services.remove_indicator(lm.node(draft, "impact"), 0, by=desk)

    assert [(i["name"], i["unit"]) for i in changed] == [("こどもの数", "")]
    assert lm.node(draft, "impact").indicators == []
    with pytest.raises(NotAllowed, match="もうありません"):
        services.remove_indicator(lm.node(draft, "impact"), 0, by=desk)


def test_an_arrow_is_drawn_once_and_never_to_itself():
    draft, desk = lm.model(), make.desk()
    cook, activity = lm.node(draft, "cook"), lm.node(draft, "activity")

    with pytest.raises(NotAllowed, match="もう引いてあります"):
        services.add_arrow(draft, by=desk, source=cook, target=activity)
    with pytest.raises(NotAllowed, match="自分へ向かう矢印"):
        services.add_arrow(draft, by=desk, source=cook, target=cook)
    with pytest.raises(NotAllowed, match="ほかのロジックモデル"):
        services.add_arrow(lm.model(), by=desk, source=cook, target=activity)


def test_an_arrow_is_changed_and_taken_away():
    draft, desk = lm.model(), make.desk()
    services.edit_arrow(lm.arrow(draft, "cook", "activity"), by=desk, evidence="A", reason="記録がある")
    changed = lm.arrow(draft, "cook", "activity")
    services.remove_arrow(changed, by=desk)

    assert (changed.evidence, changed.reason) == ("A", "記録がある")
    with pytest.raises(NotAllowed, match="もうありません"):
        services.remove_arrow(changed, by=desk)


def test_words_and_assumptions_around_the_picture():
    draft, desk = lm.model(), make.desk()
    services.edit_words(
        draft, by=desk, title="題", core="核", external_factors=["物価", " "], negative_effects=["疲れ"]
    )
    services.add_assumption(
        draft, by=desk, text="続けられる", **{"from": "short", "to": "mid", "check_on": "2027-03-31"}
    )
    services.edit_assumption(draft, 0, by=desk, text="毎月ひらける（変更）")
    services.remove_assumption(draft, 0, by=desk)

    left = LogicModel.objects.get().as_content()
    assert (left["title"], left["core"], left["external_factors"]) == ("題", "核", ["物価"])
    assert left["assumptions"] == [
        {"text": "続けられる", "from": "short", "to": "mid", "check_on": "2027-03-31"}
    ]


def test_tidying_keeps_every_box_and_crosses_less():
    draft = lm.model(lm.random_model(25, 44, is_long=False))

    services.tidy(draft, by=make.desk())

    tidy = draft.as_content()
    assert sorted(n["id"] for n in tidy["nodes"]) == sorted(n["id"] for n in lm.random_model(25, 44)["nodes"])
    assert lm.crossings(tidy) <= 25


def test_a_stale_page_is_refused_and_nothing_is_lost():
    draft, desk = lm.model(), make.desk()
    seen = draft.version
    services.add_node(draft, by=desk, column="input", text="ほかの人の箱", version=seen)

    with pytest.raises(Stale):
        services.add_node(draft, by=desk, column="input", text="遅れた箱", version=seen)

    assert draft.nodes.filter(text="遅れた箱").count() == 0


def test_every_saving_names_who_saved():
    draft, desk = lm.model(), make.desk(name="架空の窓口")

    services.add_node(draft, by=desk, column="input", text="場所")

    assert LogicModel.objects.get().changed_by == desk


def test_an_eleventh_indicator_and_a_forty_first_assumption_are_refused():
    draft, desk = lm.model(lm.sound(assumptions=["前提"] * 40)), make.desk()
    for _ in range(10):
        services.add_indicator(lm.node(draft, "impact"), by=desk, name="割合")

    with pytest.raises(NotAllowed, match="10個まで"):
        services.add_indicator(lm.node(draft, "impact"), by=desk, name="割合")
    with pytest.raises(NotAllowed, match="40件まで"):
        services.add_assumption(draft, by=desk, text="もう一つ")


def test_a_model_keeps_its_title():
    with pytest.raises(NotAllowed, match="題を入れて"):
        services.edit_words(lm.model(), by=make.desk(), title=" ")
