"""Fixing an edition: from then on nobody changes it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cityhall import access, calendar
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from logicmodels import content as shape
from logicmodels.checks import Finding, check
from logicmodels.models import Agreement, Edition, LogicModel
from proposals.services.matching import report_model_fixed
from proposals.workflow import Step


@transaction.atomic
def fix_trial(
    model: LogicModel,
    *,
    by,
    answers: dict[str, str] | None = None,
    version: int | None = None,
    fixed_at: datetime | None = None,
) -> Edition:
    """Fix the draft as the next 試行版 and tell its case; `answers` go by finding ("E7:S1") or code ("E7").

    Refuses an empty draft, one that has not changed, an open E finding without a sentence, a case
    outside ②–⑤.
    """
    posting = access.require(by, Role.DESK)
    draft = lock(model, version=version)
    content = shape.clean(draft.as_content())
    last = draft.editions.order_by("-number").first()
    _refuse_unless_new(content, last)
    edition = Edition.objects.create(
        model=draft,
        number=last.number + 1 if last else 1,
        content=content,
        sha256=shape.digest(content),
        answers=_answered(open_findings(draft), answers or {}),
        fixed_at=fixed_at or timezone.now(),
        fixed_by=by,
        posting=posting,
    )
    if draft.proposal is not None:
        report_model_fixed(
            draft.proposal,
            by=by,
            label=str(edition),
            fixed_at=edition.fixed_at,
            edition={"model": draft.number, "edition": edition.number, "sha256": edition.sha256},
        )
    return edition


@transaction.atomic
def fix_final(model: LogicModel, *, by, version: int | None = None) -> Edition:
    """Fix the newest 試行版 for good (確定版), word for word; a change later is a new 試行版.

    Refuses anybody but the desk, a stale page, words changed since the 試行版, open E findings, a case not
    adopted yet, and one on which both sides have not agreed.
    """
    posting = access.require(by, Role.DESK)
    draft = lock(model, version=version)
    last = draft.editions.order_by("-number").first()
    if missing := to_be_final(draft, last):
        raise NotAllowed("確定版にするには：" + "／".join(missing))
    return Edition.objects.create(
        model=draft,
        number=last.number + 1,
        state=Edition.State.FINAL,
        content=last.content,
        sha256=last.sha256,
        answers=[],
        fixed_at=timezone.now(),
        fixed_by=by,
        posting=posting,
    )


def to_be_final(draft: LogicModel, last: Edition | None) -> list[str]:
    """What a 確定版 still lacks, in words; empty where it may be fixed."""
    if last is None:
        return ["試行版をつくる"]
    if last.state == Edition.State.FINAL:
        return ["（もう確定版です。直すときは、下書きを直して新しい試行版にする）"]
    if last.sha256 != shape.digest(shape.clean(draft.as_content())):
        return ["試行版のあとに直した下書きを、新しい試行版にする"]
    missing = [f"助言「{finding.text}」を解く" for finding in open_findings(draft)]
    if draft.proposal is not None:
        missing += ["案件が採用になる"] if draft.proposal.step != Step.ADOPTED else []
        missing += [f"{side.label}の合意" for side in Agreement.Side if side not in last.agreed]
    return missing


def open_findings(model: LogicModel) -> list[Finding]:
    """What must be answered in a sentence before a 試行版 of the draft is fixed."""
    return [finding for finding in findings_of(model) if finding.is_error]


def findings_of(model: LogicModel) -> list[Finding]:
    """All advice on the draft as it stands, for the fiscal year it was begun in."""
    return check(model.as_content(), calendar.fiscal_year(calendar.jst_date(model.created_at)))


def _refuse_unless_new(content, last):
    if not content["nodes"]:
        raise NotAllowed("箱がまだありません。1つ以上入れてから、試行版にしてください。")
    if last and last.sha256 == shape.digest(content):
        raise NotAllowed(f"{last.label}から変わったところがありません。")


def _answered(findings: list[Finding], answers: dict[str, str]) -> list[dict]:
    """Each open finding with its sentence, as it is kept in the edition."""
    told = [(finding, answers.get(finding.key) or answers.get(finding.code, "")) for finding in findings]
    unanswered = [finding.text for finding, answer in told if not answer.strip()]
    if unanswered:
        raise NotAllowed("まだ答えのない助言があります。" + "／".join(unanswered))
    return [
        {
            "code": finding.code,
            "node": finding.node or "",
            "finding": finding.text,
            "answer": shape.words(answer, "答え", shape.LONG_LIMIT),
        }
        for finding, answer in told
    ]
