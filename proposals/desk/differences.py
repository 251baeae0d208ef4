"""What two people changed in one text, phrase by phrase."""

import re
from difflib import SequenceMatcher

PHRASE = re.compile(r"[^、。\n]*[、。\n]|[^、。\n]+")


def marked(before: str, after: str) -> list[tuple[str, str]]:
    """The text as pairs of "same", "added" or "gone" and words."""
    old, new = PHRASE.findall(before), PHRASE.findall(after)
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(old[i:j])))
        else:
            found += [("gone", "".join(old[i:j])), ("added", "".join(new[k:m]))]
    return [(kind, words) for kind, words in found if words]
