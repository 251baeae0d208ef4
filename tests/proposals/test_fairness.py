"""公平さの確かめ: written by the desk and the section in charge, read at ⑥, kept with the decision."""

import pytest

from cityhall.workflow import NotAllowed, Stale
from proposals.services import fairness
from proposals.workflow import Kind, Step
from tests import make, make_deciding, make_section

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def case():
    return make.proposal(Step.LOGIC_MODEL)


@pytest.mark.parametrize("who", ["desk", "member", "head"])
def test_the_desk_and_the_section_in_charge_write_it(who, case):
    person = make.desk() if who == "desk" else getattr(make, who)(case.department)

    log = fairness.write(case, by=person, **make_deciding.LOG)

    assert log.written_by == person
    assert "公募の要否：不要" in case.records.get(kind=Kind.FAIRNESS).text.text


@pytest.mark.parametrize("who", ["other", "manager", "admin"])
def test_nobody_else_does(who, case):
    person = make.head(make.department("架空のほか")) if who == "other" else getattr(make, who)()

    with pytest.raises(NotAllowed):
        fairness.write(case, by=person, **make_deciding.LOG)


@pytest.mark.parametrize("tender", ["needed", "free"])
def test_needed_or_not_there_is_a_reason(tender, case):
    with pytest.raises(NotAllowed, match="理由"):
        fairness.write(case, by=make.desk(), tender=tender)


def test_written_anew_the_old_words_stay_in_the_record(case):
    desk = make.desk()
    fairness.write(case, by=desk, **make_deciding.LOG)

    fairness.write(make.reload(case), by=desk, **make_deciding.LOG | {"others": "架空の別会社"})

    texts = [record.text.text for record in case.records.filter(kind=Kind.FAIRNESS)]
    assert len(texts) == 2 and "ほかの候補：なし" in texts[0]


def test_an_old_page_is_refused(case):
    with pytest.raises(Stale):
        fairness.write(case, by=make.desk(), version=case.version - 1, **make_deciding.LOG)


def test_a_closed_case_takes_no_more(case):
    closed = make.submission()
    closed.__class__.objects.filter(pk=closed.pk).update(step="withdrawn", holder="")

    with pytest.raises(NotAllowed, match="終わっています"):
        fairness.write(make.reload(closed), by=make.desk(), **make_deciding.LOG)


def test_the_section_writes_it_on_its_own_page(case):
    browser = make_section.visit(make.member(case.department))
    page = f"/section/cases/{case.number}/fairness/"
    assert browser.get(page).status_code == 200

    browser.post(page, make_deciding.LOG | {"version": case.version})

    assert make.reload(case).fairness.same_info == "架空の商店会に同じ案内を出した"
