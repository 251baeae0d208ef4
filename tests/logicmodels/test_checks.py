"""The advice: each finding appears for what it is about and for nothing else."""

import pytest

from logicmodels.checks import GROUPS, check, grouped
from logicmodels.content import clean
from tests import make_logicmodels as make


def keys(content, year=None):
    return [finding.key for finding in check(content, year)]


def without(content, key, value):
    """The content without the items of a list whose values hold this one."""
    return content | {key: [item for item in content[key] if value not in item.values()]}


def with_node(content, node_id, **changes):
    nodes = [node | changes if node["id"] == node_id else node for node in content["nodes"]]
    return clean(content | {"nodes": nodes})


def with_indicator(content, node_id, **changes):
    return with_node(content, node_id, indicators=[make.INDICATOR | changes])


def test_a_sound_model_has_one_finding_that_nothing_was_measured_before():
    assert keys(make.sound()) == ["W10"]


def test_an_empty_model_is_told_kindly_what_is_missing():
    assert keys(clean({})) == ["E1", "W6", "W6", "W9"]


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (
            make.sound() | {"nodes": [n for n in make.sound()["nodes"] if n["id"] != "impact"], "arrows": []},
            "E1",
        ),
        (make.sound(arrows=[*make.sound()["arrows"], {"from": "mid", "to": "output"}]), "E2:mid"),
        (make.sound(arrows=make.sound()["arrows"][1:-1]), "E3:activity"),
        (without(make.sound(), "arrows", "output"), "E4:output"),
        (without(make.sound(), "arrows", "output"), "E5:short"),
        (without(make.sound(), "arrows", "output"), "E6:impact"),
        (with_node(make.sound(), "mid", indicators=[]), "E7:mid"),
        (with_indicator(make.sound(), "mid", target=""), "E7:mid"),
        (with_node(make.sound(), "mid", text=""), "E8:mid"),
        (with_node(make.sound(), "activity", text="集まれる場所"), "E8:activity"),
        (with_node(make.sound(), "short", text="食事会の開催12回"), "W1:short"),
        (with_node(make.sound(), "output", text="参加者の増加"), "W1:output"),
        (with_node(make.sound(), "short", text="ひとり親の家庭"), "W2:short"),
        (with_node(make.sound(), "short", text="関係深まる"), "W2:short"),
        (with_indicator(make.sound(), "short", source="参加者アンケート"), "W3:short"),
        (make.sound(arrows=[*make.sound()["arrows"], {"from": "activity", "to": "impact"}]), "W4:activity"),
        (make.sound(arrows=[*make.sound()["arrows"], {"from": "activity", "to": "impact"}]), "W5:impact"),
        (make.sound(assumptions=[]), "W6"),
        (make.sound(external_factors=[]), "W6"),
        (with_node(make.sound(), "cook", side="city"), "W7"),
        (with_node(make.sound(), "impact", text="自社の売上が増える"), "W8:impact"),
        (make.sound(negative_effects=[]), "W9"),
        (with_node(make.sound(), "impact", text="安" * 41), "W12:impact"),
        (with_node(make.sound(), "activity", text="アウトリーチ"), "W14:activity"),
    ],
)
def test_a_weak_place_is_found(content, finding):
    assert finding in keys(content)


def test_a_short_term_date_beyond_the_fiscal_year_is_found():
    late = with_indicator(make.sound(), "short", due="令和9年6月")

    assert "W11:short" in keys(late, 2026)
    assert "W11:short" not in keys(late, 2027)
    assert "W11:short" not in keys(with_indicator(make.sound(), "short", due="令和9年3月"), 2026)


def test_a_survey_with_a_reason_is_no_finding():
    reasoned = with_indicator(
        make.sound(), "short", source="参加者アンケート", reason="気持ちは本人に聞くほかない"
    )

    assert "W3:short" not in keys(reasoned)


def test_many_guesses_are_said_once_and_few_at_their_place():
    guessed = [arrow | {"evidence": "D"} for arrow in make.sound()["arrows"]]

    assert keys(make.sound(arrows=guessed)) == ["W5", "W10"]
    assert keys(make.sound(arrows=[*guessed[:1], *make.sound()["arrows"][1:]])) == ["W10"]
    assert keys(make.sound(arrows=[*make.sound()["arrows"][:4], guessed[4], make.sound()["arrows"][5]])) == [
        "W5:impact",
        "W10",
    ]


def test_the_findings_stand_under_four_questions():
    groups = grouped(check(clean({})))

    assert [group for group, _ in groups] == list(GROUPS)
    assert [len(findings) for _, findings in groups] == [1, 3, 0, 0]


def test_trip00_has_nothing_to_answer_before_its_trial_edition():
    assert [finding.key for finding in check(make.trip00()) if finding.is_error] == []


def test_the_desks_own_model_is_advised_and_not_refused():
    found = keys(make.desk_model())

    assert [key for key in found if key.startswith("E")] == ["E7:M3", "E7:M1", "E7:M2"]
    assert "W1:O1" in found  # 提案受付件数の増加
