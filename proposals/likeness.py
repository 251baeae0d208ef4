"""Whether a text speaks of what some words are about: the word itself, or most of its pairs of letters."""

import re

from cityhall import text

NEAR = 0.6  # share of a longer word's pairs found in the text
LONG = 4


def alike(words: str, told: str) -> str:
    """The first of the words (parted by 、・ and spaces) the text speaks of; empty if it speaks of none."""
    key = text.search_key(told)
    for word in re.split(r"[、，,・／/\s]+", words):
        if word and _speaks_of(text.search_key(word), key):
            return word
    return ""


def _speaks_of(word: str, told: str) -> bool:
    if len(word) < 2:
        return False
    return word in told or (len(word) >= LONG and _share(word, told) >= NEAR)


def _share(word: str, told: str) -> float:
    pairs = {word[i : i + 2] for i in range(len(word) - 1)}
    return sum(pair in told for pair in pairs) / len(pairs)
