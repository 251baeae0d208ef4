"""The letter that names the next place, to a proposer whose case is not for this desk."""

from django.urls import reverse

from cityhall.context import office
from cityhall.models import OutgoingMail
from proposals.mail.letter import address, queue, round_of
from proposals.models import ProposalRecord
from proposals.schemes import BY_KEY
from proposals.workflow import TIME_TO_UNDO


def queue_handed_on(record: ProposalRecord) -> OutgoingMail | None:
    """Where to go next and what happens there; of a held case, which may be a nuisance, no letter.

    It waits while the move may be taken back.
    """
    case = record.subject
    if case.is_held:
        return None
    contact = getattr(case, "contact", None)
    scheme = BY_KEY.get(record.data.get("scheme"))
    return queue(
        case,
        f"handed-on:{round_of(case)}:{record.sequence}",
        to=contact.email if contact else "",
        subject=f"【{office()['city']}】次の窓口のご案内",
        template="handed_on",
        said={
            "url": address(reverse("public:receipt")),
            "place": record.data["next_place"],
            "say": scheme.say if scheme else "",
        },
        waits=TIME_TO_UNDO,
    )
