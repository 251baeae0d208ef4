"""やりとり at the desk: what is asked of a proposer and told to them."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cityhall.models import Reading
from proposals.models import Message
from proposals.workflow import Holder, Kind, Step
from tests import make
from tests.make_talk import ask, decided, hold, reply

pytestmark = pytest.mark.django_db


def address(case, deed="change"):
    return f"/admin/proposals/proposal/{case.number}/{deed}/"


def page_of(client, case):
    return client.get(address(case))


def typed(case, **fields):
    due_on = timezone.localdate() + timedelta(7)
    given = {"kind": "ask", "text": "何曜日に使えますか。", "due_on": due_on.isoformat(), "key": "typed-1"}
    return given | {"version": case.version} | fields


# --- writing ----------------------------------------------------------------


def test_a_question_leaves_with_its_date_and_the_turn_passes_to_the_proposer(client, desk):
    section = make.department("架空課")
    case = make.proposal(Step.HEARING, by=desk, section=section)

    response = client.post(address(case, "talk"), typed(case, department=section.pk))

    case, message = make.reload(case), Message.objects.get()
    assert response.url.endswith("#talk")
    assert (message.asks, message.by, message.department) == (True, desk, section)
    assert (case.holder, case.due_on) == (Holder.PROPOSER, message.due_on)


def test_a_question_is_due_in_five_open_days_unless_told_otherwise(client, desk):
    with time_machine.travel("2026-11-19T10:00:00+09:00"):  # Thursday before a holiday on Monday
        client.force_login(desk)
        form = page_of(client, make.proposal(Step.SORTING, by=desk)).context["forms"]["talk"]

    assert str(form.initial["due_on"]) == "2026-11-27"


def test_news_needs_no_date_and_leaves_the_turn_where_it_is(client, desk):
    case = make.proposal(Step.SORTING, by=desk)

    client.post(address(case, "talk"), typed(case, kind="tell", due_on="", text="担当が替わりました。"))

    message = Message.objects.get()
    assert (message.asks, message.due_on, message.text) == (False, None, "担当が替わりました。")
    assert make.reload(case).holder == Holder.DESK


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "お書きください。"),
        ({"text": "　\n"}, "お書きください。"),
        ({"due_on": ""}, "お尋ねには、返事の期限を入れてください。"),
        ({"due_on": "2026-02-30"}, "日"),
        ({"due_on": "2020-01-06"}, "返事の期限は、今日より後の日にしてください。"),
        ({"text": "あ" * 4001}, "4000字まで"),
    ],
)
def test_what_cannot_be_sent_is_told_and_kept(client, desk, fields, words):
    case = make.proposal(Step.SORTING, by=desk)

    response = client.post(address(case, "talk"), typed(case, **fields))

    assert response.status_code == 200
    assert words in response.text
    assert "desk-open" in response.text
    assert response.context["forms"]["talk"]["text"].value() == typed(case, **fields)["text"]
    assert not Message.objects.exists()


def test_a_second_press_sends_nothing_twice(client, desk):
    case = make.proposal(Step.SORTING, by=desk)

    for _ in range(2):
        assert client.post(address(case, "talk"), typed(case)).status_code == 302

    assert (Message.objects.count(), case.records.filter(kind=Kind.QUESTION).count()) == (1, 1)


def test_whoever_asks_on_a_page_older_than_a_reply_reads_the_reply_first(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    sent = typed(case)
    reply(case, "先にお知らせします。")

    response = client.post(address(case, "talk"), sent)

    assert "先に保存しました" in response.text
    assert "先にお知らせします。" in response.text
    again = response.context["forms"]["talk"]
    assert client.post(address(case, "talk"), sent | {n: again[n].value() for n in ("version", "key")}).url


def test_an_answer_heard_by_telephone_ends_the_waiting(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    ask(case, desk)
    case = make.reload(case)

    client.post(address(case, "talk"), typed(case, kind="tell", text="お電話で伺いました。", is_settled="on"))

    assert make.reload(case).holder == Holder.DESK
    assert "まで" not in page_of(client, case).context["talk"]["words"]


def test_after_the_end_there_is_news_but_no_question(client, desk):
    case = decided(make.department("架空課"), "no_go")

    form = page_of(client, case).context["forms"]["talk"]
    response = client.post(address(case, "talk"), typed(case))

    assert [value for value, _ in form.fields["kind"].choices] == ["tell"]
    assert (response.status_code, Message.objects.count()) == (200, 0)
    client.post(address(case, "talk"), typed(case, kind="tell"))
    assert Message.objects.count() == 1


def test_to_a_held_case_nobody_writes(client, desk):
    case = hold(make.submission())

    page = page_of(client, case)

    assert "talk" not in page.context["forms"]
    assert "迷惑投稿でないことを確かめると、提案者に書けます。" in page.text


def test_without_an_address_the_page_says_to_call(client, desk):
    case = make.submission()
    case.contact.__class__.objects.update(email="")

    assert "メールの登録がないので、電話でもお伝えください。" in page_of(client, case).text


def test_only_a_section_with_a_part_in_the_case_is_named_as_asking(client, desk):
    case, other = make.proposal(Step.HEARING, by=desk), make.department("架空のほかの課")

    response = client.post(address(case, "talk"), typed(case, department=other.pk))

    assert "一覧にある課を選んでください。" in response.text
    early = page_of(client, make.proposal(Step.SORTING, by=desk)).context["forms"]["talk"]
    assert "department" not in early.fields


@pytest.mark.parametrize("deed", ["talk", "read", "contact"])
def test_asking_for_the_address_of_a_deed_leads_to_the_case(client, desk, deed):
    case = make.submission()

    assert client.get(address(case, deed)).url.startswith(address(case))


@pytest.mark.parametrize("deed", ["talk", "read", "contact", "announce"])
def test_sections_managers_and_admins_find_none_of_it(client, deed):
    section = make.department("架空の所管課")
    case = decided(section)

    for person in (make.head(section), make.member(section), make.manager(), make.admin()):
        client.force_login(person)
        assert client.get(address(case, deed)).status_code == 404
        assert client.post(address(case, deed), {"text": "お知らせ", "go": "send"}).status_code == 404

    assert (Message.objects.count(), Reading.objects.count(), make.reload(case).announced_on) == (0, 0, None)
