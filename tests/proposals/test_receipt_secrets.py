"""What the proposer's page, copy and letters never tell."""

import pytest
from django.utils import timezone

from cityhall.models import OutgoingMail
from proposals.services import (
    advance,
    conversation,
    decisions,
    hearings,
    matching,
    triage,
)
from proposals.services.announcing import announce
from proposals.workflow import Step
from tests import make
from tests.make_receipt import CODE, QUESTION, page, read, url, visit
from tests.make_talk import ready_to_tell

pytestmark = pytest.mark.django_db

SECRET = "内緒の印"


def a_case_full_of_internal_words():
    desk = make.desk(name=f"{SECRET}1")
    section = make.department(f"{SECRET}課")
    head = make.head(section, name=f"{SECRET}2")
    case = make.submission(code=CODE)
    advance(case, "accept", by=desk, note=SECRET)
    triage.summarise(make.reload(case), by=desk, summary=SECRET)
    triage.pass_gate(case, by=desk, note=SECRET)
    hearings.ask(case, section, by=desk, reason=SECRET)
    hearings.ask(case, make.department(f"{SECRET}第二課"), by=desk, reason=SECRET)
    advance(make.reload(case), "start_hearing", by=desk, note=SECRET)
    words = {"text": SECRET, "possible_when": SECRET, "own_trouble": SECRET}
    hearings.answer(case.hearings.first(), by=head, answer="hard", **words)
    hearings.waive(case.hearings.open().get(), by=desk, reason=SECRET)
    advance(make.reload(case), "start_matching", by=desk, note=SECRET)
    matching.choose_lead(case, section, by=desk, note=SECRET)
    advance(make.reload(case), "start_model", by=desk, note=SECRET)
    matching.report_model_fixed(case, by=desk, label=SECRET, fixed_at=timezone.now())
    advance(make.reload(case), "refer", by=desk, note=SECRET)
    conversation.ask(case, by=desk, text=QUESTION, key="1")
    conversation.tell(case, by=desk, text="進んでいます。", key="2")
    conditions = [{"text": SECRET, "owner": SECRET}]
    told = {"decided_on": timezone.localdate(), "reason": SECRET, "draft_number": SECRET}
    decisions.decide(make.reload(case), "go_if", by=head, conditions=conditions, **told)
    return case, head


def everything_a_proposer_gets(case):
    client = visit(case)
    pages = [client.get(url(name)) for name in ("receipt", "receipt_copy", "receipt_withdraw")]
    letters = OutgoingMail.objects.filter(to=case.contact.email)
    return [p.content.decode() for p in pages] + [f"{m.subject}{m.body}" for m in letters]


def test_no_word_written_inside_the_city_hall_and_no_name_of_staff_ever_shows():
    case, head = a_case_full_of_internal_words()
    shown = everything_a_proposer_gets(case)
    announce(ready_to_tell(case), by=make.desk(), text="条件が1つあります。")
    shown += everything_a_proposer_gets(case)
    condition = case.conditions.get()
    decisions.settle_condition(condition, by=head, on=timezone.localdate(), waived_reason=SECRET)
    decisions.fulfil(make.reload(case), by=head)
    shown += everything_a_proposer_gets(case)

    assert len(shown) > 9
    assert [text for text in shown if SECRET in text] == []


def test_a_section_s_name_shows_only_where_the_desk_says_so():
    case, section = make.proposal(Step.SORTING, code=CODE), make.department("架空家庭課")
    conversation.ask(case, by=make.desk(), text=QUESTION, key="1", department=section)

    assert "（架空家庭課の質問をお伝えします）" in read(page(case))
