"""共管: named by the desk, answered by each head, then the lead decides."""

import pytest

from cityhall.models import OutgoingMail
from cityhall.workflow import NotAllowed
from proposals.models import Proposal
from proposals.seen import seen_by_decider
from proposals.services import advance, joint, matching
from proposals.workflow import Kind, Step
from tests import make, make_deciding, make_section

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def other():
    return make.department("架空の共管課", email="joint@example.com")


@pytest.fixture
def case(other):
    return make_deciding.referred(
        make.department("こども家庭課", email="lead@example.com"), joint_with=[other]
    )


@pytest.fixture
def head(case):
    return make.head(case.department)


def say(case, other, agrees=True, text="", by=None):
    return joint.consent(case, other, by=by or make.head(other), agrees=agrees, text=text)


@pytest.mark.parametrize("name", ["go", "go_if", "in_principle", "continue", "no_go"])
def test_the_lead_waits_for_every_joint_section_by_name(name, case, head):
    with pytest.raises(NotAllowed, match="架空の共管課（共管）の同意"):
        make_deciding.decide(case, head, name)

    assert make.reload(case).step == Step.DECISION


def test_once_all_have_agreed_the_lead_decides(case, head, other):
    say(case, other, text="賛成です")

    decision = make_deciding.decide(case, head)

    assert decision.seen["joint"][0]["word"] == "同意"
    assert decision.seen["joint"][0]["text"] == "賛成です"


def test_the_page_of_the_lead_says_whose_turn_it_is(case, head, other):
    address, waits = f"/section/cases/{case.number}/decide/", "共管の課の答えが、まだそろっていません。"

    before = make_section.visit(head).get(address)
    say(case, other)
    after = make_section.visit(head).get(address)

    assert (waits in before.text, before.context["strip"]["mine"]) == (True, False)
    assert (waits in after.text, after.context["strip"]["mine"]) == (False, True)


@pytest.mark.parametrize(
    ("name", "may"), [("go", False), ("go_if", False), ("continue", True), ("no_go", True)]
)
def test_what_one_disagrees_with_is_not_adopted(name, may, case, head, other):
    say(case, other, agrees=False, text="道路の工事と重なる")

    if may:
        assert make_deciding.decide(case, head, name)
    else:
        with pytest.raises(NotAllowed, match="同意のないままでは"):
            make_deciding.decide(case, head, name)


def test_a_no_has_a_reason(case, other):
    with pytest.raises(NotAllowed, match="同意しない理由"):
        say(case, other, agrees=False, text="　")


@pytest.mark.parametrize("who", ["desk", "member", "lead", "manager"])
def test_nobody_but_its_head_speaks_for_a_section(who, case, other, head):
    person = {"member": lambda: make.member(other), "lead": lambda: head}.get(who, getattr(make, who, None))()

    with pytest.raises(NotAllowed):
        say(case, other, by=person)


def test_its_head_agrees_on_the_own_page_with_the_password(case, other):
    browser = make_section.visit(make.head(other))
    page = f"/section/cases/{case.number}/consent/"
    sent = {"version": case.version, "answer": "yes", "text": ""}
    assert "password" in browser.post(page, sent).context["form"].errors

    browser.post(page, sent | {"password": make.PASSWORD})

    assert case.joint_sections.get().agrees is True
    assert case.records.get(kind=Kind.CONSENT).department == other


def test_a_joint_section_sees_the_case_and_finds_it_in_its_list(case, other):
    member, its_head = make.member(other), make.head(other)

    assert case in Proposal.objects.visible_to(member)
    home = make_section.visit(its_head).get("/section/").content.decode()
    assert f"/section/cases/{case.number}/consent/" in home
    assert make_section.visit(member).get(case.get_absolute_url()).status_code == 200


def test_the_letters_go_to_whoever_has_to_act(case, other):
    say(case, other)

    subjects = [
        (letter.to, letter.subject.split("】")[1])
        for letter in OutgoingMail.objects.filter(to__in=("lead@example.com", "joint@example.com"))
        if "つなぐシート" not in letter.subject
    ]
    number = f"（{case.number}）"
    assert sorted(subjects) == sorted(
        [
            ("joint@example.com", f"共管の課になりました{number}"),
            ("joint@example.com", f"共管の同意をお願いします{number}"),
            ("lead@example.com", f"判断をお願いする案件があります{number}"),
            ("lead@example.com", f"共管の課から答えがありました{number}"),
        ]
    )


def test_a_case_sent_back_and_referred_again_asks_anew(case, head, other):
    say(case, other)
    advance(make.reload(case), "back_to_model", by=head, note="図を直す")
    advance(make.reload(case), "refer", by=make.desk())

    assert seen_by_decider(case)["joint"][0]["word"] == "まだ"


@pytest.mark.parametrize("step", [Step.HEARING, Step.DECISION])
def test_the_desk_names_joint_sections_at_four_and_five_alone(step, other):
    case = make.proposal(step)

    with pytest.raises(NotAllowed, match="④マッチング・調整と⑤"):
        joint.name_joint(case, other, by=make.desk())


def test_the_lead_is_not_joint_with_itself(other):
    case = make.proposal(Step.LOGIC_MODEL, section=other)

    with pytest.raises(NotAllowed, match="所管課です"):
        joint.name_joint(case, other, by=make.desk())


def test_a_joint_section_does_not_become_the_lead_unseen(other):
    case = make.proposal(Step.LOGIC_MODEL)
    joint.name_joint(case, other, by=make.desk())

    with pytest.raises(NotAllowed, match="共管から外して"):
        matching.choose_lead(make.reload(case), other, by=make.desk())


def test_a_section_dropped_again_is_asked_for_nothing(other):
    case, desk = make.proposal(Step.LOGIC_MODEL), make.desk()
    joint.name_joint(case, other, by=desk)

    joint.drop_joint(make.reload(case), other, by=desk, reason="担当が移ったため")

    assert not case.joint_sections.exists()
    assert not Proposal.objects.visible_to(make.member(other)).exists()
