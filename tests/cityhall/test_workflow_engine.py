"""The engine under every workflow: who may, what is missing, and one door that writes all or nothing."""

import pytest

from cityhall.models import ActedAs, Role
from cityhall.workflow import NotAllowed, Stale, Transition, Workflow, lock
from proposals.models import Proposal
from proposals.workflow import WORKFLOW, Step
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]

# A second list of the moves, written from the 窓口資料 and not from the table: who may do what, and where.
EARLY = "withdraw out_of_scope merge"
MAY = {
    Step.INTAKE: {"desk": f"accept hand_on {EARLY}"},
    Step.SORTING: {"desk": f"start_hearing back_to_intake hand_on {EARLY}"},
    Step.HEARING: {"desk": f"start_matching back_to_sorting {EARLY}"},
    Step.MATCHING: {"desk": f"start_model back_to_hearing {EARLY}"},
    Step.LOGIC_MODEL: {"desk": f"refer back_to_matching {EARLY}"},
    Step.DECISION: {"desk": "withdraw", "head": "back_to_model go go_if in_principle continue no_go"},
    Step.CONDITIONS: {"desk": "withdraw", "head": "fulfil lapse"},
    Step.ADOPTED: {"desk": "reopen"},
    Step.IN_PRINCIPLE: {"desk": "reopen"},
    Step.DECLINED: {"desk": "reopen"},
    Step.WITHDRAWN: {"desk": "reopen"},
    Step.OUT_OF_SCOPE: {"desk": "reopen"},
    Step.HANDED_ON: {"desk": "reopen"},
    Step.MERGED: {"desk": "unmerge"},
}
ACTORS = ["desk", "head", "other_head", "member", "manager", "admin", "nobody"]
NAMES = list(dict.fromkeys(row.name for row in WORKFLOW))
NOT_ON_THE_TABLE = "いまの段階では、この動作は行えません。画面を開き直して、いまの段階を確かめてください。"


def actor(who, section):
    makers = {
        "desk": make.desk,
        "head": lambda: make.head(section),
        "other_head": lambda: make.head(make.department("架空のほかの課")),
        "member": lambda: make.member(section),
        "manager": make.manager,
        "admin": make.admin,
        "nobody": make.user,
    }
    return makers[who]()


def case_at(step, section):
    """A case put at a step past all services: the engine alone is tried."""
    case = make.submission()
    case.step, case.department = step, section
    return case


def refusal(case, name, person):
    """What the engine says before it asks for reason or facts; None when it is this person's move."""
    try:
        row = WORKFLOW.row(name, source=case.step)
    except NotAllowed as refused:
        return str(refused)
    return None if row.posting_of(person, case) else f"{row.role.label}だけ"


def test_the_second_list_knows_every_step():
    assert set(MAY) == set(Step)


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("step", list(Step), ids=str)
def test_every_state_action_and_role(step, who):
    section = make.department("架空の所管課")
    case, person = case_at(step, section), actor(who, section)

    may = {name for name in NAMES if refusal(case, name, person) is None}

    assert may == set(MAY[step].get(who, "").split())
    assert may == {row.name for row in WORKFLOW.moves_for(person, case)}


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("name", NAMES)
def test_whoever_may_not_is_told_who_may(name, who):
    section = make.department("架空の所管課")
    source = next(row.source for row in WORKFLOW if row.name == name)
    case, person = make.submission(), actor(who, section)
    Proposal.objects.filter(pk=case.pk).update(
        step=source, department=section, logic_model_fixed_at="2026-06-01T00:00:00Z"
    )
    row = WORKFLOW.row(name, source=source)
    expected = {"desk": Role.DESK, "head": Role.HEAD}.get(who)

    said = ""
    try:
        WORKFLOW.carry_out(case, name, by=person)
    except NotAllowed as refused:
        said = str(refused)

    if expected != row.role:
        assert said == f"「{row.label}」は{row.role.label}だけが行えます。"
    elif row.needs_note:
        assert said == f"「{row.label}」には理由が必要です。"
    else:
        assert not said or said.startswith(f"「{row.label}」の前に、次のことが必要です。")


@pytest.mark.parametrize("step", list(Step), ids=str)
def test_a_move_not_on_the_table_is_refused_in_the_same_words_for_everybody(step):
    section = make.department("架空の所管課")
    elsewhere = {name for name in NAMES if name not in {row.name for row in WORKFLOW.from_step(step)}}
    case = case_at(step, section)

    said = {refusal(case, name, actor(who, section)) for name in elsewhere for who in ("desk", "nobody")}

    assert said == {NOT_ON_THE_TABLE}


# a small table of its own, for what the engine does with a row


def lacks(proposal):
    return ["判子を押す", "名前を書く"] if proposal.next_place != "済み" else []


def table(**fields):
    row = {"name": "go", "source": Step.INTAKE, "target": Step.SORTING, "role": Role.DESK, "label": "進める"}
    return Workflow((Transition(**(row | fields)),))


def untouched(case):
    now = make.reload(case)
    return (now.step, now.version, now.records.count()) == (case.step, case.version, 2)


@pytest.mark.parametrize("note", ["", " ", "　\n"])
def test_a_reason_of_white_space_is_no_reason(note):
    case = make.submission()

    with pytest.raises(NotAllowed, match="「進める」には理由が必要です。"):
        table(needs_note=True).carry_out(case, "go", by=make.desk(), note=note)

    assert untouched(case)


def test_a_guard_names_everything_that_is_missing():
    case = make.submission()

    with pytest.raises(NotAllowed) as refused:
        table(guard=lacks).carry_out(case, "go", by=make.desk())

    assert str(refused.value) == "「進める」の前に、次のことが必要です。判子を押す／名前を書く"
    assert untouched(case)


def test_columns_set_with_the_move_count_for_its_guard():
    case = make.submission()

    table(guard=lacks).carry_out(case, "go", by=make.desk(), next_place="済み")

    assert (make.reload(case).step, make.reload(case).next_place) == (Step.SORTING, "済み")


def test_what_a_constraint_forbids_is_refused_in_its_words_and_all_is_undone():
    case = make.submission()

    with pytest.raises(NotAllowed, match="判断に付すには、所管課とロジックモデルの試行版が必要です。"):
        table(target=Step.DECISION).carry_out(case, "go", by=make.desk())

    assert untouched(case)


def test_the_record_of_a_move_tells_all_of_it():
    case, desk = make.submission(), make.desk()

    record = table().carry_out(case, "go", by=desk, note=" 理由 ", data={"more": 1})

    assert (record.source, record.target) == (Step.INTAKE, Step.SORTING)
    assert (record.by, record.posting.user, record.acted_as) == (desk, desk, ActedAs.DESK)
    assert (record.data, record.text.text) == ({"move": "go", "more": 1}, "理由")


def test_the_step_is_asked_of_the_database_and_not_of_the_object_in_hand():
    case = make.submission()
    case.step = Step.DECISION

    table().carry_out(case, "go", by=make.desk())

    assert make.reload(case).step == Step.SORTING


def test_a_second_press_is_refused():
    case, desk = make.submission(), make.desk()
    table().carry_out(case, "go", by=desk)

    with pytest.raises(NotAllowed, match="いまの段階では"):
        table().carry_out(case, "go", by=desk)

    assert make.reload(case).records.count() == 3


def test_an_out_of_date_page_is_refused_before_anything_else():
    case = make.submission()

    with pytest.raises(Stale, match="ほかの人が先に保存しました"):
        table().carry_out(case, "nonsense", by=make.user(), version=case.version - 1)


def test_the_page_of_now_is_not_out_of_date():
    case = make.submission()

    assert lock(case, version=case.version) == case


def test_a_head_moves_nothing_that_has_no_section_in_charge():
    case = make.submission()

    with pytest.raises(NotAllowed, match="所属長だけ"):
        table(role=Role.HEAD).carry_out(case, "go", by=make.head(make.department()))


def test_who_is_head_of_two_sections_acts_in_the_posting_of_the_right_one():
    first, second = make.department(), make.department()
    person = make.head(first)
    make.posting(person, Role.HEAD, second)
    case = make.submission()

    record = table(role=Role.HEAD).carry_out(case, "go", by=person, department=second)

    assert record.posting.department == second
