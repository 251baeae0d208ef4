"""The desk tells the result while the proposer presses: one is first, the other loses no word."""

import pytest

from cityhall.refusal import NotAllowed, Stale
from proposals.models import Announcement, Message, Submission
from proposals.services import announcing, conversation, revising, withdrawing
from proposals.services.announcing import UNREAD
from proposals.workflow import Step
from tests import make, make_section
from tests.make_guest import opened, proposal
from tests.make_receipt import CODE, decide, read, stamp, url, visit
from tests.make_talk import planted
from tests.proposals.test_revise_page import send
from tests.together import at_once, failures

WORDS = "送る前に結果が届いても、消えてはいけない文です。"


def decided(name="no_go", **more):
    case = make.proposal(Step.DECISION, code=CODE)
    if name == "go_if":
        more["conditions"] = [{"text": "架空の条件", "owner": "提案者"}]
    decide(case, name, **more)
    return make.reload(case) if name in ("go_if", "continue") else planted(make.reload(case))


def tell(case, desk, **more):
    return announcing.announce(case, by=desk, text="架空のお知らせ", **more)


def press(name, case):
    """What a proposer does on a page drawn before the result was told."""
    if name == "reply":
        return conversation.reply(case, text=WORDS, key="p", seen=0, letter=0)
    if name == "withdraw":
        return withdrawing.withdraw(case, note=WORDS, key="p", letter=0)
    words = {"overview": WORDS}
    return revising.revise(case, words=words, contact={}, key="p", seen=1, letter=0)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verdict", ["no_go", "go_if", "continue"])
@pytest.mark.parametrize("name", ["reply", "withdraw", "revise"])
def test_of_an_announcement_and_a_press_at_once_one_is_first(name, verdict):
    case, desk = decided(verdict), make.desk()

    told, pressed = at_once(lambda: tell(case, desk, version=case.version), lambda: press(name, case))

    (lost,) = failures([told, pressed])
    if lost is told:
        assert isinstance(lost, Stale) and not Announcement.objects.exists()
    else:
        assert Announcement.objects.count() == 1
        assert not Message.objects.exists() and Submission.objects.count() == 1
        assert make.reload(case).step != Step.WITHDRAWN


# --- what the second reads -----------------------------------------------------

db = pytest.mark.django_db


@db
def test_a_reply_written_before_the_result_was_told_stays_and_the_next_press_sends_it():
    case = decided()
    client = visit(case)
    sent = {"text": WORDS, "stamp": stamp(client)}
    tell(case, make.desk())

    answer = client.post(url("receipt_reply"), sent)
    again = sent | {"stamp": answer.context["form"]["stamp"].value()}

    assert answer.status_code == 409 and UNREAD in read(answer) and WORDS in answer.text
    assert "架空のお知らせ" in answer.text
    assert client.post(url("receipt_reply"), again).status_code == 302
    assert Message.objects.get().text == WORDS


@db
@pytest.mark.parametrize("verdict", ["no_go", "go_if"])
def test_a_withdrawal_written_before_the_result_was_told_keeps_its_reason(verdict):
    case = decided(verdict)
    client = visit(case)
    page = client.get(url("receipt_withdraw"))
    sent = {"note": WORDS, "stamp": page.context["form"]["stamp"].value()}
    tell(case, make.desk())

    answer = client.post(url("receipt_withdraw"), sent)

    assert answer.status_code == 409 and UNREAD in read(answer) and WORDS in answer.text
    assert make.reload(case).step != Step.WITHDRAWN


@db
def test_a_revision_written_before_the_result_was_told_keeps_its_words():
    case, client = opened(proposal())
    page = client.get(url("revise"))
    Announcement.objects.create(**letter_of(case))

    answer = send(client, page, overview=WORDS)
    assert answer.status_code == 409 and UNREAD in read(answer) and WORDS in answer.text
    assert Submission.objects.count() == 1


def letter_of(case):
    """A result told on this case, whatever it was."""
    desk = make.desk()
    record = case.records.last()
    return {"proposal": case, "record": record, "verdict": "continued", "by": desk, "text": "架空のお知らせ"}


@db
def test_the_desk_reads_what_the_proposer_did_and_keeps_the_letter():
    case, desk = decided("go_if"), make.desk()
    client = make_section.visit(desk)
    address = f"/admin/proposals/proposal/{case.number}/announce/"
    version = case.version
    withdrawing.withdraw(case, key="w")

    answer = client.post(address, {"go": "send", "version": version, "text": WORDS})

    assert answer.status_code == 409
    assert WORDS in answer.text and "提案を取り下げました" in answer.text
    assert "お知らせする結果は、いまありません" in answer.text
    assert not Announcement.objects.exists()


@db
def test_an_old_page_is_refused_by_the_service():
    case = decided()
    tell(case, make.desk())

    with pytest.raises(NotAllowed, match="結果をお知らせしました"):
        conversation.reply(case, text=WORDS, key="p", letter=0)
