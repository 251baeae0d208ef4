"""提案: a case, the words it came in, and all that the desk and the sections add to it."""

from proposals.models.answering import AnswerDraft, SectionQuestion
from proposals.models.attachment import Attachment
from proposals.models.care import Assessment, Encounter, Relation, Seed, Todo
from proposals.models.deciding import DecisionDraft, DecisionPaper, Fairness, JointSection
from proposals.models.decision import Condition, Decision
from proposals.models.dossier import Dossier
from proposals.models.draft import Draft
from proposals.models.hearing import Hearing
from proposals.models.hint import Hint
from proposals.models.imports import TableImport
from proposals.models.jobs import DeskJob
from proposals.models.ledger import LedgerRow
from proposals.models.marks import ResourceMark
from proposals.models.matching import Dismissal, Introduction, Match, MatchParty
from proposals.models.meeting import Meeting, MeetingItem, MeetingPaper
from proposals.models.message import Announcement, Message
from proposals.models.organization import (
    Organization,
    OrganizationKind,
    OrganizationRecord,
    OrganizationRecordText,
)
from proposals.models.proposal import Category, Origin, Proposal, Track
from proposals.models.receipt import OneTimeNumber, ReceiptCode
from proposals.models.record import ProposalRecord, ProposalRecordText
from proposals.models.resource import Resource
from proposals.models.submission import Contact, Submission
from proposals.models.support import Delivery, Support
from proposals.models.theme import Theme
from proposals.models.tools import Measure, ReplyText, SavedFilter

__all__ = [
    "Announcement",
    "AnswerDraft",
    "Assessment",
    "Attachment",
    "Category",
    "Condition",
    "Contact",
    "Decision",
    "DecisionDraft",
    "DecisionPaper",
    "Delivery",
    "DeskJob",
    "Dismissal",
    "Dossier",
    "Draft",
    "Encounter",
    "Fairness",
    "Hearing",
    "Hint",
    "Introduction",
    "JointSection",
    "LedgerRow",
    "Match",
    "MatchParty",
    "Measure",
    "Meeting",
    "MeetingItem",
    "MeetingPaper",
    "Message",
    "OneTimeNumber",
    "Organization",
    "OrganizationKind",
    "OrganizationRecord",
    "OrganizationRecordText",
    "Origin",
    "Proposal",
    "ProposalRecord",
    "ProposalRecordText",
    "ReceiptCode",
    "Relation",
    "ReplyText",
    "Resource",
    "ResourceMark",
    "SavedFilter",
    "SectionQuestion",
    "Seed",
    "Submission",
    "Support",
    "TableImport",
    "Theme",
    "Todo",
    "Track",
]
