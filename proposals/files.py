"""Papers leave through the one view for files, to whoever may see their case; each opening is noted."""

from functools import partial

from cityhall import readings
from cityhall.files import Download, file_kind
from cityhall.uploads import names, store
from proposals.models import Attachment, Proposal

Scan = Attachment.Scan
WARNINGS = {
    Scan.PENDING: "この書類は、安全かどうかを確かめているところです。",
    Scan.UNSCANNABLE: "この書類は、安全かどうかを確かめられませんでした。",
    Scan.UNSCANNED: "この書類は未検査です。",
}
REFUSAL = "この書類から、危険なものが見つかりました。"


@file_kind("attachment")
def find_attachment(user, name) -> Download | None:
    """The paper of this name, if this person may see its case."""
    seen = Attachment.objects.of(Proposal.objects.visible_to(user))
    paper = seen.select_related("proposal").filter(name=name).first()
    if paper is None:
        return None
    note = partial(readings.note, user, "添付資料", paper.proposal.number, names.shown(paper.original_name))
    return download_of(paper, warning=WARNINGS.get(paper.scan, ""), on_leaving=note)


def download_of(paper: Attachment, **more) -> Download:
    """The paper as it leaves, a dangerous one never; a proposer gets the own papers without a warning."""
    return Download(
        store.place_of(paper.name),
        paper.original_name,
        paper.content_type,
        refusal=REFUSAL if paper.is_infected else "",
        **more,
    )
