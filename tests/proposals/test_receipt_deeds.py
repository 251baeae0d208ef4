"""What a proposer does on the own page: a reply, papers, a withdrawal."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from proposals.models import Attachment, Message, ReceiptCode
from proposals.services import (
    advance,
    conversation,
    receipts,
    withdrawing,
)
from proposals.workflow import Holder, Step
from tests import make
from tests.make_receipt import CODE, QUESTION, decide, page, pdf, pdf_bytes, read, stamp, url, visit

pytestmark = pytest.mark.django_db

# --- やりとり ------------------------------------------------------------------


def test_the_newest_message_is_first_and_text_is_text():
    case, desk = make.proposal(Step.SORTING, code=CODE), make.desk()
    conversation.tell(case, by=desk, text="はじめの文", key="1")
    conversation.reply(case, text="<b>太字</b>\n2行目", key="2")

    response = page(case)

    assert [line["text"][:3] for line in response.context["lines"]] == ["<b>", "はじめ"]
    assert "&lt;b&gt;太字&lt;/b&gt;<br>2行目" in response.content.decode()


def test_a_reply_is_sent_and_the_turn_goes_back():
    case = make.proposal(Step.SORTING, code=CODE)
    conversation.ask(case, by=make.desk(), text=QUESTION, key="k")
    client = visit(case)

    sent = {"text": "平日の16時からです。", "stamp": stamp(client)}
    response = client.post(url("receipt_reply"), sent, follow=True)

    assert "送りました。窓口が読みます。" in read(response)
    assert response.context["strip"]["turn"] == "窓口"
    assert make.reload(case).holder == Holder.DESK


def test_a_reply_pressed_twice_and_sent_again_after_going_back_is_one_message():
    case = make.proposal(Step.SORTING, code=CODE)
    client = visit(case)
    sent = {"text": "平日です。", "stamp": stamp(client)}

    for _ in "123":
        client.post(url("receipt_reply"), sent)

    assert Message.objects.count() == 1


def test_a_rewritten_reply_after_going_back_is_kept_and_sent_with_the_next_press():
    case = make.proposal(Step.SORTING, code=CODE)
    client = visit(case)
    first = {"text": "平日です。", "stamp": stamp(client)}
    client.post(url("receipt_reply"), first)

    refused = client.post(url("receipt_reply"), first | {"text": "平日と土曜です。"})
    again = {"text": "平日と土曜です。", "stamp": refused.context["form"]["stamp"].value()}
    client.post(url("receipt_reply"), again)

    assert refused.status_code == 409
    assert "もう一度ボタンを押してください" in read(refused)
    assert "平日と土曜です。</textarea>" in refused.content.decode()
    assert [m.text for m in Message.objects.all()] == ["平日です。", "平日と土曜です。"]


def test_a_question_asked_while_one_wrote_still_waits():
    case, desk = make.proposal(Step.SORTING, code=CODE), make.desk()
    conversation.ask(case, by=desk, text=QUESTION, key="1")
    client = visit(case)
    sent = {"text": "平日です。", "stamp": stamp(client)}
    conversation.ask(case, by=desk, text="何人ですか。", key="2")

    response = client.post(url("receipt_reply"), sent, follow=True)

    assert response.context["strip"]["mine"] is True
    assert [m.text for m in case.messages.open_questions()] == ["何人ですか。"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "お返事を書くか、書類を添えてください。"),
        ("あ" * 4001, "1字ほど短くしてください。"),
        ("あ\x07", "制御文字"),
    ],
)
def test_a_reply_that_cannot_be_taken_says_why_and_stays(text, said):
    client = visit(make.proposal(Step.SORTING, code=CODE))

    response = client.post(url("receipt_reply"), {"text": text, "stamp": stamp(client)})

    assert said in read(response)
    assert response.context["form"]["text"].value() == text
    assert Message.objects.count() == 0


def test_a_stamp_that_is_not_ours_costs_a_second_press_and_no_word():
    client = visit(make.proposal(Step.SORTING, code=CODE))

    response = client.post(url("receipt_reply"), {"text": "平日です。", "stamp": "x"})
    again = {"text": "平日です。", "stamp": response.context["form"]["stamp"].value()}
    client.post(url("receipt_reply"), again)

    assert "もう一度ボタンを押してください" in read(response)
    assert Message.objects.get().text == "平日です。"


def test_a_paper_alone_is_a_reply_and_comes_back_to_its_sender():
    client = visit(make.proposal(Step.SORTING, code=CODE))

    client.post(url("receipt_reply"), {"papers": [pdf()], "stamp": stamp(client)})

    paper = Attachment.objects.get()
    response = client.get(url("receipt"))
    assert paper.message == Message.objects.get()
    assert f"間取り.pdf（{paper.megabytes} MB・未検査）" in read(response)
    download = client.get(url("receipt_file", paper.name))
    assert b"".join(download.streaming_content) == pdf_bytes()
    assert "attachment" in download["Content-Disposition"]


def test_a_refused_paper_keeps_the_text():
    client = visit(make.proposal(Step.SORTING, code=CODE))
    macro = SimpleUploadedFile("a.docm", b"PK\x03\x04")

    response = client.post(
        url("receipt_reply"), {"text": "平日です。", "papers": [macro], "stamp": stamp(client)}
    )

    assert "平日です。</textarea>" in response.content.decode()
    assert response.context["form"].errors["papers"]
    assert (Message.objects.count(), Attachment.objects.count()) == (0, 0)


def test_another_case_s_paper_is_not_found():
    case, other = make.proposal(Step.SORTING, code=CODE), make.submission()
    conversation.reply(other, text="", papers=[pdf()], key="k")

    assert visit(case).get(url("receipt_file", Attachment.objects.get().name)).status_code == 404


def test_a_dangerous_paper_is_named_but_never_given():
    case = make.proposal(Step.SORTING, code=CODE)
    conversation.reply(case, text="", papers=[pdf()], key="k")
    Attachment.objects.update(scan=Attachment.Scan.INFECTED)

    client = visit(case)

    assert "危険なものが見つかりました" in read(client.get(url("receipt")))
    assert client.get(url("receipt_file", Attachment.objects.get().name)).status_code == 404


def test_after_the_end_the_desk_still_reads():
    case = make.proposal(Step.SORTING, code=CODE)
    advance(case, "withdraw", by=make.desk(), note="電話で")
    client = visit(case)

    client.post(url("receipt_reply"), {"text": "ありがとうございました。", "stamp": stamp(client)})

    assert make.reload(case).news == "reply"


def test_too_many_replies_are_asked_to_wait_and_lose_nothing(settings):
    settings.ZAMAGATE_LIMITS = settings.ZAMAGATE_LIMITS | {"reply": "1/h/ip"}
    client = visit(make.proposal(Step.SORTING, code=CODE))
    client.post(url("receipt_reply"), {"text": "1つめ", "stamp": stamp(client)})

    response = client.post(url("receipt_reply"), {"text": "2つめの文です。", "stamp": stamp(client)})

    assert response.status_code == 429
    assert "2つめの文です。" in response.content.decode()


# --- 取下げ --------------------------------------------------------------------


def test_a_withdrawal_says_what_goes_and_what_stays_and_is_made_once():
    case = make.proposal(Step.HEARING, code=CODE)
    client = visit(case)
    shown = client.get(url("receipt_withdraw"))
    sent = {"note": "社内の都合", "stamp": shown.context["form"]["stamp"].value()}

    response = client.post(url("receipt_withdraw"), sent, follow=True)
    client.post(url("receipt_withdraw"), sent)

    assert "終わること" in read(shown)
    assert "残ること" in read(shown)
    assert "提案を取り下げました。" in read(response)
    assert response.context["strip"]["step"] == "取下げ"
    assert case.records.filter(kind="verdict").count() == 1


def test_a_wish_to_withdraw_what_was_decided_in_secret_gives_nothing_away():
    case = make.proposal(Step.DECISION, code=CODE)
    decide(case, "no_go")
    client = visit(case)
    form = client.get(url("receipt_withdraw")).context["form"]

    response = client.post(url("receipt_withdraw"), {"stamp": form["stamp"].value()}, follow=True)

    assert "取り下げのお申し出を受け取りました。窓口からご連絡します。" in read(response)
    assert response.context["strip"]["step"] == "⑥ 担当課の判断"
    assert Message.objects.get().text == withdrawing.WISH


def test_further_people_follow_but_do_not_withdraw():
    case = make.submission(code=CODE)
    guest = receipts.new_code()
    first = case.receipt_codes.get()
    ReceiptCode.objects.create(
        proposal=case, code_hash=receipts.hash_code(guest), invited_by=first, label="架空部"
    )
    client = visit(case, guest)

    response = client.get(url("receipt"))

    assert url("receipt_withdraw") not in response.content.decode()
    assert client.get(url("receipt_withdraw")).status_code == 404
    assert client.post(url("receipt_withdraw"), {"stamp": stamp(client)}).status_code == 404
