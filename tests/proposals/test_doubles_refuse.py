"""A double takes in nothing more of its own: whoever tries is led to its original, in words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.refusal import NotAllowed
from proposals.models import Encounter, Todo
from proposals.services import (
    assessing,
    conversation,
    doubles,
    encounters,
    intake,
    many,
    relations,
    todos,
    triage,
)
from tests import make
from tests.make_care import encounter

pytestmark = pytest.mark.django_db


@pytest.fixture
def double(desk):
    original, double = make.submission(), make.submission(track="consultation")
    encounter(double, desk)
    doubles.merge(double, original, by=desk, note="同じ提案のため")
    return make.reload(double)


def url(case, deed):
    return f"/admin/proposals/proposal/{case.number}/{deed}/"


CALL = {"kind": "phone", "on": timezone.localdate() - timedelta(30), "text": "架空の電話です。"}
DEEDS = {
    "a contact": lambda case, by: encounters.note_encounter(case, by=by, **CALL, is_sure=True, reason="わけ"),
    "a correction": lambda case, by: encounters.correct_encounter(
        Encounter.objects.get(proposal=case), by=by, **CALL, is_sure=True, reason="わけ"
    ),
    "a note": lambda case, by: todos.write_note(case, by=by, text="覚えです。"),
    "a thing to do": lambda case, by: todos.add(case, by=by, text="電話する", key="k"),
    "a mark": lambda case, by: assessing.assess(case, by=by, marks={1: (2, "")}),
    "a kind": lambda case, by: assessing.categorise(case, by=by, category="charm"),
    "a summary": lambda case, by: triage.summarise(case, by=by, summary="要約です。"),
    "an officer": lambda case, by: many.assign(case, officer=make.desk(), by=by),
    "a question": lambda case, by: conversation.ask(case, by=by, text="お尋ねです。", key="k"),
    "a day of receipt": lambda case, by: intake.turn_into_proposal(case, by=by),
    "a relation": lambda case, by: relations.link(case, by=by, other=make.submission()),
}


@pytest.mark.parametrize("name", DEEDS)
def test_what_the_desk_would_add_to_a_double_is_refused_and_its_original_named(desk, double, name):
    records = double.records.count()

    with pytest.raises(NotAllowed) as refusal:
        DEEDS[name](double, desk)

    assert str(refusal.value).startswith(f"この案件は {double.merged_into.number} にまとめています。")
    assert double.records.count() == records and not Todo.objects.exists()


def test_the_originals_first_contact_is_moved_on_its_own_page(desk, double):
    encounters.note_encounter(double.merged_into, by=desk, **CALL, is_sure=True, reason="電話が先にあった")

    assert make.reload(double.merged_into).first_contact_on == CALL["on"]


def test_a_double_offers_no_forms_but_the_way_to_its_original(client, desk, double):
    page = client.get(url(double, "change"))

    assert not {"encounter", "note", "todo", "category"} & set(page.context["forms"])
    assert page.context["deed"].title == f"{double.merged_into.number} にまとめました。"
    assert page.context["deed"].url == url(double.merged_into, "change")


def test_a_form_opened_before_the_merging_is_refused_with_its_words_kept(client, desk, double):
    page = client.post(url(double, "encounters"), CALL | {"key": "before", "version": 1})

    assert "にまとめています。" in page.text and "架空の電話です。" in page.text


def test_the_proposer_of_a_double_may_still_write_and_be_answered(desk, double):
    conversation.reply(double, text="うかがいたいことがあります。", key="r")
    conversation.tell(make.reload(double), by=desk, text="まとめ先で進めています。", key="t")

    assert double.messages.count() == 2
