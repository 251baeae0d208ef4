"""Two people at the same moment: one is done, the other is refused in words (reliability.md M4, D1)."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cityhall import numbers, workflow
from cityhall.models import ActedAs
from cityhall.workflow import NotAllowed
from proposals.models import Decision, Organization, Proposal, ProposalRecord, Submission
from proposals.services import decisions, doubles, hearings, intake, receipts, triage
from proposals.services.recording import correct
from proposals.workflow import WORKFLOW, Kind, Step
from tests import make, make_section
from tests.together import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]

TRIES = {"postgresql": 100}  # SQLite cannot race: 10 show that nothing breaks there


def decide(case, name, head):
    return lambda: decisions.decide(case, name, by=head, decided_on=timezone.localdate(), reason="理由")


def pairs_of_opposite_decisions():
    """Cases before ⑥, each decided both ways at once by two heads of its section."""
    section = make.department("架空の所管課")
    desk, first, second = make.desk(), make.head(section), make.head(section)
    for _ in range(TRIES.get(connection.vendor, 10)):
        case = make.proposal(Step.DECISION, by=desk, section=section)
        yield case, at_once(decide(case, "go", first), decide(case, "no_go", second))


def test_of_two_heads_who_decide_at_once_exactly_one_decides():
    pairs = list(pairs_of_opposite_decisions())

    assert [len(failures(outcomes)) for _, outcomes in pairs] == [1] * len(pairs)
    assert {type(error) for _, outcomes in pairs for error in failures(outcomes)} == {NotAllowed}
    assert Decision.objects.count() == len(pairs)
    for case, _ in pairs:
        verdict = case.records.get(kind=Kind.VERDICT).verdict
        assert (make.reload(case).step, make.reload(case).verdict) == (verdict, verdict)


def test_with_the_lock_off_postgresql_lets_both_through_to_the_last_constraint(monkeypatch):
    # the control: the test above means something only if it can fail; SQLite's IMMEDIATE needs no lock
    def look(subject, *, version=None):
        return type(subject).objects.get(pk=subject.pk)

    monkeypatch.setattr(workflow, "lock", look)
    monkeypatch.setattr(decisions, "lock", look)

    errors = (error for _, outcomes in pairs_of_opposite_decisions() for error in failures(outcomes))

    assert any(isinstance(e, IntegrityError) for e in errors) is (connection.vendor == "postgresql")


def test_the_head_who_comes_second_on_the_page_reads_who_was_first_and_keeps_the_words():
    case = make.proposal(Step.DECISION)
    heads = [make.head(case.department) for _ in "12"]
    url = f"/section/cases/{case.number}/decide/"

    def press(n):
        typed = make_section.verdict(case, reason=f"{n}人目の理由")
        return make_section.visit(heads[n]).post(url, typed)

    answers = at_once(lambda: press(0), lambda: press(1))

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    ((n, second),) = [(n, answer) for n, answer in enumerate(answers) if answer.status_code == 409]
    page = second.content.decode()
    assert "先に所属長が記録しました（" in page and "あなたの文はこの下に残しています。" in page
    assert f"{n}人目の理由" in page


def ready_for(row):
    """A case from which the move can be made, put there past all services."""
    case = make.submission()
    ready = {
        "step": row.source,
        "department": make.department("架空の所管課"),
        "logic_model_fixed_at": timezone.now(),
        "is_eligible": None if row.name == "hand_on" else True,
        "cancelled_on": timezone.localdate(),
        "holder": "desk",
    }
    Proposal.objects.filter(pk=case.pk).update(**ready)
    if row.name == "start_hearing":
        hearings.ask(case, make.department(), by=make.desk(), reason="担当のため")
    return make.reload(case)


def pressed_by(row, case):
    """Two who may make the move."""
    if row.role == ActedAs.PROPOSER:
        return [ActedAs.PROPOSER] * 2
    return [make.desk(), make.desk()] if row.role == "desk" else [make.head(case.department) for _ in "12"]


@pytest.mark.parametrize("row", WORKFLOW, ids=lambda row: f"{row.name} from {row.source}")
def test_every_move_pressed_twice_at_once_is_made_once(row):
    case = ready_for(row)
    people = pressed_by(row, case)
    changes = {"merged_into": make.submission()} if row.name == "merge" else {}
    before = ProposalRecord.objects.count()

    outcomes = at_once(
        *(lambda by=by: WORKFLOW.carry_out(case, row.name, by=by, note="理由", **changes) for by in people)
    )

    assert [type(error) for error in failures(outcomes)] == [NotAllowed]
    assert ProposalRecord.objects.count() == before + 1
    assert make.reload(case).step == row.target


def test_a_withdrawal_and_a_decision_at_once_end_the_case_once():
    case = make.proposal(Step.DECISION)
    head, desk = make.head(case.department), make.desk()

    outcomes = at_once(
        decide(case, "go", head), lambda: WORKFLOW.carry_out(case, "withdraw", by=desk, note="都合により")
    )

    assert [type(error) for error in failures(outcomes)] == [NotAllowed]
    assert case.records.filter(kind=Kind.VERDICT).count() == 1


def test_number_takers_never_share_a_number():
    def take():
        with transaction.atomic():
            return numbers.next_number("case", 2026)

    taken = [number for _ in range(5) for number in at_once(*[take] * 8)]

    assert sorted(taken) == list(range(1, 41))


def send(key, **fields):
    organization = make.organization(name="架空配送株式会社", **fields)
    code = receipts.new_code()
    return lambda: intake.submit(
        make.words(), organization=organization, contact=make.contact(), track="proposal", key=key, code=code
    )


def test_one_form_sent_eight_times_at_once_is_one_case():
    outcomes = at_once(*(send("one form") for _ in range(8)))

    assert failures(outcomes) == []
    assert {case.number for case in outcomes} == {Proposal.objects.get().number}
    assert Submission.objects.count() == 1


def test_eight_forms_of_one_new_organisation_at_once_know_it_once():
    outcomes = at_once(*(send(f"form {n}", corporate_number="1234567890123") for n in range(8)))

    assert failures(outcomes) == []
    assert (Organization.objects.count(), len({case.number for case in outcomes})) == (1, 8)


def test_a_sheet_answered_by_two_colleagues_at_once_has_one_answer():
    sheet = make.proposal(Step.HEARING).hearings.get()
    people = [make.head(sheet.department), make.head(sheet.department)]

    outcomes = at_once(*(lambda by=by: hearings.answer(sheet, by=by, answer="yes") for by in people))

    assert [type(error) for error in failures(outcomes)] == [NotAllowed]
    assert ProposalRecord.objects.filter(kind=Kind.ANSWERED).count() == 1


def test_a_sheet_answered_while_the_desk_stops_waiting_is_one_of_the_two():
    sheet = make.proposal(Step.HEARING).hearings.get()
    head, desk = make.head(sheet.department), make.desk()

    outcomes = at_once(
        lambda: hearings.answer(sheet, by=head, answer="yes"),
        lambda: hearings.waive(sheet, by=desk, reason="年度末のため"),
    )

    assert [type(error) for error in failures(outcomes)] == [NotAllowed]


def test_a_section_asked_twice_at_once_gets_one_sheet():
    case, section = make.proposal(Step.HEARING), make.department("架空環境課")
    people = [make.desk(), make.desk()]

    outcomes = at_once(
        *(lambda by=by: hearings.ask(case, section, by=by, reason="担当のため") for by in people)
    )

    assert [type(error) for error in failures(outcomes)] == [NotAllowed]
    assert case.hearings.filter(department=section).count() == 1


def test_two_summaries_from_the_same_page_at_once_keep_one():
    case = make.submission()
    people = [make.desk(), make.desk()]

    outcomes = at_once(
        *(
            lambda by=by: triage.summarise(case, by=by, summary=by.username, version=case.version)
            for by in people
        )
    )

    assert [type(error) for error in failures(outcomes)] == [workflow.Stale]


def test_a_record_corrected_twice_at_once_is_corrected_once():
    case = make.submission()
    record = case.records.get(kind=Kind.RECEIVED)
    actor = make.desk().postings.get()

    outcomes = at_once(*[lambda: correct(record, actor=actor, on=record.on, reason="書き間違い")] * 2)

    assert [type(error) for error in failures(outcomes)] == [NotAllowed]
    assert case.records.filter(supersedes=record).count() == 1


def test_two_cases_merged_into_each_other_at_once_do_not_both_vanish():
    first, second = make.submission(), make.submission()
    people = [make.desk(), make.desk()]

    outcomes = at_once(
        lambda: doubles.merge(first, second, by=people[0], note="同じ"),
        lambda: doubles.merge(second, first, by=people[1], note="同じ"),
    )

    assert [type(error) for error in failures(outcomes)] == [NotAllowed]
    assert Proposal.objects.filter(step=Step.MERGED).count() == 1
