"""Everything known of a case in order of time, as the dossier tells it."""

from dataclasses import dataclass
from datetime import date

from cityhall import calendar
from cityhall.models import OutgoingMail
from proposals.dossier import ink
from proposals.models import Attachment, Proposal, Submission

NOT_TOLD = {"id", "proposal", "key", "search_text", "search_pairs", "submitted_at", "version", "pledges"}

PARTNER = "地域の団体"  # its address is no part of what is known of the case
# what the form lets withhold, and the fields it means; of 「その他」 nobody knows: the desk chooses
PARTS = {
    "取組の内容": ["activity"],
    "実施体制・実績": ["capacity"],
    "費用": ["cost", "cost_amount"],
    "知的財産・ノウハウ": ["rights", "rights_note"],
    "団体の情報": ["representative", "local_base"],
}


@dataclass
class Entry:
    """One thing that happened: its day, what it was, who did it, and its words as term and value."""

    on: date
    order: int
    title: str
    who: str
    rows: list[tuple[str, str]]


class Telling:
    """A case as one reader may see it: the ink is filled first, then everything passes under it."""

    def __init__(self, case: Proposal, redactions: dict):
        self.case, self.redactions, self.ink = case, redactions, ink.Ink()
        self.records = list(
            case.records.order_by("sequence").select_related(
                "by", "posting__department", "department", "text"
            )
        )
        self.versions = list(case.submissions.order_by("version").select_related("theme"))
        self.messages = list(case.messages.order_by("pk").select_related("by", "department"))
        self.sheets = list(
            case.hearings.order_by("pk")
            .select_related("department", "asked_by", "answered_by", "drafted_by")
            .prefetch_related("questions__asked_by")
        )
        self.papers = list(case.attachments.order_by("pk"))
        self.letters = list(OutgoingMail.objects.filter(about=case.number).order_by("pk"))
        self._fill()

    # --- what is blacked out --------------------------------------------------

    def _chosen(self, what: str) -> set[int]:
        return set(self.redactions.get(what, ()))

    def _fill(self) -> None:
        self._fill_people()
        if self.redactions.get(ink.WISH):
            for version in self.versions:
                for name in wished(version):
                    self.ink.add(ink.WISH, *_values(version, name))
        for message in self.messages:
            if message.pk in self._chosen("messages"):
                self.ink.add(ink.CHOSEN, message.text)
        for record in self.records:
            if record.pk in self._chosen("records") and hasattr(record, "text"):
                self.ink.add(ink.CHOSEN, record.text.text)
        for paper in self.papers:
            if paper.pk in self._chosen("papers"):
                self.ink.add(ink.CHOSEN, paper.original_name)

    def _fill_people(self) -> None:
        person = getattr(self.case, "contact", None)
        if person and self.redactions.get(ink.CONTACT):
            self.ink.add(ink.CONTACT, person.email, *ink.phones(person.phone))
        if self.redactions.get(ink.NAMES):
            names = [person.name, person.kana] if person else []
            self.ink.add(ink.NAMES, *names, *(version.representative for version in self.versions))
            self.ink.add(ink.NAMES, *(met.who for met in self.case.encounters.all()))
        if self.redactions.get(ink.STAFF):
            told = [record.by for record in self.records] + [sheet.answered_by for sheet in self.sheets]
            told += [sheet.asked_by for sheet in self.sheets] + [self.case.officer]
            told += [sheet.drafted_by for sheet in self.sheets]
            told += [asked.asked_by for sheet in self.sheets for asked in sheet.questions.all()]
            told += [person for d in self.case.decisions.all() for person in (d.decided_by, d.prepared_by)]
            self.ink.add(ink.STAFF, *{str(person) for person in told if person})

    # --- what is told ---------------------------------------------------------

    def head(self) -> list[tuple[str, str]]:
        """What the case is, and whom to call."""
        case, person = self.case, getattr(self.case, "contact", None)
        rows = [
            ("受付番号", case.number),
            ("件名", case.title),
            ("団体", case.organization.name),
            ("段階", case.get_step_display()),
            ("所管課", str(case.department or "")),
            ("担当", str(case.officer or "")),
            ("窓口の要約", case.summary),
            ("次の窓口", case.next_place),
        ]
        if person:
            rows += [
                ("連絡先の部署", person.section),
                ("連絡先の氏名", f"{person.name}（{person.kana}）"),
                ("電話", person.phone),
                ("メール", person.email),
            ]
        return self._under_ink(rows)

    def entries(self) -> list[Entry]:
        """All that happened, the oldest first."""
        found = [
            *map(self._record, self.records),
            *map(self._version, self.versions),
            *map(self._message, self.messages),
            *map(self._letter, self.letters),
            *(entry for sheet in self.sheets for entry in self._sheet(sheet)),
            *map(self._decision, self.case.decisions.with_people()),
            *map(self._seen, self.case.assessments.select_related("reader")),
        ]
        return sorted(found, key=lambda entry: (entry.on, entry.order))

    def files(self) -> list[Attachment]:
        """The papers that go along: clean of viruses, and not blacked out."""
        return [p for p in self.papers if not p.is_infected and p.pk not in self._chosen("papers")]

    def left_out(self) -> list[tuple[str, str]]:
        """The papers that do not, and why."""
        infected = [(p.original_name, "危険なものが見つかったため") for p in self.papers if p.is_infected]
        chosen = [(ink.mark(ink.CHOSEN), "墨塗り") for p in self.papers if p.pk in self._chosen("papers")]
        return self._under_ink(infected) + chosen

    def _entry(self, on: date, order: int, title: str, who: str, rows) -> Entry:
        return Entry(on, order, self.ink.over(title), self.ink.over(who), self._under_ink(rows))

    def _under_ink(self, rows) -> list[tuple[str, str]]:
        return [(term, self.ink.over(value)) for term, value in rows if value]

    def _record(self, record) -> Entry:
        title = record.get_kind_display()
        if record.source and record.source != record.target:
            title += f"：{record.get_source_display()} → {record.get_target_display()}"
        text = record.text.text if hasattr(record, "text") else ""
        who = f"{record.posting}　{record.by}" if record.posting else record.get_acted_as_display()
        rows = [("判断", record.get_verdict_display()), ("課", str(record.department or "")), ("文", text)]
        rows.append(
            (
                "記録した時刻",
                f"{calendar.wareki(calendar.jst_date(record.entered_at))}（{record.sequence}番）",
            )
        )
        return self._entry(record.on, record.sequence, title, who, rows)

    def _version(self, version: Submission) -> Entry:
        hidden = wished(version) if self.redactions.get(ink.WISH) else set()
        rows = [
            (label, ink.mark(ink.WISH) if name in hidden else _said(version, name))
            for name, label in _fields(version)
            if _said(version, name)
        ]
        on = calendar.jst_date(version.submitted_at)
        return self._entry(on, 0, f"届いたままの提案 第{version.version}版", "提案者", rows)

    def _message(self, message) -> Entry:
        on = calendar.jst_date(message.sent_at)
        who = str(message.by or message.get_side_display())
        due = calendar.wareki(message.due_on) if message.due_on else ""
        text = ink.mark(ink.CHOSEN) if message.pk in self._chosen("messages") else message.text
        title = "お尋ね" if message.asks else f"やりとり（{message.get_side_display()}から）"
        return self._entry(on, 10_000, title, who, [("文", text), ("返事の期限", due)])

    def _letter(self, letter) -> Entry:
        rows = [
            ("件名", letter.subject),
            ("宛先", PARTNER if ":partner:" in letter.key else letter.to),
            ("状態", letter.get_state_display()),
        ]
        return self._entry(calendar.jst_date(letter.created_at), 20_000, "メール", "自動", rows)

    def _sheet(self, sheet) -> list[Entry]:
        asked = [
            ("お願い", sheet.get_request_display()),
            ("つなぐ理由", sheet.reason),
            ("該当するテーマ", "、".join(sheet.topics)),
            ("配慮すること", sheet.care),
        ]
        title = f"つなぐシート：{sheet.department}"
        found = [self._entry(sheet.asked_on, 5_000, f"{title}へ", str(sheet.asked_by or ""), asked)]
        found += [self._wished(asked, title) for asked in sheet.questions.all()]
        if ended_on := sheet.ended_on:
            answered = [
                ("返事", sheet.get_answer_display()),
                ("返事の中身", sheet.answer_text),
                ("貴課の困りごと", sheet.own_trouble),
                ("いつなら", sheet.possible_when),
                ("提案者に伝えてよい範囲", sheet.get_tellable_display()),
                ("次の一歩", "　".join(filter(None, [sheet.next_step, sheet.next_when]))),
                ("下書きした人", str(sheet.drafted_by or "")),
                ("待たない理由", sheet.waived_reason),
            ]
            found.append(self._entry(ended_on, 5_001, f"{title}から", str(sheet.answered_by or ""), answered))
        return found

    def _decision(self, decision) -> Entry:
        proxy = f"窓口（{decision.prepared_by}）が紙の決裁から準備" if decision.is_by_proxy else ""
        conditions = "／".join(f"{c.text}（{c.owner}）" for c in decision.conditions.all())
        rows = [
            ("理由の区分", decision.get_reason_code_display()),
            ("理由", decision.reason),
            ("決裁区分", decision.get_authority_display()),
            ("起案番号", decision.draft_number),
            ("合議課", "・".join(map(str, decision.consulted.all()))),
            ("条件", conditions),
            ("代理入力", proxy),
            ("決裁の写し", "、".join(map(str, decision.papers.all()))),
            ("見たロジックモデル", decision.logic_model_label),
            ("見たものの指紋", decision.seen_hash),
        ]
        title = f"判断：{decision.get_verdict_display()}" + ("（代理入力）" if proxy else "")
        return self._entry(decision.decided_on, 30_000, title, str(decision.decided_by), rows)

    def _wished(self, asked, title: str) -> Entry:
        rows = [("尋ねたいこと", asked.text), ("窓口からの答え", asked.told)]
        on = calendar.jst_date(asked.asked_at)
        return self._entry(on, 5_000, f"{title}からのお尋ね", str(asked.asked_by), rows)

    def _seen(self, reading) -> Entry:
        on = calendar.jst_date(reading.read_at)
        rows = [
            ("視点", str(reading.viewpoint)),
            ("見立て", str(reading.level)),
            ("ひとこと", reading.comment),
        ]
        return self._entry(on, 15_000, "見立て", str(reading.reader), rows)


# --- the proposer's words -----------------------------------------------------


def wished(version: Submission) -> set[str]:
    """The fields the proposer asks not to make public."""
    return {name for part in version.nondisclosure for name in PARTS.get(part, ())}


def _fields(version: Submission) -> list[tuple[str, str]]:
    return [(f.name, str(f.verbose_name)) for f in version._meta.concrete_fields if f.name not in NOT_TOLD]


def _said(version: Submission, name: str) -> str:
    value = getattr(version, f"get_{name}_display", lambda: getattr(version, name))()
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    if isinstance(value, date):
        return calendar.wareki(value)
    return "" if value is None else str(value)


def _values(version: Submission, name: str) -> list[str]:
    """What is blacked out elsewhere too: the words themselves, but no choice everybody may make."""
    value = getattr(version, name)
    return [value] if isinstance(value, str) and not version._meta.get_field(name).choices else []
