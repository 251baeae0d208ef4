"""引き合わせ: who meets whom, the letters, what came of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.models import OutgoingMail
from cityhall.workflow import NotAllowed, Stale
from proposals.introduced import REMOVED, SOMEBODY, with_names
from proposals.models import Introduction, Proposal
from proposals.services import introductions, outcomes, resources
from proposals.workflow import Kind, Step
from tests import make, make_matching

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def desk():
    return make.desk()


def letters_to(address):
    return list(OutgoingMail.objects.filter(to=address).order_by("pk"))


def test_who_meets_whom_is_recorded_and_everybody_is_written_to(desk):
    section, partner = (
        make.department("架空福祉課", email="fukushi@example.com"),
        make_matching.partner("架空食堂"),
    )
    case = make_matching.case()

    met = make_matching.introduction(case, desk, departments=[section], resources=[partner])

    record = case.records.get(kind=Kind.INTRODUCED)
    assert record.data == {"introduction": met.pk, "how": "arranged"}
    assert "会う相手：架空福祉課、架空食堂" in record.text.text
    for address in ("fukushi@example.com", "partner@example.com", "kaku@example.com"):
        (letter,) = [one for one in letters_to(address) if "引き合わせ" in one.subject]
        assert "14時から" in letter.body
        assert "市役所" in letter.body
        assert "架空食堂" in letter.body


def test_no_letter_tells_anybodys_address_or_telephone(desk):
    partner = make_matching.partner(phone="0468881111", contact_name="秘密の担当")

    make_matching.introduction(make_matching.case(), desk, resources=[partner])

    written = OutgoingMail.objects.filter(subject__contains="引き合わせ")
    for secret in ("0468881111", "秘密の担当", "partner@example.com", "kaku@example.com", "架空太郎"):
        assert not [letter for letter in written if secret in letter.body]


@pytest.mark.parametrize("fields", [{"consent": "not_asked", "consent_on": None}, {"consent": "no"}])
def test_whoever_did_not_say_yes_is_not_introduced(desk, fields):
    partner = make_matching.partner(**fields)

    with pytest.raises(NotAllowed, match="紹介してよいと確かめていない"):
        make_matching.introduction(make_matching.case(), desk, resources=[partner])


def test_a_partner_is_met_only_with_the_proposers_word(desk):
    with pytest.raises(NotAllowed, match="関係課まで"):
        make_matching.introduction(make_matching.case(), desk, resources=[make_matching.partner()], agreed="")


def test_who_wishes_to_be_asked_first_is_asked_first_for_a_section_too(desk):
    case = make_matching.case(sharing="ask")

    with pytest.raises(NotAllowed, match="事前に相談してほしい"):
        make_matching.introduction(case, desk, departments=[make.department()], agreed="")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "会う相手を"),
        ({"departments": "one", "aim": " "}, "会うわけを"),
        ({"departments": "one", "on": timezone.datetime(2020, 1, 1).date()}, "初めての相談の日"),
    ],
)
def test_what_cannot_be_is_refused(desk, said, words):
    said = said | ({"departments": [make.department()]} if "departments" in said else {})

    with pytest.raises(NotAllowed, match=words):
        make_matching.introduction(make_matching.case(), desk, **said)


def test_only_the_desk_introduces():
    section = make.department()

    with pytest.raises(NotAllowed, match="窓口"):
        make_matching.introduction(make_matching.case(), make.head(section), departments=[section])


def test_the_same_press_twice_is_one_introduction(desk):
    case, section = make_matching.case(), make.department()
    first = make_matching.introduction(case, desk, departments=[section], key="once")

    again = make_matching.introduction(case, desk, departments=[section], key="once")

    assert (first, Introduction.objects.count()) == (again, 1)
    with pytest.raises(NotAllowed, match="もう引き合わせを残しています"):
        make_matching.introduction(case, desk, departments=[section], key="once", aim="ほかのわけ")


def test_a_closed_case_is_not_introduced(desk):
    case = make_matching.case()
    Proposal.objects.filter(pk=case.pk).update(step=Step.WITHDRAWN, holder="")

    with pytest.raises(NotAllowed, match="動いている案件"):
        make_matching.introduction(case, desk, departments=[make.department()])


# --- changed, called off ---


def change(met, desk, **said):
    names = ("aim", "on", "hour", "place", "people", "initiative", "agreed")
    now = {name: getattr(met, name) for name in names}
    now |= {name: list(getattr(met, name).all()) for name in ("departments", "resources")}
    return introductions.change(met, by=desk, **{"version": met.version, **now, **said})


def test_a_change_keeps_what_stood_before_and_writes_anew(desk):
    first, second = (make.department(f"架空{n}課", email=f"{n}@example.com") for n in ("一", "二"))
    case = make_matching.case()
    met = make_matching.introduction(case, desk, departments=[first])

    change(met, desk, departments=[second], place="図書館")

    assert "（前は）" in case.records.filter(kind=Kind.INTRODUCED).last().text.text
    assert "図書館" in letters_to("二@example.com")[-1].body
    assert "おいでいただかなくてよくなりました" in letters_to("一@example.com")[-1].body


def test_a_stale_page_changes_nothing(desk):
    met = make_matching.introduction(make_matching.case(), desk, departments=[make.department()])
    change(met, desk, place="図書館")

    with pytest.raises(Stale):
        change(met, desk, place="公民館")


def test_what_has_a_result_is_not_changed(desk):
    met = make_matching.held(make_matching.case(), desk)

    with pytest.raises(NotAllowed, match="もう結果が"):
        change(met, desk, place="図書館")


def test_a_meeting_called_off_is_told_to_all_who_were_asked(desk):
    section = make.department("架空福祉課", email="fukushi@example.com")
    met = make_matching.introduction(make_matching.case(), desk, departments=[section])

    make_matching.tell(met, desk, "not_met", text="提案者の都合がつかないため")

    for address in ("fukushi@example.com", "kaku@example.com"):
        assert "行わないこと" in letters_to(address)[-1].subject


# --- what came of it ---


def test_what_goes_on_has_a_next_step_that_becomes_a_thing_to_do(desk):
    case = make_matching.case()
    due = make_matching.in_days(7)

    make_matching.held(case, desk, next_step="見積りを取る", next_on=due, owner=desk)

    todo = case.todos.get()
    assert (todo.text, todo.due_on, todo.owner) == ("見積りを取る", due, desk)
    assert case.records.filter(kind=Kind.INTRODUCED).last().data["result"] == "goes_on"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": " "}, "話したこと"),
        ({"next_step": ""}, "次の一歩"),
        ({"result": "never"}, "選んでください"),
        ({"result": "not_met", "next_step": "", "met_how": "visit"}, "接触の記録には数えません"),
    ],
)
def test_a_result_says_what_was_said(desk, said, words):
    with pytest.raises(NotAllowed, match=words):
        make_matching.held(make_matching.case(), desk, **said)


def test_nobody_tells_what_has_not_been(desk):
    met = make_matching.introduction(make_matching.case(), desk, departments=[make.department()])

    with pytest.raises(NotAllowed, match="会ってから"):
        make_matching.tell(met, desk)


def test_it_is_a_contact_only_where_the_city_met_the_proposer(desk):
    with_us, without_us = make_matching.case(), make_matching.case()

    make_matching.held(with_us, desk, met_how="call")
    make_matching.held(without_us, desk)

    assert with_us.encounters.get().kind == "call"
    assert not without_us.encounters.exists()


def test_the_days_the_figures_count_from_stay_as_they_were(desk):
    case = make_matching.case()
    before = make.reload(case)

    make_matching.held(case, desk, met_how="call")

    after = make.reload(case)
    days = ("first_contact_on", "received_on", "coordination_started_on", "adopted_on", "step")
    assert [getattr(after, day) for day in days] == [getattr(before, day) for day in days]


def correct(met, desk, result, **said):
    told = {"text": "書きまちがいを直しました。", "reason": "別の案件のことだったため"}
    return outcomes.correct_result(met, by=desk, version=met.version, result=result, **told | said)


def test_a_wrong_result_is_put_right_and_stays_in_the_trail(desk):
    case = make_matching.case()
    met = make_matching.held(case, desk, met_how="call")

    now = correct(met, desk, "not_met")

    wrong, right = case.records.filter(kind=Kind.INTRODUCED, data__how="result").order_by("sequence")
    assert right.supersedes == wrong
    assert now.result == "not_met"
    assert not case.todos.open().exists()
    assert not case.encounters.filter(record__superseded_by__isnull=True).exists()


def test_a_result_written_by_mistake_is_taken_away(desk):
    met = make_matching.held(make_matching.case(), desk)

    now = correct(met, desk, "")

    assert (now.result, now.result_on, now.next_step) == ("", None, "")
    assert make_matching.tell(now, desk).result == "goes_on"


def test_a_correction_says_why(desk):
    met = make_matching.held(make_matching.case(), desk)

    with pytest.raises(NotAllowed, match="わけ"):
        correct(met, desk, "seed", reason=" ")


# --- whom one may name ---


def gone(partner):
    partner.removed_on, partner.email, partner.phone = timezone.localdate(), "", ""
    partner.save()


def test_who_left_the_register_is_named_to_nobody(desk):
    partner = make_matching.partner("架空の去る団体")
    met = make_matching.introduction(make_matching.case(), desk, resources=[partner])
    gone(partner)
    rows = Introduction.objects.filter(pk=met.pk)

    names = [with_names(rows, to_desk=who).get().partners for who in (True, False)]

    assert names == [REMOVED, SOMEBODY]


def test_a_partner_that_leaves_is_taken_out_of_what_is_to_come(desk):
    partner, other = make_matching.partner(), make_matching.partner()
    with_others = make_matching.introduction(make_matching.case(), desk, resources=[partner, other])
    alone = make_matching.introduction(make_matching.case(), desk, resources=[partner])

    resources.remove(partner, by=desk, reason="団体の希望")

    assert list(with_others.resources.all()) == [other]
    ended = Introduction.objects.get(pk=alone.pk)
    assert ended.result == "not_met"
    assert correct(ended, desk, "").result == ""


def test_a_section_that_comes_may_read_the_case(desk):
    section, case = make.department("架空の会う課"), make_matching.case()
    member = make.member(section)
    assert not Proposal.objects.visible_to(member).exists()

    make_matching.introduction(case, desk, departments=[section], on=timezone.localdate() + timedelta(3))

    assert list(Proposal.objects.visible_to(member)) == [case]
