"""The proposer takes the own proposal back."""

from django.db import transaction

from cityhall.models import ActedAs
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals import mail
from proposals.models import Proposal
from proposals.services import conversation
from proposals.services.announcing import refuse_unread
from proposals.told import told
from proposals.workflow import WORKFLOW, Step

LONGEST = 1000
ENDED = "この案件は終わっています。続きのご相談は、「やりとり」にお書きください。"
WISH = "この提案を取り下げたい、というお申し出です。"


@transaction.atomic
def withdraw(proposal: Proposal, *, note: str = "", key: str, letter: int | None = None) -> bool:
    """End the case as the proposer's own 取下げ, once for its key; True when it ended so.

    What the section has decided and nobody has announced stays so: the wish then goes to the desk as a
    message (False), and the answer gives nothing away. Refuses a case whose end the proposer knows, and a
    page drawn before the newest `letter`.
    """
    case, note = lock(proposal), note.strip()
    if case.step == Step.WITHDRAWN or case.records.filter(data__key=key).exists():
        return True
    refuse_unread(case, letter)
    if len(note) > LONGEST:
        raise NotAllowed(f"理由は{LONGEST:,}字までで書いてください（いま {len(note):,}字）。")
    if told(case).is_pending and not case.is_open:
        text = f"{WISH}\n\n{note}" if note else WISH
        conversation.reply(case, text=text, key=key, seen=0)
        return False
    if not case.is_open:
        raise NotAllowed(ENDED)
    WORKFLOW.carry_out(case, "withdraw_own", by=ActedAs.PROPOSER, note=note, data={"key": key})
    case.refresh_from_db()
    mail.queue_withdrawn(case)
    mail.queue_withdrawn_for_desk(case)
    return True
