"""Files from outside: what is taken, where it lies, whether it is safe (reliability.md D15, D16)."""

from cityhall.uploads.check import Checked, check, checked

__all__ = ["Checked", "check", "checked"]
