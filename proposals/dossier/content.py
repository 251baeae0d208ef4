"""Everything known of a case in order of time, as the dossier tells it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from cityhall import calendar
from cityhall.models import User
from cityhall.templatetags.zama import clock, short_date
from proposals.dossier import hiding, ink, rows
from proposals.dossier.entry import Entry
from proposals.dossier.rows import Rows
from proposals.dossier.things import things
from proposals.models import Proposal, ProposalRecord
from proposals.sentences import CHANGED, in_full
from proposals.workflow import Kind


class Telling:
    """A case as one reader may see it: the ink is filled first, then everything passes under it."""

    def __init__(self, case: Proposal, redactions: dict):
        self.case, self.redactions, self.ink = case, redactions, ink.Ink()
        people = ("by", "posting__department", "department", "text", "encounter")
        self.records = list(case.records.order_by("sequence").select_related(*people))
        hiding.fill(self.ink, case, redactions)

    def chosen(self, what: str) -> set[int]:
        """The rows of the case the desk picked by hand."""
        return set(self.redactions.get(what, ()))

    @property
    def hidden(self) -> str:
        """What is blacked out, in words."""
        reasons = [words for key, words in ink.REASONS.items() if self.redactions.get(key)]
        picked = any(self.chosen(what) for what in ink.PICKED)
        return "、".join([*reasons, *([ink.REASONS[ink.CHOSEN]] if picked else [])])

    def head(self) -> Rows:
        """What the case is, and whom to call."""
        case, person = self.case, getattr(self.case, "contact", None)
        found = [
            *rows.told(case, "track", "first_contact_on", "received_on", "department"),
            ("共管の課", "、".join(str(joint.department) for joint in case.joint_sections.all())),
            *rows.told(case, "officer", "summary", "next_place"),
        ]
        if person:
            name = f"{person.name}（{person.kana}）" if person.kana else person.name
            found += [("連絡先", "　".join(filter(None, [person.section, name])))]
            found += rows.told(person, "phone", "email", "ways", "consideration")
        return self.under_ink(found)

    def entries(self) -> list[Entry]:
        """All that happened, the oldest first; what a record is about stands with the record."""
        about, found = defaultdict(list), []
        for entry in things(self.case, self.records, self.redactions):
            if entry.record_id:
                about[entry.record_id] += entry.rows
            else:
                found.append(entry)
        found += [self._record(record, about[record.pk]) for record in self.records]
        return [self._inked(entry) for entry in sorted(found, key=lambda e: (e.on, e.at, e.order))]

    def under_ink(self, told: Rows) -> Rows:
        """Terms and values without what is blacked out; a term without a value is gone."""
        return [(self.ink.over(term), self.ink.over(value)) for term, value in told if value]

    def _inked(self, entry: Entry) -> Entry:
        title, who = self.ink.over(entry.title), self.ink.over(entry.who)
        return replace(entry, title=title, who=who, rows=self.under_ink(entry.rows))

    # --- records ------------------------------------------------------------------

    def _record(self, record: ProposalRecord, told: Rows) -> Entry:
        title = in_full(record).removesuffix("。")
        who = f"{record.posting}　{record.by}" if record.posting else record.get_acted_as_display()
        department = str(record.department or "")
        told = [
            ("課", "" if department in title else department),
            *told,
            (_term(record), _words_beside(record, told)),
            *self._changes(record),
        ]
        kind, mark = record.get_kind_display(), self._mark(record)
        return Entry(record.on, record.entered_at, record.sequence, kind, title, who, told, mark)

    def _changes(self, record: ProposalRecord) -> Iterator[tuple[str, str]]:
        for name, pair in record.data.get("values", {}).items():
            old, new = (_officer(one) if name == "officer" else one for one in pair)
            yield CHANGED[name], f"{old or 'なし'} → {new or 'なし'}"
        if record.kind == Kind.REVISED:
            changed = record.data.get("changed", ())
            yield "書き直したところ", "、".join(str(f.verbose_name) for f in rows.FIELDS if f.name in changed)

    def _mark(self, record: ProposalRecord) -> str:
        """記録3番　10:00, and which record took its place."""
        written_on = calendar.jst_date(record.entered_at)
        at = clock(record.entered_at) if written_on == record.on else f"{short_date(written_on)}に記録"
        later = next((one for one in self.records if one.supersedes_id == record.pk), None)
        what = "取消し" if later and later.kind == Kind.UNDONE else "訂正"
        void = f"（のちに記録{later.sequence}番で{what}）" if later else ""
        return f"記録{record.sequence}番　{at}{void}"


def _term(record: ProposalRecord) -> str:
    return CHANGED["summary"] if "summary" in record.data.get("changed", ()) else "文"


def _words_beside(record: ProposalRecord, told: Rows) -> str:
    """The words of the record, unless what it is about has just said them."""
    text = record.text.text if hasattr(record, "text") else ""
    return "" if text.strip() in [value.strip() for _, value in told] else text


def _officer(key: int | None) -> str:
    return str(User.objects.filter(pk=key).first() or "") if key else ""
