"""What the records of a case are about, and what happened without a record: each as an entry."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from cityhall import calendar
from cityhall.models import OutgoingMail
from proposals.dossier import ink, rows
from proposals.dossier.entry import LAST, Entry, alone, under
from proposals.dossier.rows import Rows, told
from proposals.models import AnswerDraft, DecisionDraft, Hearing, Proposal, ProposalRecord
from proposals.workflow import Kind

LETTER = ("document_number", "dated_on", "addressee", "sender", "subject", "text")
HINT = ("how", "organization_name", "person", "reach", "consent", "text", "answer")
PARTNER = "地域の団体"  # its address is no part of what is known of the case
DRAFT = "下書き（確かめていない文）"
Records = list[ProposalRecord]


def things(case: Proposal, records: Records, redactions: dict) -> Iterator[Entry]:
    """All of them, in no order."""
    yield from _versions(case, redactions)
    yield from _messages(case, records, redactions)
    yield from _sheets(case, records)
    for decision in case.decisions.with_people():
        yield under(decision.record, rows.of_decision(decision))
    for letter in case.announcements.select_related("record"):
        yield under(letter.record, told(letter, *LETTER))
    for met in case.encounters.select_related("record"):
        yield under(met.record, told(met, "kind", "who", "text"))
    yield from _marks(case)
    for hint in case.hints.select_related("department", "by"):
        title = f"{hint.department}が聞き、窓口につなぎました"
        yield alone(hint.made_at, "窓口につなぐ知らせ", title, hint.by, told(hint, *HINT), on=hint.heard_on)
    yield from _drafts(case)
    yield from _mails(case)


def _versions(case: Proposal, redactions: dict) -> Iterator[Entry]:
    for version in case.submissions.order_by("version").select_related("theme"):
        hidden = rows.wished(version) if redactions.get(ink.WISH) else set()
        said = [
            (term, ink.mark(ink.WISH) if name in hidden else words)
            for name, term, words in rows.of_version(version)
            if words
        ]
        title = f"届いたままの提案　第{version.version}版"
        yield alone(version.submitted_at, "提案", title, "提案者", said, order=0)


def _messages(case: Proposal, records: Records, redactions: dict) -> Iterator[Entry]:
    record_of = {record.data.get("message"): record for record in records}
    messages = case.messages.order_by("pk").select_related("by", "department")
    for message in messages.prefetch_related("attachments"):
        is_chosen = message.pk in redactions.get("messages", ())
        text = ink.mark(ink.CHOSEN) if is_chosen else message.text
        said = [("文", text), *rows.of_message(message)]
        if record := record_of.get(message.pk):
            yield under(record, said)
        else:
            title, who = "お尋ね" if message.asks else "連絡", message.by or message.get_side_display()
            yield alone(message.sent_at, "やりとり", title, who, said)


# --- sections ---------------------------------------------------------------------


def _sheets(case: Proposal, records: Records) -> Iterator[Entry]:
    people = ("department", "asked_by", "answered_by", "drafted_by", "passed_to__department")
    sheets = list(
        case.hearings.order_by("pk").select_related(*people).prefetch_related("questions__asked_by")
    )
    for sheet in sheets:
        title = f"つなぐシート：{sheet.department}"
        sent, ended = _sent(sheet, sheets, records), _ended(sheet, records)
        yield _with(sent, sheet.asked_on, records, f"{title}へ", sheet.asked_by, rows.of_sheet(sheet))
        for asked in sheet.questions.all():
            said = told(asked, "text", "told")
            yield alone(asked.asked_at, "課からのお尋ね", f"{title}からのお尋ね", asked.asked_by, said)
        if sheet.ended_on:
            said, who = rows.of_answer(sheet), sheet.answered_by
            yield _with(ended, sheet.ended_on, records, f"{title}から", who, said)


def _with(record: ProposalRecord | None, on: date, records: Records, title: str, who, said: Rows) -> Entry:
    """Under its record; what came from elsewhere and has none stands at the end of its day."""
    if record:
        return under(record, said)
    return alone(records[-1].entered_at, "つなぐシート", title, who, said, on=on)


def _sent(sheet: Hearing, sheets: list[Hearing], records: Records) -> ProposalRecord | None:
    """The record of its sending; a section may have been asked more than once."""
    same = [one.pk for one in sheets if one.department_id == sheet.department_id]
    return dict(zip(same, _about(sheet, records, Kind.ASKED), strict=False)).get(sheet.pk)


def _ended(sheet: Hearing, records: Records) -> ProposalRecord | None:
    """The record of its last answer; those taken back before keep their own words."""
    kind = Kind.ANSWERED if sheet.answer else Kind.WAIVED
    found = [one for one in _about(sheet, records, kind) if one.data.get("sheet") in (None, sheet.pk)]
    return next((one for one in reversed(found) if one.on == sheet.ended_on), None)


def _about(sheet: Hearing, records: Records, kind: Kind) -> Records:
    return [one for one in records if one.kind == kind and one.department_id == sheet.department_id]


# --- readings, drafts, mails ------------------------------------------------------------


def _marks(case: Proposal) -> Iterator[Entry]:
    found = case.assessments.select_related("reader").order_by("reader", "viewpoint")
    for reader, marks in groupby(found, key=lambda mark: mark.reader):
        marks = list(marks)
        title = f"見立て（9つの観点のうち{len(marks)}つ。点数ではなく、足し合わせません）"
        yield alone(max(mark.read_at for mark in marks), "見立て", title, reader, rows.of_marks(marks))


def _drafts(case: Proposal) -> Iterator[Entry]:
    """Those put before a head; what nobody but its writer used is no paper of the city (README)."""
    for draft in AnswerDraft.objects.filter(hearing__proposal=case).select_related("hearing__department"):
        if draft.handed_up_at or draft.returned_at:
            said = [*rows.of_draft(draft.said), ("書き直しの頼み", draft.returned_words)]
            title = f"{draft.hearing.department}の返事の{DRAFT}"
            yield alone(draft.saved_at, "下書き", title, draft.saved_by, said)
    draft = DecisionDraft.objects.filter(proposal=case).select_related("saved_by").first()
    if draft and (draft.handed_at or draft.returned_by_id):
        said = [*rows.of_drafted_verdict(draft.said), ("書き直しの頼み", draft.returned_text)]
        proxy = "・代理入力" if draft.is_by_proxy else ""
        yield alone(draft.saved_at, "下書き", f"判断の{DRAFT}{proxy}", draft.saved_by, said)


def _mails(case: Proposal) -> Iterator[Entry]:
    """The letters of a day together: they say only that something waits."""
    letters = OutgoingMail.objects.filter(about=case.number).order_by("created_at", "pk")
    for _, sent in groupby(letters, key=lambda letter: calendar.jst_date(letter.created_at)):
        sent = list(sent)
        said = [(letter.get_state_display(), f"{letter.subject}\n宛先　{_to(letter)}") for letter in sent]
        yield alone(
            sent[0].created_at, "メール", f"メールの知らせ（{len(sent)}通）", "自動", said, order=2 * LAST
        )


def _to(letter: OutgoingMail) -> str:
    return PARTNER if ":partner:" in letter.key else letter.to
