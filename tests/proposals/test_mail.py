"""The letters of a case: each names it, says why it came and how to see more, and gives nothing away."""

import re
from unicodedata import east_asian_width

import pytest
from django.utils import timezone

from cityhall.models import OutgoingMail
from proposals import mail
from proposals.models import Announcement, Message, OneTimeNumber, Proposal
from proposals.services import advance, decisions, intake, receipts, triage
from proposals.workflow import WORKFLOW, Kind, Step
from tests import make

pytestmark = pytest.mark.django_db

THEIRS = "架空の秘密の言葉"
MORNING = "2026-11-02T01:00:00Z"
DESK = "madoguchi@zama.example"


@pytest.fixture(autouse=True)
def a_day(time_machine, settings):
    time_machine.move_to(MORNING, tick=False)
    settings.SITE_URL, settings.DESK_EMAIL = "https://kyoso.zama.example", DESK


@pytest.fixture
def case():
    """A case full of words that no letter may repeat."""
    words = {name: f"{THEIRS}{name}" for name in ("title", "overview", "problem", "activity", "benefit")}
    case = intake.submit(
        make.words(**words),
        organization=make.organization(name=f"{THEIRS}社"),
        contact=make.contact(name=THEIRS, section=THEIRS),
        track="proposal",
        key="key",
        code=receipts.new_code(),
    )
    OutgoingMail.objects.all().delete()
    return case


def message(case, **fields):
    side = fields.pop("side", Message.Side.DESK)
    return Message.objects.create(proposal=case, key=f"key {len(fields)}", side=side, text=THEIRS, **fields)


def question(case):
    return message(case, asks=True, due_on=timezone.localdate().replace(day=9))


def announcement(case):
    return Announcement.objects.create(
        proposal=case, record=case.records.first(), verdict="declined", text=THEIRS, by=make.desk()
    )


def moved(case):
    return mail.queue_moved(WORKFLOW.carry_out(at_sorting(case), "start_hearing", by=make.desk()))


def at_sorting(case):
    desk = make.desk()
    advance(case, "accept", by=desk)
    triage.pass_gate(case, by=desk, note="対象")
    make.hearings.ask(case, make.department("架空課"), by=desk, reason="分野が同じ")
    return make.reload(case)


def one_time_number(case):
    sent = OneTimeNumber.objects.create(proposal=case, number_hash="!")
    return mail.queue_one_time_number(sent, "12345678")


TO_PROPOSER = {
    "receipt": mail.queue_receipt,
    "question": lambda case: mail.queue_question(question(case)),
    "told": lambda case: mail.queue_told(message(case)),
    "announcement": lambda case: mail.queue_announcement(announcement(case)),
    "revised": lambda case: mail.queue_revised(case, case.latest_submission),
    "withdrawn": mail.queue_withdrawn,
    "moved": moved,
    "one-time number": one_time_number,
    "address": lambda case: mail.queue_address_changed(case, before="mae@example.com"),
}
TO_DESK = {
    "new": mail.queue_new_case_for_desk,
    "reply": lambda case: mail.queue_reply_for_desk(message(case, side="proposer")),
    "revised": lambda case: mail.queue_revised_for_desk(case, case.latest_submission),
    "withdrawn": mail.queue_withdrawn_for_desk,
}


def every(letters):
    return pytest.mark.parametrize("write", letters.values(), ids=letters.keys())


# --- what stands in every letter ------------------------------------------


@every(TO_PROPOSER)
def test_a_letter_names_the_case_the_reason_the_way_and_the_writer(case, write):
    letter = write(case)

    assert letter.subject.startswith("【座間市】") and letter.subject.endswith(f"（{case.number}）")
    assert f"受付番号　{case.number}\n" in letter.body
    assert re.search(
        rf"このお知らせは、受付番号 {case.number} の連絡先として.*\n.*ため、お送りしています。", letter.body
    )
    assert "お心当たりのない方へ" in letter.body
    assert "電話 046-252-7966" in letter.body
    assert (letter.about, letter.state) == (case.number, "queued")


@every({name: write for name, write in TO_PROPOSER.items() if name not in ("one-time number", "address")})
def test_it_leads_to_the_receipt_page_without_any_secret(case, write):
    body = write(case).body

    assert re.findall(r"https?://\S+", body) == ["https://kyoso.zama.example/receipt/"]
    assert "確認番号は、安全のため、このお知らせには書いていません。" in body or "結果と確認番号は" in body


@every(TO_PROPOSER | TO_DESK)
def test_no_letter_repeats_what_anybody_wrote(case, write):
    letter = write(case)

    assert THEIRS not in letter.subject + letter.body


@every(TO_PROPOSER | TO_DESK)
def test_every_letter_has_a_day_of_the_era_and_lines_that_fit(case, write):
    body = write(case).body

    assert "令和8年11月" in body
    assert max(sum(1 + (east_asian_width(ch) in "WFA") for ch in line) for line in body.split("\n")) <= 80
    assert "\n\n\n" not in body and "{" not in body and "None" not in body


@every(TO_DESK)
def test_the_desk_is_told_at_its_own_address_and_led_to_the_case(case, write):
    letter = write(case)

    assert letter.to == DESK
    assert letter.subject.startswith("【窓口】") and letter.subject.endswith(f"（{case.number}）")
    assert f"https://kyoso.zama.example/admin/proposals/proposal/{case.number}/change/" in letter.body


@every(TO_DESK)
def test_a_desk_without_an_address_is_told_on_its_home_alone(case, write, settings):
    settings.DESK_EMAIL = ""

    assert write(case) is None


@every({name: write for name, write in TO_PROPOSER.items() if name != "address"})
def test_without_an_address_nothing_is_written(case, write):
    case.contact.email = ""
    case.contact.save()

    assert write(Proposal.objects.get(pk=case.pk)) is None


# --- each of them ---------------------------------------------------------


def test_a_question_has_its_day(case):
    body = mail.queue_question(question(case)).body

    assert "令和8年11月9日（月）までに、お返事をお願いします。" in body
    assert "お返事の期限　令和8年11月9日（月）" in body


def test_a_result_is_told_without_saying_which(case):
    body = mail.queue_announcement(announcement(case)).body

    assert not re.search("採用|見送|継続|条件", body)


def test_the_number_for_a_lost_code_is_secret_and_lasts_a_quarter_of_an_hour(case):
    letter = one_time_number(case)

    assert letter.is_secret and "再発行の番号　12345678" in letter.body
    assert "令和8年11月2日（月） 10:15まで（15分間）" in letter.body
    assert (letter.expires_at - timezone.now()).seconds == 15 * 60
    assert "12345678" not in letter.subject + letter.key


def test_a_held_case_is_written_to_once_the_desk_lets_it_in():
    case = intake.submit(
        make.words(),
        organization=make.organization(),
        contact=make.contact(),
        track="proposal",
        key="held",
        code=receipts.new_code(),
        is_held=True,
    )
    assert not OutgoingMail.objects.exists()

    triage.release(case, by=make.desk())

    assert OutgoingMail.objects.get().key == f"{case.number}:receipt"


@every({name: TO_PROPOSER[name] for name in ("receipt", "revised", "withdrawn", "address")})
def test_what_anybody_can_cause_leaves_an_hour_apart(case, write):
    assert write(case).from_outside


@every({name: TO_PROPOSER[name] for name in ("question", "told", "announcement", "moved", "one-time number")})
def test_what_the_desk_writes_is_held_up_by_no_other_letter(case, write):
    assert not write(case).from_outside


# --- progress -------------------------------------------------------------


def moves_told():
    keys = OutgoingMail.objects.filter(key__contains=":moved:").order_by("pk").values_list("key", flat=True)
    return [key.split(":")[2] for key in keys]


def test_three_of_five_moves_are_told(time_machine):
    make.proposal(Step.DECISION)

    assert moves_told() == [Step.HEARING, Step.MATCHING, Step.DECISION]


def test_the_letter_speaks_in_public_words():
    make.proposal(Step.DECISION)

    last = OutgoingMail.objects.filter(key__contains=":moved:decision").get()
    assert "いまの段階　担当課の判断（6つのうち6つ目）" in last.body
    assert "結果が決まったものではありません。" in last.body
    assert "提案の書き直しは、ここまでとなります。" in last.body


def test_going_back_and_forth_is_told_once():
    desk, case = make.desk(), make.proposal(Step.MATCHING)

    advance(case, "back_to_hearing", by=desk, note="もう一度尋ねるため")
    advance(case, "start_matching", by=desk)

    assert moves_told() == [Step.HEARING, Step.MATCHING]


@pytest.mark.parametrize("name", ["go", "go_if", "in_principle", "continue", "no_go"])
def test_no_verdict_is_told_before_it_is_announced(name):
    section = make.department("架空の所管課")
    case = make.proposal(Step.DECISION, section=section)
    OutgoingMail.objects.all().delete()
    more = {"conditions": [{"text": "条件", "due_on": timezone.localdate()}]} if name == "go_if" else {}

    decisions.decide(
        case, name, by=make.head(section), decided_on=timezone.localdate(), reason="理由", **more
    )

    assert not OutgoingMail.objects.exists()


def test_nor_by_the_steps_that_follow_it():
    section, desk = make.department("架空の所管課"), make.desk()
    case = make.proposal(Step.DECISION, section=section)
    decisions.decide(
        case, "continue", by=make.head(section), decided_on=timezone.localdate(), reason="話を続けるため"
    )
    OutgoingMail.objects.all().delete()

    advance(case, "start_model", by=desk)
    make._refer(make.reload(case), desk, section)

    assert make.reload(case).step == Step.DECISION
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("name", ["withdraw", "back_to_intake"])
def test_other_moves_are_told_by_no_letter(name):
    case = make.proposal(Step.SORTING)
    OutgoingMail.objects.all().delete()

    advance(case, name, by=make.desk(), note="理由")

    assert not OutgoingMail.objects.exists()


def test_a_case_of_the_old_ledger_without_contact_moves_on_in_silence():
    case = make.proposal(Step.SORTING)
    case.contact.delete()
    OutgoingMail.objects.all().delete()
    triage.pass_gate(case, by=make.desk(), note="対象")

    make._start_hearing(make.reload(case), make.desk(), None)

    assert not OutgoingMail.objects.filter(key__contains=":moved:").exists()
    assert make.reload(case).records.filter(kind=Kind.MOVE).exists()
