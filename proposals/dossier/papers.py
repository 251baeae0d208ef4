"""The files that go along in the ZIP, and those that do not, each with why."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zipfile import ZipFile

from cityhall import calendar
from cityhall.panels import panels_for
from cityhall.uploads import names, store
from proposals import letter_paper, seen
from proposals.dossier import ink
from proposals.dossier.content import Telling

INFECTED, GONE, COVERED = "危険なものが見つかったため", "保管した場所に見つからないため", "墨塗り"
HAS_WORDS = "伏せる言葉があるため（中身は「起きたこと」の文にあります）"
NEVER = [
    (
        "書いた人だけが使った下書き",
        "組織で用いる文書でないため（所属長に渡したものは載せています）",
    ),
    ("つなぐシートと受付票の紙", "中身がすべて「起きたこと」にあるため"),
    ("共創調整会議の資料", "ほかの案件と一緒の書類のため（この案件の分は「起きたこと」にあります）"),
    ("共創プロジェクト（TRIP）の記録", "案件化のあとの、別のひとまとまりのため"),
]


@dataclass
class Paper:
    """A file of the case: its name, what it is, where it lies or its bytes, and the texts in it."""

    name: str
    what: str
    source: Path | bytes
    words: object = ()  # looked through for what is blacked out; empty where nobody can look
    note: str = ""
    kept_out: str = ""  # why it does not go along
    place: str = ""

    @cached_property
    def sha256(self) -> str:
        if isinstance(self.source, bytes):
            return hashlib.sha256(self.source).hexdigest()
        with self.source.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def put_into(self, zipped: ZipFile) -> None:
        if isinstance(self.source, bytes):
            zipped.writestr(self.place, self.source)
        else:
            zipped.write(self.source, self.place)


def sorted_out(telling: Telling) -> tuple[list[Paper], list[tuple[str, str]]]:
    """Those that go along, numbered so that two of one name stay two; and what stays, with why."""
    going, staying = [], []
    for paper in _papers(telling):
        name = names.shown(telling.ink.over(paper.name))
        if why := paper.kept_out or _why_not(paper, telling.ink):
            staying.append((f"{name}（{telling.ink.over(paper.what)}）", why))
            continue
        paper.place, paper.what = f"files/{len(going) + 1:02}_{name}", telling.ink.over(paper.what)
        going.append(paper)
    return going, staying + NEVER


def _why_not(paper: Paper, under: ink.Ink) -> str:
    if isinstance(paper.source, Path) and not paper.source.is_file():
        return GONE
    return HAS_WORDS if under.hides(paper.words) else ""


def _papers(telling: Telling) -> Iterator[Paper]:
    yield from _attachments(telling)
    yield from _decision_papers(telling)
    yield from _letters(telling)
    for panel in panels_for("proposal.papers", telling.case, None):
        yield from (Paper(**paper) for paper in panel.context["papers"])
    yield from _seen(telling)


def _attachments(telling: Telling) -> Iterator[Paper]:
    for paper in telling.case.attachments.with_words():
        came = f"第{paper.submission.version}版の添付資料" if paper.submission else "やりとりの添付資料"
        yield _stored(paper, came, paper.pk in telling.chosen("papers"))


def _decision_papers(telling: Telling) -> Iterator[Paper]:
    for paper in telling.case.decision_papers.select_related("decision"):
        of = paper.decision.get_verdict_display() if paper.decision else "確かめていない下書き"
        yield _stored(paper, f"紙の決裁の写し（{of}）", paper.pk in telling.chosen("decision_papers"))


def _stored(paper, what: str, is_chosen: bool) -> Paper:
    why = INFECTED if paper.is_infected else COVERED if is_chosen else ""
    place = store.place_of(paper.name)
    return Paper(paper.original_name, what, place, note=paper.get_scan_display(), kept_out=why)


def _letters(telling: Telling) -> Iterator[Paper]:
    for letter in telling.case.announcements.exclude(paper=""):
        on = calendar.wareki(letter.dated_on) if letter.dated_on else ""
        parts = (letter.document_number, letter.addressee, letter.sender, letter.subject, letter.text)
        place = letter_paper.place_of(letter.paper)
        yield Paper("結果のお知らせ.pdf", f"お知らせの紙（{on}）", place, words=parts)


def _seen(telling: Telling) -> Iterator[Paper]:
    """What lay before the head, byte for byte as its fingerprint was taken."""
    for decision in telling.case.decisions.exclude(seen={}):
        what = f"判断のときに見たもの（{decision.get_verdict_display()}。指紋は記録と同じ）"
        data = seen.plain(decision.seen).encode()
        yield Paper("判断のときに見たもの.json", what, data, words=decision.seen)
