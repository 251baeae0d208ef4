"""墨塗り: what is blacked out of a dossier, wherever it stands, and why."""

import re
from collections.abc import Iterable

BLACK = "■■■■"
CONTACT, NAMES, STAFF, WISH, CHOSEN = "contact", "names", "staff", "wish", "chosen"
REASONS = {
    CONTACT: "連絡先",
    NAMES: "個人の氏名",
    STAFF: "職員の氏名",
    WISH: "提案者が非公開を希望",
    CHOSEN: "窓口が選択",
}
PICKED = ("messages", "records", "papers", "decision_papers")  # what the desk picks by hand
MARKS = re.compile(f"{BLACK}（({'|'.join(REASONS.values())})）")
LEAST = 2  # a single sign stands in every text


class Ink:
    """The words to black out, each with its reason; longer ones first, so that none shows by a part."""

    def __init__(self):
        self._words: dict[str, str] = {}
        self._pattern = None

    def add(self, reason: str, *words: str) -> None:
        """Black these out wherever they stand, with spaces and line breaks between their signs or without."""
        for word in words:
            key = re.sub(r"\s", "", str(word or ""))
            if len(key) >= LEAST:
                self._words.setdefault(key, reason)
        self._pattern = None

    def over(self, text: str) -> str:
        """The text with a ■ and the reason in place of each of them."""
        if not self._words or not text:
            return text
        if self._pattern is None:
            longest = sorted(self._words, key=len, reverse=True)
            self._pattern = re.compile("|".join(_spaced(word) for word in longest), re.IGNORECASE)
        return self._pattern.sub(self._mark, text)

    def hides(self, data) -> bool:
        """Whether any text in it has a word to black out."""
        return any(self.over(text) != text for text in leaves(data))

    def _mark(self, found: re.Match) -> str:
        key = re.sub(r"\s", "", found[0])
        reason = self._words.get(key) or next(
            (why for word, why in self._words.items() if word.casefold() == key.casefold()), CHOSEN
        )
        return mark(reason)


def mark(reason: str) -> str:
    return f"{BLACK}（{REASONS[reason]}）"


def leaves(data) -> Iterable[str]:
    """Every text in what is nested, so that none escapes by how it is written down."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from (text for value in data.values() for text in leaves(value))
    elif isinstance(data, list | tuple):
        yield from (text for value in data for text in leaves(value))


def drawn(html: str) -> str:
    """The finished page with a black bar in place of each mark, its words in white on it."""
    return MARKS.sub(r'<b class="ink">伏せました（\1）</b>', html)


def _spaced(word: str) -> str:
    return r"\s*".join(re.escape(sign) for sign in word)


def phones(number: str) -> Iterable[str]:
    """A telephone number as it may be written."""
    return (number, re.sub(r"\D", "", number or ""))
