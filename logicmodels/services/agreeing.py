"""Agreeing to an edition: the desk asks, the head of the section in charge and the proposer say yes."""

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import ActedAs, Posting, Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from logicmodels.models import Agreement, Edition, Paper
from proposals.models import Proposal
from proposals.services.conversation import tell
from proposals.services.matching import report_agreed
from proposals.workflow import Step

Side = Agreement.Side
LETTER = (
    "道すじ（ロジックモデル）の{label}ができました。受付番号のページの「道すじ」で読んで、"
    "これでよければ「合意する」を押してください。直したいところは、やりとりに書いてください。"
)


@transaction.atomic
def ask(edition: Edition, *, by) -> None:
    """Ask the section in charge and the proposer to agree, once; from then on the proposer reads it too.

    Refuses anybody but the desk, a model without a case, a 確定版, a case without a section in charge, one
    that is closed, and an edition that is not the newest.
    """
    access.require(by, Role.DESK)
    case = _case_of(edition)
    for side in Side:
        Agreement.objects.get_or_create(edition=edition, side=side, defaults={"asked_by": by})
    tell(case, by=by, text=LETTER.format(label=edition.label), key=f"agreement:{edition.pk}")


@transaction.atomic
def agree_as_head(edition: Edition, *, by) -> None:
    """The head of the section in charge agrees; refuses others, and what `ask` refuses."""
    case = _case_of(edition)
    posting = access.require(by, Role.HEAD, department=case.department)
    _agree(edition, Side.SECTION, case, posting)


@transaction.atomic
def agree_as_proposer(edition: Edition) -> None:
    """The proposer agrees, on the receipt page; refuses what `ask` refuses, and what nobody asked."""
    _agree(edition, Side.PROPOSER, _case_of(edition), ActedAs.PROPOSER)


def _case_of(edition: Edition) -> Proposal:
    """The case of the edition, locked."""
    if edition.model.proposal is None:
        raise NotAllowed("案件のないロジックモデルに、合意はいりません。")
    if edition.state == Edition.State.FINAL:
        raise NotAllowed("確定版は、もう合意されています。")
    case = lock(edition.model.proposal)
    if case.department is None:
        raise NotAllowed("先に、所管課を決めてください。")
    if not (case.is_open or case.step == Step.ADOPTED):
        raise NotAllowed("この案件は終わっています。")
    if edition.model.editions.filter(number__gt=edition.number).exists():
        raise NotAllowed("新しい版があります。新しい版を開いてください。")
    return case


def _agree(edition: Edition, side: Side, case: Proposal, actor: Posting | ActedAs) -> None:
    """Once: a second yes changes nothing. Papers made before it are made anew."""
    asked = Agreement.objects.select_for_update().filter(edition=edition, side=side).first()
    if asked is None:
        raise NotAllowed("この版の合意は、まだ求められていません。")
    if asked.agreed_at:
        return
    asked.agreed_at = timezone.now()
    if isinstance(actor, Posting):
        asked.agreed_by, asked.department = actor.user, actor.department
    asked.save()
    edition.papers.update(state=Paper.State.WAITING, attempts=0)
    report_agreed(case, actor=actor, label=str(edition), side=side)
