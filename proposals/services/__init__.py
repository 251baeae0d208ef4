"""The verbs of the six steps: every write to a case goes through one of these."""

from proposals.services.moves import advance, moves_for

__all__ = ["advance", "moves_for"]
