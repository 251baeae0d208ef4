"""What lies before the head at ⑥ is what is stored, and what is read ever after."""

import pytest

from cityhall.workflow import NotAllowed
from proposals.models import Decision
from proposals.reasons import OFFERED
from proposals.seen import fingerprint, is_as_seen, seen_by_decider
from proposals.services import advance, encounters, hearings, triage
from proposals.workflow import DECISIONS, Kind
from tests import make, make_deciding, make_section

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def case():
    return make_deciding.referred()


@pytest.fixture
def head(case):
    return make.head(case.department)


def test_all_that_is_read_before_a_decision_is_in_it(case):
    seen = seen_by_decider(case)

    assert [line["term"] for line in seen["lines"]] == [
        "誰の困りごと",
        "すること",
        "市のすること",
        "提案者の意義",
    ]
    assert (seen["answers"][0]["word"], seen["answers"][0]["text"]) == ("前向きに受ける", "一緒に考えます。")
    assert [mark["level"] for mark in seen["viewpoints"]["lines"][0]["marks"]] == [2, 1]
    assert {"term": "公募の要否", "value": "不要（市の支出も、場所の独占もないため）"} in seen["fairness"]
    assert seen["costs"][0]["term"] == "団体が持ち寄るもの"
    assert (seen["model"]["edition"], len(seen["model"]["sha256"])) == (1, 64)


def test_there_is_no_total_of_the_nine_viewpoints(case, head):
    page = make_section.visit(head).get(f"/section/cases/{case.number}/decide/").content.decode()

    assert "合計点はありません" in page
    assert "●●○" in page and "1人目は3のうち2" in page
    assert "平均" not in page


def test_the_decision_keeps_what_was_seen_word_for_word(case, head):
    before = seen_by_decider(case)

    decision = make_deciding.decide(case, head)

    kept = Decision.objects.get()
    assert kept.seen == before
    assert (kept.seen_hash, kept.record.data["seen"]) == (fingerprint(before), fingerprint(before))
    assert is_as_seen(decision)


def test_what_changes_afterwards_changes_nothing_of_what_was_seen(case, head):
    make_deciding.decide(case, head, "no_go")
    shown = seen_by_decider(case)
    triage.summarise(make.reload(case), by=make.desk(), summary="あとから書いた要約")
    advance(make.reload(case), "reopen", by=make.desk(), note="事情が変わった")
    hearings.ask(make.reload(case), make.department("架空の後の課"), by=make.desk(), reason="後から")

    page = make_section.visit(head).get(f"/section/cases/{case.number}/decisions/1/")

    assert page.context["seen"]["answers"] == shown["answers"]
    assert page.context["is_as_seen"]


def test_a_snapshot_changed_behind_our_backs_is_told(case, head):
    make_deciding.decide(case, head)
    seen = Decision.objects.get().seen
    Decision.objects.update(seen=seen | {"fairness": []})

    page = make_section.visit(head).get(f"/section/cases/{case.number}/decisions/1/")

    assert "記録の指紋と合いません" in page.content.decode()


def test_the_picture_is_the_edition_that_was_fixed_at_referral(case, head):
    page = make_section.visit(head).get(f"/section/cases/{case.number}/decide/")

    (panel,) = page.context["frozen"]
    assert panel.context["edition"].sha256 == page.context["seen"]["model"]["sha256"]
    assert panel.context["is_as_seen"]
    assert "判断に付した時点で固定しています" in page.content.decode()


def test_a_second_decision_shows_the_first_and_what_changed_since(case, head):
    make_deciding.decide(case, head, "no_go", reason="見守りの大人が1人の日があるため")
    desk = make.desk()
    advance(make.reload(case), "reopen", by=desk, note="学習支援の会が加わった")
    for name in ("start_matching", "start_model", "refer"):
        advance(make.reload(case), name, by=desk)

    earlier = seen_by_decider(make.reload(case))["earlier"]

    assert (earlier["verdict"], earlier["reason"]) == ("見送り", "見守りの大人が1人の日があるため")
    assert [line["words"] for line in earlier["since"]] == ["再開しました。学習支援の会が加わった"]
    second = make_deciding.decide(case, head, "go")
    assert second.follows == Decision.objects.first()


def test_the_contacts_are_counted_by_kind(case):
    desk = make.desk()
    for kind in ("visit", "online", "phone"):
        met = {"kind": kind, "on": case.received_on, "text": "架空の話"}
        encounters.note_encounter(make.reload(case), by=desk, **met)

    contacts = [row for row in seen_by_decider(case)["fairness"] if row["term"] == "接触の記録"]

    assert contacts == [{"term": "接触の記録", "value": "面談2・電話1"}]


# coded reasons


@pytest.mark.parametrize("name", DECISIONS)
def test_each_verdict_takes_the_reasons_it_offers_and_no_other(name, case, head):
    code = OFFERED[name][0]

    decision = make_deciding.decide(case, head, name, reason_code=code)

    assert decision.reason_code == code


@pytest.mark.parametrize(
    ("name", "code"), [("go", "mismatch"), ("no_go", "policy"), ("go", ""), ("go_if", "law")]
)
def test_a_reason_that_does_not_fit_is_refused(name, code, case, head):
    with pytest.raises(NotAllowed, match="理由の区分"):
        make_deciding.decide(case, head, name, reason_code=code)

    assert make.reload(case).step == "decision"


def test_consulted_sections_are_kept(case, head):
    other = make.department("架空の合議課")

    decision = make_deciding.decide(case, head, consulted=[other])

    assert list(decision.consulted.all()) == [other]


def test_what_lies_before_the_head_takes_a_bounded_number_of_statements(
    case, head, django_assert_max_num_queries
):
    with django_assert_max_num_queries(17):
        seen_by_decider(make.reload(case))


def test_the_record_of_the_verdict_is_one_of_the_chain(case, head):
    make_deciding.decide(case, head)

    assert case.records.get(kind=Kind.VERDICT).data.keys() == {"move", "seen"}
