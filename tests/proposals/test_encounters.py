"""接触の記録: who was met when; the earliest day is 初回相談日, and never moves unseen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.records import first_bad
from cityhall.workflow import NotAllowed
from proposals.models import Encounter, ProposalRecord
from proposals.queries import days_by_step
from proposals.services import encounters
from proposals.workflow import Kind, Step
from tests import make, make_care

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.localdate() - timedelta(days)


def send(client, case, **fields):
    said = {"kind": "phone", "on": str(timezone.localdate()), "text": "架空の話", "key": "k1", **fields}
    address = f"/admin/proposals/proposal/{case.number}/encounters/"
    return client.post(address, {"version": case.version, **said})


def test_a_call_is_kept_and_its_words_stand_outside_the_chain(desk):
    case = make.submission()

    met = make_care.encounter(case, desk, who="架空さん", text="架空の秘密の話")

    assert (met.record.kind, met.record.on, met.record.data) == (Kind.CONTACT, ago(0), {"kind": "phone"})
    assert met.record.text_hash == ""
    assert first_bad(ProposalRecord) is None


def test_an_earlier_day_asks_first_and_says_what_changes(desk):
    case = make.proposal(Step.HEARING, by=desk)

    with pytest.raises(encounters.MovesTheFirst) as refusal:
        make_care.encounter(case, desk, on=ago(10))

    assert "初回相談日が " in str(refusal.value)
    assert "初回相談から庁内調整までの日数が変わります（0 → " in str(refusal.value)
    assert not Encounter.objects.exists()


def test_an_earlier_day_confirmed_with_a_reason_becomes_the_first_contact(desk):
    case = make.submission()

    met = make_care.encounter(case, desk, on=ago(10), is_sure=True, reason="名刺の裏に書いてありました。")

    assert make.reload(case).first_contact_on == ago(10)
    assert met.record.text.text == "名刺の裏に書いてありました。"


def test_a_confirmation_without_a_reason_is_not_enough(desk):
    case = make.submission()

    with pytest.raises(encounters.MovesTheFirst, match="わけ"):
        make_care.encounter(case, desk, on=ago(10), is_sure=True)


@pytest.mark.parametrize(("said", "why"), [({"on": ago(-1)}, "今日まで"), ({"text": " "}, "話したこと")])
def test_a_day_to_come_and_no_words_are_refused(desk, said, why):
    case = make.submission()

    with pytest.raises(NotAllowed, match=why):
        make_care.encounter(case, desk, **said)


def test_nobody_but_the_desk_takes_contacts_down(desk):
    case = make.submission()

    with pytest.raises(NotAllowed, match="窓口"):
        make_care.encounter(case, make.head(make.department("架空課")))


def test_a_correction_takes_the_place_and_the_first_contact_goes_back(desk):
    case = make.submission()
    wrong = make_care.encounter(case, desk, on=ago(10), is_sure=True, reason="手帳にありました。")
    said = {"kind": "visit", "on": ago(0), "text": "来庁でした。", "reason": "日を読み違えました。"}

    right = encounters.correct_encounter(wrong, by=desk, is_sure=True, **said)

    assert make.reload(case).first_contact_on == ago(0)
    assert right.record.supersedes == wrong.record
    with pytest.raises(NotAllowed, match="もう訂正"):
        encounters.correct_encounter(wrong, by=desk, is_sure=True, **said)


def test_what_is_written_down_late_changes_no_days_of_a_step(desk):
    case = make.proposal(Step.HEARING, by=desk)
    before = days_by_step(case)

    make_care.encounter(case, desk, on=ago(5), is_sure=True, reason="手帳にありました。")

    assert days_by_step(make.reload(case)) == before


def test_the_page_shows_the_contact_and_the_form_keeps_what_was_typed(client, desk):
    case = make.submission()

    page = send(client, case, on=str(ago(9)), text="架空の長い話")

    assert "架空の長い話" in page.text
    assert set(page.context["forms"]["encounter"].fields) >= {"is_sure", "reason"}
    form = page.context["forms"]["encounter"]
    again = {"asks": "on", "is_sure": "on", "reason": "手帳にありました。", "key": form["key"].value()}
    assert send(client, make.reload(case), on=str(ago(9)), text="架空の長い話", **again).status_code == 302
    shown = client.get(f"/admin/proposals/proposal/{case.number}/change/").text
    assert "架空の長い話" in shown
    assert make.reload(case).first_contact_on == ago(9)


def test_two_presses_are_one_contact_and_other_words_under_the_key_are_refused(client, desk):
    case = make.submission()

    send(client, case)
    send(client, case)
    page = send(client, case, text="架空の別の話")

    assert Encounter.objects.count() == 1
    assert "もう別の記録" in page.text
    assert "架空の別の話" in page.text


def test_a_contact_is_put_right_on_a_page_of_its_own(client, desk):
    case = make.submission()
    wrong = make_care.encounter(case, desk)
    address = f"/admin/proposals/proposal/{case.number}/encounters/{wrong.record.sequence}/"
    said = {"kind": "visit", "on": str(ago(0)), "text": "来庁でした。", "version": 1}

    assert "架空の電話で話しました。" in client.get(address).text
    assert "訂正のわけ" in client.post(address, said).text
    assert client.post(address, said | {"reason": "読み違えました。"}).status_code == 302
    assert client.get(address).status_code == 404
