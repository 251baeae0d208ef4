"""Cases that belong together: linked and unlinked by the desk, and one that becomes two."""

import pytest
from django.utils import timezone

from cityhall.refusal import NotAllowed, Stale
from kpi import queries as figures
from kpi.snapshot import Snapshot
from proposals.models import Proposal, Relation, Submission
from proposals.services import conversation, intake, moves, relations
from proposals.workflow import Kind, Step
from tests import make

pytestmark = pytest.mark.django_db
TOLD = {"title": "架空のもう1つの話", "overview": "もう1つの話の概要です。", "note": "別の話のため"}


def page_of(client, case):
    return client.get(f"/admin/proposals/proposal/{case.number}/change/").text


# --- linked -----------------------------------------------------------------


@pytest.mark.both
def test_two_cases_are_linked_once_and_both_tell_it(desk):
    older, newer = make.submission(), make.submission()

    relations.link(newer, by=desk, other=older)
    relations.link(older, by=desk, other=newer)

    relation = Relation.objects.get()
    assert (relation.first, relation.second) == (older, newer)
    assert [c.records.filter(kind=Kind.RELATED).count() for c in (older, newer)] == [1, 1]


def test_a_case_is_not_linked_with_itself(desk):
    case = make.submission()

    with pytest.raises(NotAllowed, match="同じ案件どうし"):
        relations.link(case, by=desk, other=case)


def test_what_the_proposer_of_the_other_wrote_stays_news(desk):
    case, other = make.submission(), make.submission()
    conversation.reply(other, text="質問があります。", key="k")

    relations.link(case, by=desk, other=make.reload(other))

    assert make.reload(other).news == Kind.REPLY


def test_the_desk_links_and_unlinks_on_the_pages(client, desk):
    case, other = make.submission(), make.submission(title="架空の別の件")
    here = f"/admin/proposals/proposal/{case.number}/relate/"
    client.post(here, {"version": case.version, "other": other.number})
    linked = page_of(client, case)

    client.post(f"{here}{other.number}/off/")

    assert f"{other.number} {other.title}" in linked
    assert f"{other.number} と、関連する案件としてつなぎました" in linked
    assert f"{other.number} とのつながりを外しました" in page_of(client, case)
    assert not Relation.objects.exists()


@pytest.mark.parametrize("typed", ["R8-9999", ""])
def test_a_number_there_is_not_is_refused_beside_the_field(client, desk, typed):
    case = make.submission()

    page = client.post(
        f"/admin/proposals/proposal/{case.number}/relate/", {"version": case.version, "other": typed}
    )

    assert "＊" in page.text


@pytest.mark.parametrize("deed", [relations.link, relations.unlink])
def test_nobody_but_the_desk_links(deed):
    with pytest.raises(NotAllowed, match="窓口だけ"):
        deed(make.submission(), by=make.manager(), other=make.submission())


# --- split ------------------------------------------------------------------


def split(case, desk, key="k", **more):
    return relations.split(make.reload(case), by=desk, key=key, **TOLD | more)


@pytest.mark.both
def test_a_case_with_two_ideas_becomes_two_with_the_same_people_and_first_contact(desk):
    case = make.proposal(Step.SORTING, by=desk)

    new = make.reload(split(case, desk))

    assert (new.organization, new.first_contact_on) == (case.organization, case.first_contact_on)
    assert (new.contact.email, new.latest_submission.benefit) == (
        case.contact.email,
        case.latest_submission.benefit,
    )
    assert (new.title, new.latest_submission.overview) == (TOLD["title"], TOLD["overview"])
    assert Relation.objects.get().kind == Relation.Kind.SPLIT
    assert make.reload(case).step == Step.SORTING


def test_one_letter_was_received_until_the_desk_makes_the_second_a_proposal(desk):
    case, today = make.submission(), timezone.localdate()
    year = today.year - (today.month < 4)

    new = split(case, desk)
    before = len(figures.received(Snapshot(today), year))
    intake.turn_into_proposal(new, by=desk)

    assert (before, len(figures.received(Snapshot(today), year))) == (1, 2)


def test_pressed_twice_it_is_split_once(desk):
    case = make.submission()

    assert split(case, desk) == split(case, desk)
    assert Proposal.objects.count() == 2


def test_the_desks_turn_on_the_new_case_begins_today(desk):
    case = make.submission()
    Proposal.objects.filter(pk=case.pk).update(first_contact_on="2026-04-01")

    new = make.reload(split(case, desk))

    assert (new.holder_since_on, new.due_on > timezone.localdate()) == (timezone.localdate(), True)


def test_pledges_stay_with_the_words_they_were_given_for(desk):
    case = make.submission()
    Submission.objects.filter(proposal=case).update(pledges=["誓います"], pledges_version="1")

    assert split(case, desk).latest_submission.pledges == []


def test_only_an_open_case_is_split_with_a_reason_from_a_fresh_page(desk):
    case = make.submission()

    with pytest.raises(Stale):
        split(case, desk, version=case.version + 1)
    with pytest.raises(NotAllowed, match="分ける理由"):
        split(case, desk, note="　")
    moves.advance(case, "withdraw", by=desk, note="申し出のため")
    with pytest.raises(NotAllowed, match="①〜⑤の案件だけ"):
        split(case, desk)


def test_what_was_split_stays_linked(client, desk):
    case = make.submission()
    new = split(case, desk)

    with pytest.raises(NotAllowed, match="外せません"):
        relations.unlink(case, by=desk, other=new)

    assert f"{new.number} と、2つの案件に分けました" in page_of(client, case)


def test_the_desk_splits_on_its_page_and_typed_words_stay_when_refused(client, desk):
    case = make.submission()
    here = f"/admin/proposals/proposal/{case.number}/split/"
    opened = {"version": case.version, "key": "k1", **TOLD}

    stale = client.post(here, opened | {"version": 0})
    done = client.post(here, opened)

    assert (stale.status_code, TOLD["overview"] in stale.text) == (409, True)
    new = Proposal.objects.latest("pk")
    assert done.url == f"/admin/proposals/proposal/{new.number}/change/"
