"""The letter that tells a result: drafted, made the desk's own, looked at, sent."""

import pytest
from django.utils import timezone

from proposals import letters
from proposals.models import Announcement
from proposals.services import announcing, decisions
from tests import make
from tests.make_talk import answered, decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return make.department("架空課")


def address(case, deed="announce"):
    return f"/admin/proposals/proposal/{case.number}/{deed}/"


def typed(case, go="send", **fields):
    return {"version": case.version, "text": "架空の結果です。\n\n次の一歩です。", "go": go} | fields


# --- the draft ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("go", ["■ 結果　採用", "ご一緒に取り組みます。"]),
        ("go_if", ["■ 結果　条件付採用", "・費用の分担（提案者）", "もう一度お知らせします"]),
        ("in_principle", ["■ 結果　趣旨採用", "上の理由が解けたとき"]),
        ("continue", ["■ 結果　継続協議", "もう一度「引き合わせ」に戻り"]),
        ("no_go", ["■ 結果　見送り", "もう一度検討できます"]),
    ],
)
def test_each_verdict_has_its_letter(section, name, words):
    case = decided(section, name)

    letter = letters.draft(case)

    for part in [*words, case.number, case.title, "架空課", "架空の理由です。"]:
        assert part in letter
    assert "令和" in letter
    assert "\n\n\n" not in letter


def test_conditions_have_their_owner_and_their_day_in_the_official_calendar(section):
    case = decided(section, "go_if")
    case.conditions.update(due_on="2026-12-25")

    assert "・費用の分担（提案者、令和8年12月25日（金）まで）" in letters.draft(case)


def test_conditions_met_are_told_without_the_old_reason(section):
    case, head = decided(section, "go_if"), make.head(section)
    decisions.settle_condition(case.conditions.get(), by=head, on=timezone.localdate())
    decisions.fulfil(case, by=head)

    letter = letters.draft(make.reload(case))

    assert "■ 結果　採用" in letter
    assert "■ 理由" not in letter
    assert "■ 条件" not in letter


def test_conditions_that_lapse_are_told_with_the_reason_of_their_end(section):
    case = decided(section, "go_if")
    told = {"reason": "場所が使えなくなったため", "reason_code": "capacity"}
    decisions.lapse(case, by=make.head(section), **told)

    letter = letters.draft(make.reload(case))

    assert "■ 結果　見送り" in letter
    assert "体制・時期の条件が残るためです。\n場所が使えなくなったため" in letter
    assert "架空の理由です。" not in letter


def test_without_a_verdict_there_is_no_letter():
    assert letters.draft(make.submission()) == ""


def test_marks_in_a_title_stay_as_they_are(section):
    case = decided(section, title="<b>架空</b> & 提案")

    assert "「<b>架空</b> & 提案」" in letters.draft(case)


# --- the page -----------------------------------------------------------------


def test_the_page_begins_with_the_draft(client, desk, section):
    case = decided(section)

    page = client.get(address(case))

    assert page.context["form"]["text"].value() == letters.draft(case)
    assert "架空課の判断は「採用」です。" in page.text


def test_first_it_is_looked_at_and_nothing_is_sent(client, desk, section):
    case = decided(section)

    page = client.post(address(case), typed(case, go="look"))

    assert "<p>架空の結果です。</p>\n\n<p>次の一歩です。</p>" in page.text
    assert "この文でお知らせする" in page.text
    assert not Announcement.objects.exists()


def test_back_to_writing_keeps_what_was_written(client, desk, section):
    case = decided(section)

    page = client.post(address(case), typed(case, go="edit"))

    assert page.context["form"]["text"].value() == typed(case)["text"]
    assert "この文でお知らせする" not in page.text


def test_sent_it_is_told_and_stands_with_the_decision(client, desk, section):
    case = decided(section)

    response = client.post(address(case), typed(case), follow=True)

    assert response.redirect_chain[0][0].endswith("#decision")
    assert Announcement.objects.get().text == typed(case)["text"]
    assert "架空の結果です。<br><br>次の一歩です。" in response.text
    assert "お知らせの文をひらく" not in response.text


@pytest.mark.parametrize("go", ["look", "send"])
@pytest.mark.parametrize("text", ["", "　", "あ" * 4001])
def test_what_cannot_be_told_stays_to_be_mended(client, desk, section, go, text):
    case = decided(section)

    page = client.post(address(case), typed(case, go=go, text=text))

    assert page.context["form"].errors["text"]
    assert page.context["form"]["text"].value() == text
    assert not Announcement.objects.exists()


def test_what_happened_meanwhile_is_told_and_the_letter_kept(client, desk, section):
    case = decided(section)
    sent = typed(case)
    announcing.announce(case, by=make.desk(), text="同僚の文です。")

    page = client.post(address(case), sent)

    assert page.status_code == 409
    assert page.context["form"]["text"].value() == sent["text"]
    assert Announcement.objects.get().text == "同僚の文です。"


def test_with_nothing_to_tell_the_page_leads_back(client, desk):
    case = make.submission()

    response = client.get(address(case), follow=True)

    assert "お知らせする結果がありません。" in response.text
    assert response.redirect_chain[0][0].startswith(address(case, "change"))


def test_the_case_says_it_is_time_to_tell_before_anything_else(client, desk, section):
    case = decided(section, "continue")
    answered(case, desk)

    page = client.get(address(case, "change"))

    assert page.context["deed"].title == "結果をお知らせしてください。"
    assert "提案者には見えていません" in page.text


def test_without_an_address_the_page_says_to_call(client, desk, section):
    case = decided(section)
    case.contact.__class__.objects.update(email="")

    page = client.post(address(case), typed(case, go="look"))

    assert "電話や郵便でもお伝えください" in page.text
