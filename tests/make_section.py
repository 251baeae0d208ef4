"""What the tests of 課のまど need besides `make`: visitors, asked sections, conditional adoptions."""

from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from proposals.services import advance, decisions, hearings, triage
from proposals.workflow import DECISIONS, Step
from tests import make


def visit(person=None):
    """A browser in which this person is logged in."""
    client = Client()
    if person:
        client.force_login(person)
    return client


def asked(*sections, **fields):
    """A case at ③ about which these sections are asked."""
    desk = make.desk()
    case = make.proposal(Step.SORTING, by=desk, **fields)
    triage.pass_gate(case, by=desk, note="対象になることを確かめました。")
    for section in sections:
        hearings.ask(case, section, by=desk, reason="同じ困りごとを担当しているため")
    advance(make.reload(case), "start_hearing", by=desk)
    return make.reload(case)


def to_decide(section, **fields):
    """A case at ⑥ of this section."""
    return make.proposal(Step.DECISION, section=section, **fields)


def conditional(head, section, *, texts=("開始を5月以降とする",), **fields):
    """A case this head adopted conditionally."""
    case = to_decide(section, **fields)
    conditions = [{"text": text, "owner": "提案者", "due_on": in_days(30)} for text in texts]
    decisions.decide(
        case,
        "go_if",
        by=head,
        decided_on=timezone.localdate(),
        reason="体制の条件が残るため",
        conditions=conditions,
    )
    return make.reload(case)


def in_days(n) -> date:
    return timezone.localdate() + timedelta(n)


def verdict(case, **fields):
    """What a head sends from the decision page."""
    return {
        "version": case.version,
        "draft": 0,
        "verdict": "go",
        **{f"code_{name}": "other" for name in DECISIONS},
        "reason": "こどもの居場所として効果が見込まれるため",
        "draft_number": "座こ第412号",
        "authority": "own",
        "decided_on": timezone.localdate().isoformat(),
        "password": make.PASSWORD,
        **fields,
    }
