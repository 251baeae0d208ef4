"""Who could meet whom at ④, each with its reasons in words; for people to judge, never acted upon."""

from proposals.fitting.reasons import Candidate, Reason, Word
from proposals.fitting.wish import Wish

__all__ = ["Candidate", "Reason", "Wish", "Word"]
