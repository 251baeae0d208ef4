"""庁内: departments, people and their postings, closed days, numbers, letters."""

from cityhall.models.calendar import ClosedDay
from cityhall.models.department import Department
from cityhall.models.letter import Notice, OutgoingMail
from cityhall.models.number import Counter
from cityhall.models.people import Letters, Posting, PostingKind, Role, User
from cityhall.models.reading import Reading
from cityhall.models.record import ActedAs, Record, RecordText

__all__ = [
    "ActedAs",
    "ClosedDay",
    "Counter",
    "Department",
    "Letters",
    "Notice",
    "OutgoingMail",
    "Posting",
    "PostingKind",
    "Reading",
    "Record",
    "RecordText",
    "Role",
    "User",
]
