"""What must always hold is refused by the database itself, on both, whoever writes past the services."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint
from django.utils import timezone

from proposals.models import Support
from proposals.services import decisions, hearings, intake
from proposals.workflow import Step
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def run(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def city():
    """A case with a sheet lying with a section, one that was decided with a condition, and a support."""
    case = make.proposal(Step.HEARING)
    decided = make.proposal(Step.DECISION)
    head = make.head(decided.department)
    condition = [{"text": "費用の見込みを出す", "owner": "提案者"}]
    today = timezone.localdate()
    decisions.decide(decided, "go_if", by=head, decided_on=today, reason="理由", conditions=condition)
    provider = intake.find_organization(name="架空企業", kind="company")
    support = Support.objects.create(provider=provider, recipient=provider, purpose="食材の提供")
    support.deliveries.create(on=today)
    return case


OPEN_CASE = "UPDATE proposals_proposal SET {} WHERE step = 'hearing'"
SHEET = "UPDATE proposals_hearing SET {} WHERE answered_on IS NULL"
RECORD = (
    'subject_id, place, "on", entered_at, acted_as, data, text_hash, previous_hash, hash, '
    "source, target, holder, verdict"
)
REFUSED = {
    "to ⑥ without section and model": OPEN_CASE.format("step = 'decision', department_id = NULL"),
    "adopted without section and model": OPEN_CASE.format("step = 'adopted', holder = ''"),
    "a proposal that was not received": OPEN_CASE.format("received_on = NULL"),
    "a consultation that was received": OPEN_CASE.format("track = 'consultation'"),
    "received before the first contact": OPEN_CASE.format("received_on = '2020-01-01'"),
    "coordination before the first contact": OPEN_CASE.format("coordination_started_on = '2020-01-01'"),
    "an open case in nobody's hands": OPEN_CASE.format("holder = ''"),
    "a verdict without its day": OPEN_CASE.format("verdict = 'adopted'"),
    "a day without its verdict": OPEN_CASE.format("verdict_on = '2026-07-01'"),
    "a double of nothing": OPEN_CASE.format("merged_on = '2026-07-01'"),
    "a number twice": "UPDATE proposals_proposal SET number = 'R8-0001'",
    "an answer without day and person": SHEET.format("answer = 'yes'"),
    "a day without an answer": SHEET.format("answered_on = '2026-07-01'"),
    "hard without why and when": SHEET.format(
        "answer = 'hard', answered_on = '2026-07-01', answered_by_id = asked_by_id"
    ),
    "no longer waited for without a reason": SHEET.format("waived_on = '2026-07-01'"),
    "asked twice at once": "INSERT INTO proposals_hearing ({c}) SELECT {c} FROM proposals_hearing "
    "WHERE answered_on IS NULL".format(
        c="proposal_id, department_id, request, reason, asked_on, due_on, own_trouble, answer, answer_text, "
        "possible_when, waived_reason"
    ),
    "a no without a reason": "UPDATE proposals_decision SET reason = ''",
    "a condition waived without a reason": "UPDATE proposals_condition SET waived_on = '2026-07-01'",
    "a form key twice": "UPDATE proposals_submission SET key = 'one form'",
    "a delivery twice a day": 'INSERT INTO proposals_delivery (support_id, "on") '
    'SELECT support_id, "on" FROM proposals_delivery',
    "a support twice": "INSERT INTO proposals_support (provider_id, recipient_id, purpose, via_desk) "
    "SELECT provider_id, recipient_id, purpose, via_desk FROM proposals_support",
    "a corporate number twice": "UPDATE proposals_organization SET corporate_number = '1234567890123'",
    "a receipt code twice": "UPDATE proposals_receiptcode SET code_hash = 'x'",
    "a letter's key twice": "UPDATE cityhall_outgoingmail SET key = 'x'",
    "a counter twice": "INSERT INTO cityhall_counter (series, year, last) "
    "SELECT series, year, 0 FROM cityhall_counter",
    "a head without a section": "UPDATE cityhall_posting SET department_id = NULL WHERE role = 'head'",
    "a posting that ends before it starts": "UPDATE cityhall_posting SET valid_to = '2020-01-01'",
    "a section that ends before it starts": "UPDATE cityhall_department SET valid_to = '2020-01-01'",
    "a section's name twice from one day": "UPDATE cityhall_department SET name = 'x'",
    "a section's name twice from no day": "UPDATE cityhall_department SET name = 'x', valid_from = NULL",
    "a record's number twice": f"INSERT INTO proposals_proposalrecord ({RECORD}, sequence, kind) "
    f"SELECT {RECORD}, sequence, kind FROM proposals_proposalrecord",
    "a verdict record without it": f"INSERT INTO proposals_proposalrecord ({RECORD}, sequence, kind) "
    f"SELECT {RECORD}, 99, 'verdict' FROM proposals_proposalrecord WHERE sequence = 1",
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(city, what):
    with pytest.raises(IntegrityError):
        run(REFUSED[what])


def test_the_same_statements_pass_when_nothing_is_wrong(city):
    run(OPEN_CASE.format("verdict = '', verdict_on = NULL, received_on = first_contact_on"))
    run(SHEET.format("waived_on = '2026-07-01', waived_reason = '年度末のため'"))


def test_a_case_of_the_old_ledger_may_lack_what_the_ledger_does_not_hold(city):
    run(OPEN_CASE.format("origin = 'ledger', step = 'adopted', holder = '', department_id = NULL"))


@pytest.mark.parametrize(
    "table", ["cityhall_department", "cityhall_user", "proposals_proposal", "proposals_organization"]
)
def test_what_others_point_to_is_not_deleted(city, table):
    with pytest.raises(IntegrityError), transaction.atomic():
        run(f"DELETE FROM {table}")
        connection.check_constraints()


def test_every_check_speaks_japanese_when_a_form_meets_it():
    models = [m for m in apps.get_models() if m._meta.app_label in ("cityhall", "proposals")]
    checks = [c for m in models for c in m._meta.constraints if isinstance(c, CheckConstraint)]

    assert len(checks) > 10
    assert [c.name for c in checks if c.violation_error_message == c.default_violation_error_message] == []


def test_a_waived_sheet_lets_the_section_be_asked_again(city):
    sheet = city.hearings.get()
    hearings.waive(sheet, by=make.desk(), reason="年度末のため")

    again = hearings.ask(city, sheet.department, by=make.desk(), reason="新年度になったため")

    assert again.is_open
