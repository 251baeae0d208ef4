"""Two of the desk at the same moment, or one who presses twice: done once, the other told (M4, D1)."""

import pytest

from cityhall.records import first_bad
from cityhall.refusal import NotAllowed, Stale
from proposals.models import (
    DeskJob,
    Encounter,
    Organization,
    OrganizationRecord,
    Proposal,
    ProposalRecord,
    Relation,
    SavedFilter,
    Seed,
    Todo,
)
from proposals.services import (
    advance,
    doubles,
    encounters,
    handover,
    jobs,
    many,
    organizations,
    receipts,
    relations,
    saved_filters,
    seeds,
    settling,
    todos,
    triage,
    undoing,
)
from proposals.workflow import Kind, Step
from tests import make, make_care
from tests.make_talk import decided, planted
from tests.together import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


@pytest.fixture
def desk():
    return make.desk()


@pytest.fixture
def colleague():
    return make.desk()


@pytest.fixture(autouse=True)
def the_trail_is_whole():
    yield
    assert first_bad(ProposalRecord) is None and first_bad(OrganizationRecord) is None


def records(kind):
    return ProposalRecord.objects.filter(kind=kind).count()


def kinds(outcomes):
    return [type(error) for error in failures(outcomes)]


def looked_after_by(officer, count=4):
    cases = [make.submission() for _ in range(count)]
    for case in cases:
        many.assign(case, officer=officer, by=officer)
    return cases


# --- many cases -------------------------------------------------------------


def test_a_deed_over_many_cases_pressed_four_times_is_ordered_and_done_once(desk, colleague):
    cases = [make.submission().number for _ in range(6)]

    def press():
        job = jobs.order("assign", cases, by=desk, token="t", asked={"officer": colleague.pk})
        jobs.carry_on(job.pk)

    outcomes = at_once(*[press] * 4)

    assert failures(outcomes) == []
    job = DeskJob.objects.get()
    assert (job.is_done, [is_done for _, is_done, _ in job.outcomes]) == (True, [True] * 6)
    assert records(Kind.HANDOVER) == 6


def test_of_two_who_assign_the_same_cases_at_once_the_later_is_told_case_by_case(desk, colleague):
    cases = [make.submission().number for _ in range(6)]
    ordered = [
        jobs.order("assign", cases, by=by, token=f"t{by.pk}", asked={"officer": by.pk})
        for by in (desk, colleague)
    ]

    outcomes = at_once(*(lambda job=job: jobs.carry_on(job.pk) for job in ordered))

    assert failures(outcomes) == []
    for job in DeskJob.objects.all():
        assert [number for number, _, _ in job.outcomes] == cases
        assert all(words for _, _, words in job.outcomes)
    assert Proposal.objects.filter(officer__in=[desk, colleague]).count() == 6


def test_of_two_who_hand_the_same_work_over_at_once_one_is_told(desk, colleague):
    leaver, heirs = make.desk(), [make.desk(), make.desk()]
    cases = looked_after_by(leaver)
    todos.add(cases[0], by=desk, text="架空のすること", key="k", owner=leaver)
    before, seen = records(Kind.HANDOVER), handover.burden_of(leaver).mark

    outcomes = at_once(
        *(
            lambda by=by, heir=heir: handover.hand_over(leaver, to=heir, by=by, reason="異動", seen=seen)
            for by, heir in zip((desk, colleague), heirs, strict=True)
        )
    )

    assert kinds(outcomes) == [NotAllowed]
    assert records(Kind.HANDOVER) == before + 4
    heir = make.reload(cases[0]).officer
    assert {*Proposal.objects.values_list("officer", flat=True)} == {heir.pk} == {Todo.objects.get().owner_id}


def test_a_handover_and_an_assignment_at_once_leave_each_case_with_one_officer(desk, colleague):
    leaver, heir = make.desk(), make.desk()
    cases = looked_after_by(leaver)

    outcomes = at_once(
        lambda: handover.hand_over(leaver, to=heir, by=desk, reason="異動"),
        *(lambda case=case: many.assign(case, officer=colleague, by=colleague) for case in cases[::-1]),
    )

    assert set(kinds(outcomes)) <= {NotAllowed}
    assert {*Proposal.objects.values_list("officer", flat=True)} <= {heir.pk, colleague.pk}


# --- one case ---------------------------------------------------------------


def test_a_move_taken_back_by_four_presses_is_taken_back_once(desk):
    case = make.submission()
    advance(case, "accept", by=desk)
    version = make.reload(case).version

    outcomes = at_once(*[lambda: undoing.undo(case, by=desk, version=version)] * 4)

    assert failures(outcomes) == []
    assert (make.reload(case).step, records(Kind.UNDONE)) == (Step.INTAKE, 1)


def test_a_wrong_merging_is_taken_back_once(desk, colleague):
    double, original = make.submission(), make.submission()
    doubles.merge(double, original, by=desk, note="同じ")
    double = make.reload(double)

    outcomes = at_once(*(lambda by=by: doubles.unmerge(double, by=by, note="別") for by in (desk, colleague)))

    assert kinds(outcomes) == [NotAllowed]
    assert make.reload(double).step == Step.INTAKE


def test_three_cases_merged_in_a_ring_at_once_leave_one_that_lives(desk):
    ring = [make.submission() for _ in "123"]

    outcomes = at_once(
        *(
            lambda n=n: doubles.merge(ring[n], ring[(n + 1) % 3], by=desk, note="同じ")
            for n in range(3)
        )
    )  # fmt: skip

    assert set(kinds(outcomes)) == {NotAllowed}
    assert Proposal.objects.exclude(step=Step.MERGED).count() == 3 - outcomes.count(None) >= 1


def test_two_cases_linked_from_both_sides_and_unlinked_twice_tell_it_once(desk, colleague):
    one, other = make.submission(), make.submission()
    sides = [(one, other, desk), (other, one, colleague)] * 2

    linked = at_once(*(lambda a=a, b=b, by=by: relations.link(a, by=by, other=b) for a, b, by in sides))

    assert (failures(linked), Relation.objects.count(), records(Kind.RELATED)) == ([], 1, 2)

    unlinked = at_once(*(lambda a=a, b=b, by=by: relations.unlink(a, by=by, other=b) for a, b, by in sides))

    assert (failures(unlinked), Relation.objects.count(), records(Kind.RELATED)) == ([], 0, 4)


def test_a_case_split_by_four_presses_is_split_once(desk):
    case = make.submission()
    told = {
        "title": "架空の件",
        "overview": "架空の概要",
        "note": "別の話",
        "key": "split",
        "version": case.version,
    }

    outcomes = at_once(*[lambda: relations.split(case, by=desk, **told)] * 4)

    assert failures(outcomes) == []
    assert ({new.pk for new in outcomes}, Proposal.objects.count()) == ({outcomes[0].pk}, 2)


def test_the_last_two_seeds_of_a_no_are_not_both_dropped_at_once(desk, colleague):
    case = planted(planted(decided(make.department("架空課"), "no_go")), text="架空のもう1つの条件")
    people = zip(case.seeds.all(), (desk, colleague), strict=True)

    outcomes = at_once(*(lambda s=s, by=by: seeds.drop(s, by=by, reason="不要") for s, by in people))

    assert kinds(outcomes) == [NotAllowed]
    assert Seed.objects.waiting().count() == 1


def test_of_three_who_read_a_case_at_once_two_have_read_it(desk, colleague):
    case, third = make.submission(), make.desk()

    outcomes = at_once(*(lambda by=by: make_care.assess(case, by) for by in (desk, colleague, third)))

    assert kinds(outcomes) == [NotAllowed]
    assert case.assessments.values("reader").distinct().count() == 2


def test_two_summaries_settled_at_once_keep_one(desk, colleague):
    case = make.submission()
    triage.summarise(case, by=desk, summary="架空の要約")
    case = make.reload(case)
    told = {"choice": "mine", "joined": "", "version": case.version}

    outcomes = at_once(
        *(
            lambda by=by: settling.settle(case, by=by, mine=by.username, key=by.username, **told)
            for by in (desk, colleague)
        )
    )

    assert kinds(outcomes) == [Stale]


@pytest.mark.parametrize(
    ("press", "count"),
    [
        (
            lambda case, by: encounters.note_encounter(
                case, by=by, kind="phone", on=case.first_contact_on, text="架空の電話", key="k"
            ),
            Encounter.objects.count,
        ),
        (
            lambda case, by: todos.write_note(case, by=by, text="架空の覚え", key="k"),
            lambda: records(Kind.NOTE),
        ),
        (lambda case, by: todos.add(case, by=by, text="架空のこと", key="k"), Todo.objects.count),
        (
            lambda case, by: saved_filters.keep("step=intake", by=by, name="架空の一覧"),
            SavedFilter.objects.count,
        ),
        (
            lambda case, by: receipts.issue_code(case, by=by, code="AAAAA-BBBBB"),
            lambda: make.Proposal.objects.get().receipt_codes.in_force().count(),
        ),
    ],
    ids=["a contact", "a note", "a thing to do", "a kept list", "a receipt code"],
)
def test_what_is_pressed_four_times_at_once_is_kept_once(desk, press, count):
    case = make.submission()

    outcomes = at_once(*[lambda: press(case, desk)] * 4)

    assert set(kinds(outcomes)) <= {NotAllowed}
    assert count() == 1


# --- organisations ------------------------------------------------------------


def test_two_organisations_merged_into_each_other_at_once_do_not_both_vanish(desk, colleague):
    first, second = (make.submission().organization for _ in "12")

    outcomes = at_once(
        lambda: organizations.merge(first, second, by=desk),
        lambda: organizations.merge(second, first, by=colleague),
    )

    assert kinds(outcomes) == [NotAllowed]
    living = Organization.objects.get(merged_into=None)
    assert {*Proposal.objects.values_list("organization", flat=True)} == {living.pk}
