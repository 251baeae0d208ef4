"""Papers leave through the one view for files, to whoever may see their case; each opening is noted."""

from functools import partial

from cityhall import readings
from cityhall.access import has_role
from cityhall.files import Download, file_kind
from cityhall.models import Role
from cityhall.uploads import names, store
from proposals import introduction_paper, letter_paper, sheet_paper, town, town_book
from proposals.dossier import pack
from proposals.models import Announcement, Attachment, DecisionPaper, Dossier, Hearing, Introduction, Proposal
from proposals.models.attachment import StoredFile

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


@file_kind("decision-paper")
def find_decision_paper(user, name) -> Download | None:
    """The 決裁の写し of this name, if this person may see its case; each opening is noted."""
    seen = DecisionPaper.objects.of(Proposal.objects.visible_to(user))
    paper = seen.select_related("proposal").filter(name=name).first()
    if paper is None:
        return None
    note = partial(readings.note, user, "決裁の写し", paper.proposal.number, names.shown(paper.original_name))
    return download_of(paper, warning=WARNINGS.get(paper.scan, ""), on_leaving=note)


@file_kind("letter")
def find_letter(user, name) -> Download | None:
    """The PDF of an official letter, for whoever of the city hall may see its case."""
    seen = Announcement.objects.filter(proposal__in=Proposal.objects.visible_to(user))
    letter = seen.select_related("proposal").filter(paper=name).first() if name else None
    return letter_of(letter) if letter else None


def letter_of(letter: Announcement) -> Download:
    """The PDF as it leaves, to the city hall and to its proposer."""
    title = f"{letter.proposal.number}_結果のお知らせ.pdf"
    return Download(letter_paper.place_of(letter.paper), title, "application/pdf")


@file_kind("dossier")
def find_dossier(user, name) -> Download | None:
    """The made dossier of this name, for the desk alone; each taking is noted."""
    if not name or not has_role(user, Role.DESK):
        return None
    found = Dossier.objects.select_related("proposal").filter(name=name, state=Dossier.State.READY).first()
    if found is None:
        return None
    note = partial(readings.note, user, "ひとまとめ", found.proposal.number, found.filename)
    return Download(pack.place_of(found), found.filename, "application/zip", on_leaving=note)


@file_kind("sheet")
def find_sheet(user, name) -> Download | None:
    """The PDF of a つなぐシート as it is now, for the section that was asked and for the desk."""
    return _newest(Hearing.objects, sheet_paper, user, name, "つなぐシート")


@file_kind("introduction")
def find_introduction(user, name) -> Download | None:
    """The PDF of a meeting sheet as it is now, for the sections that come and for the desk."""
    return _newest(Introduction.objects, introduction_paper, user, name, "引き合わせの用紙")


def _newest(rows, printer, user, name: str, title: str) -> Download | None:
    key = name.partition("-")[0]
    if not (key.isascii() and key.isdigit() and len(key) < 16):
        return None
    seen = rows.printable_by(user).numbered().select_related("proposal__organization")
    found = seen.filter(pk=key).first()
    place = found and printer.place_of(found)
    if found is None or place.name != name:
        return None
    return Download(place, f"{title} {found.proposal.number}-{found.running}.pdf", "application/pdf")


@file_kind("town-book")
def find_town_book(user, name) -> Download | None:
    """The 資源の本 of an area as it is now, for the desk; one made before somebody left is not found."""
    places = {str(place): place for place in range(len(town.AREAS))}
    place = places.get(name.partition("-")[0])
    if place is None or not has_role(user, Role.DESK) or town_book.place_of(place).name != name:
        return None
    return Download(town_book.place_of(place), f"資源の本 {town.AREAS[place]}.pdf", "application/pdf")


def download_of(paper: StoredFile, **more) -> Download:
    """The paper as it leaves, a dangerous one never; a proposer gets the own papers without a warning."""
    return Download(
        store.place_of(paper.name),
        paper.original_name,
        paper.content_type,
        refusal=REFUSAL if paper.is_infected else "",
        **more,
    )
