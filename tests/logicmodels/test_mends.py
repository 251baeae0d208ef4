"""One-click mends: each takes its finding away, touches nothing else, and can be undone."""

import pytest
from django.urls import reverse
from hypothesis import given, settings

from cityhall.refusal import NotAllowed
from logicmodels import services
from logicmodels.checks import check
from logicmodels.checks.mends import MENDS, mend_of
from logicmodels.content import clean
from tests import make
from tests import make_logicmodels as lm


def weak(**changes):
    """A sound model with one box or arrow changed: by id the box, by "from>to" the arrow."""
    content = lm.sound()
    for key, change in changes.items():
        next(node for node in content["nodes"] if node["id"] == key).update(change)
    return content


def arrow(content, source, target, evidence="B"):
    told = {"from": source, "to": target, "evidence": evidence, "reason": ""}
    return clean(content | {"arrows": [*content["arrows"], told]})


def unmeasured():
    return weak(short={"indicators": [lm.INDICATOR | {"baseline": ""}]})


def twice():
    content = lm.sound()
    content["nodes"].append({"id": "twin", "column": "input", "text": "料理をつくる 人"})
    return arrow(clean(content), "twin", "activity")


CASES = {
    "E2:mid": (lambda: arrow(lm.sound(), "mid", "output"), "矢印を右向きに直す"),
    "E7:short": (unmeasured, "はじめの値を「未計測」にする"),
    "E8:twin": (twice, "同じ言葉の箱と1つにする"),
    "E8:output": (lambda: weak(output={"text": ""}), "この箱を消す"),
    "W1:short": (lambda: weak(short={"text": "講座の開催"}), "アウトプットの列へ移す"),
    "W1:output": (lambda: weak(output={"text": "来る世帯の増加"}), "アウトカム 短期の列へ移す"),
    "W5:mid": (lambda: arrow(lm.sound(), "output", "mid", ""), "仮説（D）にする"),
    "W11:short": (
        lambda: weak(short={"indicators": [lm.INDICATOR | {"due": "令和9年度末"}]}),
        "アウトカム 中期の列へ移す",
    ),
}


@pytest.mark.parametrize("key", CASES)
def test_a_mend_takes_its_finding_away(key):
    content, words = CASES[key][0](), CASES[key][1]
    before = {finding.key for finding in check(content, 2026)}

    mend = mend_of(*key.split(":"), content)

    assert key in before
    assert mend.words == words
    assert key not in {finding.key for finding in check(clean(mend.content), 2026)}


def test_two_boxes_of_the_same_words_keep_all_their_arrows():
    mended = mend_of("E8", "twin", twice()).content

    ways = [(arrow["from"], arrow["to"]) for arrow in mended["arrows"]]
    assert "twin" not in {node["id"] for node in mended["nodes"]}
    assert ways.count(("cook", "activity")) == 1


@given(lm.any_content())
@settings(max_examples=80, deadline=None)
def test_every_mend_of_any_model_is_sound_and_leaves_the_model_as_it_was(content):
    kept = clean(content)

    mends = [mend_of(finding.code, finding.node, content) for finding in check(content, 2026)]

    assert content == kept
    assert all(clean(mend.content) == mend.content != content for mend in mends if mend)


def test_only_findings_with_a_mend_have_a_button():
    assert mend_of("W6", None, lm.sound()) is None
    assert mend_of("E7", "short", weak(short={"indicators": []})) is None
    assert set(MENDS) == {"E2", "E7", "E8", "W1", "W5", "W11"}


@pytest.mark.django_db
def test_the_desk_presses_a_mend_beside_the_box_and_may_undo_it(client):
    draft = lm.model(weak(short={"text": "講座の開催"}))
    client.force_login(make.desk())
    before = draft.as_content()
    box = client.get(reverse("logicmodels:node", args=[draft.number, "short"]))

    told = {"finding": "W1:short", "version": draft.version}
    client.post(reverse("logicmodels:mend", args=[draft.number]), told)

    assert "アウトプットの列へ移す" in box.text
    assert draft.nodes.get(key="short").column == "output"
    services.go(draft, "back", by=make.desk())
    assert type(draft).objects.get().as_content() == before


@pytest.mark.django_db
def test_a_finding_that_is_gone_is_refused():
    draft = lm.model()

    with pytest.raises(NotAllowed, match="もうありません"):
        services.mend(draft, finding="W1:short", by=make.desk())
