"""Rewriting a 相談 into a 提案, and who may rewrite when."""

import pytest
from django.test import Client

from proposals.forms import words
from proposals.services import people, revising
from proposals.services.receipts import new_code
from proposals.workflow import Step
from tests import make
from tests.make_guest import consultation, opened, proposal, typed, visitor
from tests.make_public import PROPOSAL

pytestmark = pytest.mark.django_db
PAGE = "/receipt/revise/"
LATER = {name: PROPOSAL[name] for name in ("problem", "activity", "benefit", "own_gain", "maturity")}
LATER |= {name: PROPOSAL[name] for name in ("requests", "brings", "cost", "rights", "representative")}
LATER |= {"answer_to": "free", "postal_code": "252-8566", "address": "座間市緑ケ丘一丁目1番1号"}


def words_of(page):
    return page.content.decode()


def send(guest, page, **changes):
    return guest.post(PAGE, typed(page, **changes))


# --- 相談 and 提案 --------------------------------------------------------------


def test_a_consultation_is_asked_for_what_a_consultation_is_asked():
    _, guest = opened(consultation())

    page = guest.get(PAGE)

    assert "problem" not in typed(page) and "相談を書き直す" in words_of(page)


def test_the_page_of_a_proposal_keeps_what_was_typed_for_the_consultation():
    _, guest = opened(consultation())

    page = send(guest, guest.get(PAGE), title="架空の新しい件名", go="proposal")

    assert typed(page)["title"] == ["架空の新しい件名"]
    assert {"problem", "pledges"} <= set(page.context["form"].fields) and not page.context["form"].errors


def test_going_back_to_the_consultation_loses_nothing_either():
    _, guest = opened(consultation())
    page = send(guest, guest.get(PAGE), go="proposal")
    page = send(guest, page, problem="書きかけの架空の課題", brings=["人", "場所"], go="consultation")

    again = send(guest, page, go="proposal")

    assert typed(again)["problem"] == ["書きかけの架空の課題"]
    assert typed(again)["brings"] == ["人", "場所"]


def test_a_consultation_becomes_a_proposal_with_all_it_needs():
    case, guest = opened(consultation())
    page = send(guest, guest.get(PAGE), go="proposal")

    answer = send(guest, page, **LATER, pledges=words.PLEDGES)

    after = make.reload(case)
    assert (answer.status_code, after.track, after.latest_submission.problem) == (
        302,
        "proposal",
        LATER["problem"],
    )
    assert after.latest_submission.pledges_version == words.PLEDGES_VERSION
    assert after.organization.address == LATER["address"]


def test_without_the_pledges_it_stays_a_consultation():
    case, guest = opened(consultation())
    page = send(guest, guest.get(PAGE), go="proposal")

    answer = send(guest, page, **LATER)

    assert "約束していただくこと" in words_of(answer)
    assert make.reload(case).track == "consultation"


def test_a_proposal_is_not_asked_for_the_pledges_again():
    _, guest = opened(proposal())

    assert "pledges" not in guest.get(PAGE).context["form"].fields


# --- who, and when -------------------------------------------------------------


def test_without_number_and_code_they_are_asked_for():
    answer = Client().get(PAGE)

    assert "確認番号" in words_of(answer) and "form" in answer.context


def test_after_the_visit_what_was_typed_waits_behind_the_door():
    case, code = proposal()
    fields = typed(visitor(case, code).get(PAGE), title="書きかけの架空の件名")

    asked = Client().post(PAGE, fields)
    again = Client().post("/receipt/", {"number": case.number, "code": code, "kept": typed(asked)["kept"][0]})

    assert "書きかけの架空の件名" in words_of(again)
    assert case.submissions.count() == 1


def test_a_further_person_may_rewrite():
    case, _ = proposal()
    code = new_code()
    people.invite(case.receipt_codes.get(), label="広報の架空さん", code=code)
    guest = visitor(case, code)

    send(guest, guest.get(PAGE), title="架空の新しい件名")

    assert case.latest_submission.title == "架空の新しい件名"


def test_at_the_sixth_step_what_was_sent_is_shown_and_cannot_be_rewritten():
    case, guest = opened(proposal())
    page = guest.get(PAGE)
    fields = {"department": make.department(), "logic_model_fixed_at": "2026-11-01T00:00Z"}
    type(case).objects.filter(pk=case.pk).update(step=Step.DECISION, **fields)

    late, pressed = guest.get(PAGE), send(guest, page, title="書きかけの架空の件名")

    assert "書き直しを受け取れません" in words_of(late) and case.title in words_of(late)
    assert pressed.status_code == 409 and "書きかけの架空の件名" in words_of(pressed)
    assert case.submissions.count() == 1


def test_the_page_asks_as_much_for_a_tenth_version_as_for_the_first(django_assert_max_num_queries):
    case, guest = opened(proposal())
    for n in range(1, 10):
        revising.revise(case, words={"title": f"架空の件名の{n}"}, contact={}, key=new_code(), seen=n)

    with django_assert_max_num_queries(12):
        guest.get(PAGE)
