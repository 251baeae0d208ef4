"""Fixing a 試行版: what it asks for, what it keeps, who may not touch it."""

import pytest
from django.db import DatabaseError, transaction

from cityhall.refusal import NotAllowed
from logicmodels import content, services
from logicmodels.models import Edition
from proposals.services import advance
from proposals.workflow import Kind, Step
from tests import make
from tests import make_logicmodels as lm

pytestmark = pytest.mark.django_db


def test_a_fixed_edition_keeps_the_content_word_for_word():
    draft, desk = lm.model(), make.desk()

    edition = services.fix_trial(draft, by=desk)
    services.add_node(draft, by=desk, column="input", text="あとから")

    kept = Edition.objects.get()
    assert kept.content == lm.sound()
    assert kept.sha256 == content.digest(lm.sound())
    assert kept.is_as_fixed
    assert (kept.number, kept.state, kept.fixed_by, kept.label) == (1, "trial", desk, "第1版（試行版）")
    assert str(edition) == f"{draft.number} 第1版（試行版）"


def test_the_case_hears_of_its_edition_and_may_go_on():
    case, desk = make.proposal(Step.LOGIC_MODEL), make.desk()
    draft = lm.model(proposal=case, by=desk)

    edition = services.fix_trial(draft, by=desk)

    case = make.reload(case)
    record = case.records.get(kind=Kind.MODEL_FIXED)
    assert case.logic_model_fixed_at == edition.fixed_at
    assert record.data["label"] == f"{draft.number} 第1版（試行版）"
    advance(case, "refer", by=desk)


def test_a_case_already_before_its_section_gets_no_new_edition():
    case, desk = make.proposal(Step.LOGIC_MODEL), make.desk()
    draft = lm.model(proposal=case, by=desk)
    services.fix_trial(draft, by=desk)
    advance(make.reload(case), "refer", by=desk)
    services.add_node(draft, by=desk, column="input", text="あとから")

    with pytest.raises(NotAllowed, match="②内容整理から⑤"):
        services.fix_trial(draft, by=desk)

    assert draft.editions.count() == 1


def test_an_open_finding_is_answered_in_a_sentence_first():
    draft, desk = lm.model(lm.desk_model()), make.desk()

    with pytest.raises(NotAllowed, match="まだ答えのない助言"):
        services.fix_trial(draft, by=desk, answers={"E7:M1": "決めます。", "E7:M2": " "})

    assert draft.editions.count() == 0


def test_the_desks_own_model_becomes_a_trial_edition_with_its_answers():
    draft, desk = lm.model(lm.desk_model()), make.desk()

    edition = services.fix_trial(
        draft,
        by=desk,
        answers={"E7": "中期の指標は年度末までに決めます。", "E7:M1": "新規事業の数を数えます。"},
    )

    assert [(told["node"], told["answer"]) for told in edition.answers] == [
        ("M3", "中期の指標は年度末までに決めます。"),
        ("M1", "新規事業の数を数えます。"),
        ("M2", "中期の指標は年度末までに決めます。"),
    ]
    assert edition.answers[0]["finding"] == "指標がまだありません。"


def test_an_empty_draft_is_not_fixed():
    draft = services.start(None, by=make.desk(), title="空（架空）")

    with pytest.raises(NotAllowed, match="箱がまだありません"):
        services.fix_trial(draft, by=make.desk(), answers={"E1": "これから。"})


def test_a_draft_that_has_not_changed_is_not_fixed_again():
    edition = lm.edition()

    with pytest.raises(NotAllowed, match="変わったところがありません"):
        services.fix_trial(edition.model, by=make.desk())


def test_the_next_edition_has_the_next_number():
    edition, desk = lm.edition(), make.desk()
    services.add_node(edition.model, by=desk, column="input", text="鍋と食器", side="city")

    second = services.fix_trial(edition.model, by=desk, answers={"E3": "つなぎます。"})

    assert (second.number, second.label) == (2, "第2版（試行版）")


def test_nobody_but_the_desk_fixes():
    with pytest.raises(NotAllowed, match="窓口だけ"):
        services.fix_trial(lm.model(), by=make.head(make.department()))


@pytest.mark.both
def test_the_database_refuses_to_change_or_delete_an_edition():
    edition = lm.edition()

    for touch in (
        lambda: Edition.objects.filter(pk=edition.pk).update(number=9),
        lambda: Edition.objects.filter(pk=edition.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            touch()

    assert Edition.objects.get().number == 1
