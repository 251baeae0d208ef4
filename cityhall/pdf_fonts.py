"""Fonts for paper."""


def available() -> bool:
    return False
