"""組み合わせ: purpose and parts, each side's own gain, the agreement, and what changes after it."""

import pytest

from cityhall.workflow import NotAllowed, Stale
from proposals.introduced import REMOVED, SOMEBODY, parties
from proposals.models import Match, MatchParty, Proposal
from proposals.seen import seen_by_decider
from proposals.services import matches, matching, resources
from proposals.workflow import Kind, Step
from tests import make, make_matching
from tests.make_section import visit

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SECTION = "架空の所管課"


@pytest.fixture
def desk():
    return make.desk()


@pytest.fixture
def case(desk):
    found = make_matching.case()
    matching.choose_lead(found, make.department(SECTION), by=desk)
    return make.reload(found)


def write(case, desk, **said):
    told = {"purpose": "夕方にひとりの人を減らす", "own_part": "配る", "lead_part": "つなぐ"}
    return matches.write(case, by=desk, **told | said)


def party(case, role):
    return MatchParty.objects.get(match__proposal=case, role=role)


def last(case):
    return case.records.filter(kind=Kind.MATCHED).order_by("sequence").last()


def all_gains(case, desk):
    section = case.department
    matches.write_section_gain(case, section, by=make.member(section), gain="見守りが1日ぶん減る")
    matches.write_own_gain(case, gain="地域で長く選ばれる")


def test_a_match_has_a_purpose_and_the_parts_of_proposer_and_lead(case, desk):
    write(case, desk)

    assert [(one["who"], one["part"]) for one in parties(case)] == [
        (case.organization.name, "配る"),
        (SECTION, "つなぐ"),
    ]
    assert "目指すこと：夕方にひとりの人を減らす" in last(case).text.text


def test_without_a_lead_there_is_no_match(desk):
    with pytest.raises(NotAllowed, match="所管課"):
        write(make_matching.case(), desk)


@pytest.mark.parametrize("step", [Step.HEARING, Step.DECISION])
def test_a_match_is_written_at_four_and_five(desk, step):
    with pytest.raises(NotAllowed, match="④マッチング"):
        write(make.proposal(step), desk)


def test_a_stale_page_is_refused(case, desk):
    match = write(case, desk)
    write(case, desk, purpose="ほかの目的", version=match.version)

    with pytest.raises(Stale):
        write(case, desk, purpose="もう1つの目的", version=match.version)


def test_sections_and_partners_join_only_if_they_may_be_named(case, desk):
    write(case, desk)

    matches.add_side(case, by=desk, department=make.department("架空の応援課"), part="場所を貸す")
    matches.add_side(case, by=desk, resource=make_matching.partner("架空食堂"), part="受け取る")

    assert [one["who"] for one in parties(case)][2:] == ["架空の応援課", "架空食堂"]
    with pytest.raises(NotAllowed, match="紹介してよい"):
        matches.add_side(case, by=desk, resource=make_matching.partner(consent="no"), part="受け取る")
    with pytest.raises(NotAllowed, match="所管課です"):
        matches.add_side(case, by=desk, department=case.department, part="つなぐ")


def test_a_section_that_helps_reads_the_case_and_writes_its_own_gain_alone(case, desk):
    helping, other = make.department("架空の応援課"), make.department("架空のよその課")
    write(case, desk)
    matches.add_side(case, by=desk, department=helping, part="場所を貸す")
    member = make.member(helping)

    matches.write_section_gain(case, helping, by=member, gain="空き部屋が生きる")

    assert Proposal.objects.visible_to(member).filter(pk=case.pk).exists()
    assert party(case, "support").gain_as == "member"
    with pytest.raises(NotAllowed):
        matches.write_section_gain(case, case.department, by=member, gain="よその課の分")
    with pytest.raises(NotAllowed, match="入っていません"):
        matches.write_section_gain(case, other, by=make.member(other), gain="よその課の分")


def test_what_a_partner_says_is_taken_down_with_whom_it_was_heard_from(case, desk):
    write(case, desk)
    side = matches.add_side(case, by=desk, resource=make_matching.partner("架空食堂"), part="受け取る")
    with pytest.raises(NotAllowed, match="だれから"):
        matches.take_down_gain(side, by=desk, gain="食材が増える", heard_from=" ")

    matches.take_down_gain(side, by=desk, gain="食材が増える", heard_from="代表の方から電話で")

    assert parties(case)[-1]["whose"] == "代表の方から電話で（窓口が聞きました）"


def test_the_desk_does_not_write_for_a_section(case, desk):
    write(case, desk)

    with pytest.raises(NotAllowed, match="課のまど"):
        matches.take_down_gain(party(case, "lead"), by=desk, gain="よいこと", heard_from="課長")


def test_all_agree_when_each_side_has_said_what_is_good_for_it(case, desk):
    write(case, desk)
    with pytest.raises(NotAllowed, match="「良いこと」がまだ"):
        matches.agree(case, by=desk)
    all_gains(case, desk)

    match = matches.agree(case, by=desk)

    assert match.agreed_on is not None
    assert last(case).data["how"] == "agreed"


def test_the_desk_may_say_why_a_gain_is_missing(case, desk):
    write(case, desk)

    matches.agree(case, by=desk, why_not="来週うかがうため")

    assert "ないまま合意したわけ：来週うかがうため" in last(case).text.text


def test_a_change_after_the_agreement_keeps_what_stood_and_asks_for_another(case, desk):
    write(case, desk)
    matches.agree(case, by=desk, why_not="来週うかがうため")

    write(case, desk, purpose="ほかの目的")

    assert Match.objects.get().agreed_on is None
    assert last(case).data["was_agreed"]
    assert "（前は）\n目指すこと：夕方にひとりの人を減らす" in last(case).text.text


def test_saving_the_same_again_writes_no_record(case, desk):
    write(case, desk)
    before = case.records.count()

    write(case, desk)

    assert case.records.count() == before


def test_another_lead_stands_in_the_match_with_its_gain_to_be_written(case, desk):
    write(case, desk)
    all_gains(case, desk)
    other = make.department("架空の新しい課")
    matches.add_side(case, by=desk, department=other, part="応援する")

    matching.choose_lead(make.reload(case), other, by=desk)

    lead = party(case, "lead")
    assert (lead.department, lead.gain) == (other, "")
    assert not MatchParty.objects.filter(role="support").exists()


def test_a_side_is_taken_out_with_a_reason_and_the_lead_never(case, desk):
    write(case, desk)
    side = matches.add_side(case, by=desk, department=make.department("架空の応援課"), part="応援する")

    matches.drop_side(side, by=desk, reason="手が足りないため")

    assert "手が足りないため" in last(case).text.text
    with pytest.raises(NotAllowed, match="外せません"):
        matches.drop_side(party(case, "lead"), by=desk, reason="わけ")


def test_who_left_the_register_is_named_to_nobody_in_an_agreed_match(case, desk):
    write(case, desk)
    partner = make_matching.partner("架空の去る団体")
    matches.add_side(case, by=desk, resource=partner, part="受け取る")
    matches.agree(case, by=desk, why_not="うかがう前のため")

    resources.remove(partner, by=desk, reason="団体の希望")

    assert parties(case)[-1]["who"] == SOMEBODY
    assert parties(case, to_desk=True)[-1]["who"] == REMOVED


# --- the pages ---


def test_the_desk_writes_a_match_and_agrees_on_its_page(client, case, desk):
    client.force_login(desk)
    path = f"/admin/proposals/proposal/{case.number}/match/"
    said = {
        "go": "purpose",
        "version": 0,
        "purpose": "ひとりを減らす",
        "own_part": "配る",
        "lead_part": "つなぐ",
    }

    written = client.post(path, said)
    version = Match.objects.get().version
    refused = client.post(path, {"go": "agree", "version": version})
    agreed = client.post(path, {"go": "agree", "version": version, "why_not": "うかがう前のため"})

    assert (written.status_code, agreed.status_code) == (302, 302)
    assert "「良いこと」がまだです" in refused.content.decode()
    assert "組み合わせ" in client.get(f"/admin/proposals/proposal/{case.number}/change/").content.decode()


def test_a_section_writes_its_gain_on_its_page(case, desk):
    write(case, desk)
    member = visit(make.member(case.department))
    path = f"/section/cases/{case.number}/gain/{case.department.pk}/"
    assert path in member.get(f"/section/cases/{case.number}/").content.decode()

    member.post(path, {"gain": "見守りが1日ぶん減る"})

    assert party(case, "lead").gain == "見守りが1日ぶん減る"


def test_what_lies_before_the_head_tells_the_match(case, desk):
    write(case, desk)
    partner = make_matching.partner("架空の去る団体")
    matches.add_side(case, by=desk, resource=partner, part="受け取る")

    seen = seen_by_decider(case)

    assert seen["match"]["purpose"] == "夕方にひとりの人を減らす"
    assert "架空の去る団体" not in str(seen)
