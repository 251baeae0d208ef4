"""断らないルール: what rests without a next pointer is found, and no service leads there."""

import pytest

from proposals.models import Origin, Proposal, Todo
from proposals.pointers import lacks, without_next
from proposals.services import announcing, seeds
from proposals.services.moves import leave
from proposals.workflow import Step
from tests import make
from tests.make_talk import decided, planted

pytestmark = pytest.mark.django_db


def found():
    return list(without_next(Proposal.objects.all()))


def told_no(**fields):
    case = planted(decided(make.department("架空課"), "no_go"))
    announcing.announce(case, by=make.desk(), text="架空の文")
    return make.reload(case)


def test_every_open_case_and_one_sent_on_has_a_pointer(desk):
    sent_on = make.submission()
    leave(sent_on, "hand_on", by=desk, note="別の制度が合うため", next_place="市民の声")
    for step in (Step.INTAKE, Step.HEARING, Step.DECISION):
        make.proposal(step, by=desk)

    assert found() == []


def test_a_no_not_told_yet_is_the_desks_turn_and_one_told_has_its_seed():
    decided(make.department("架空課"), "no_go")
    told_no()

    assert found() == []


def test_a_no_without_a_seed_is_found():
    case = told_no()
    case.seeds.all().delete()

    assert found() == [case]
    assert lacks(case) == "いつまた見るか（種の条件）"


def test_a_seed_that_came_counts_until_somebody_has_looked(desk):
    case = told_no()
    seed = case.seeds.get()
    seeds.wake(seed.on)
    before = found()

    Todo.objects.update(done_at=seed.made_at, done_by=desk)

    assert (before, found()) == ([], [case])


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"due_on": None}, "期限"),
        ({"step": Step.OUT_OF_SCOPE}, "次の窓口"),
        ({"step": Step.MERGED}, "まとめ先"),
    ],
)
def test_what_no_service_makes_is_found_with_what_it_lacks(columns, words):
    case = make.submission()
    Proposal.objects.filter(pk=case.pk).update(**columns)

    assert [lacks(case) for case in found()] == [words]


def test_what_the_old_ledger_closed_is_left_in_peace():
    case = told_no()
    case.seeds.all().delete()
    Proposal.objects.filter(pk=case.pk).update(origin=Origin.LEDGER)

    assert found() == []


def test_the_home_tells_of_them_and_the_page_leads_to_mending(client, desk):
    case = told_no()
    at_peace = client.get("/admin/")
    case.seeds.all().delete()

    home = client.get("/admin/")
    page = client.get("/admin/proposals/proposal/without-next/")

    told = "次の一歩が決まっていない案件があります。"
    assert (told in at_peace.text, told in home.text) == (False, True)
    assert f"/admin/proposals/proposal/{case.number}/seeds/" in page.text


def test_none_is_said_in_words(client, desk):
    page = client.get("/admin/proposals/proposal/without-next/")

    assert "どの案件にも、次の一歩があります。" in page.text
