"""What a Japanese text speaks of, and how near two texts are.

Japanese has no spaces, so words are compared by their pairs of signs. A pair of kanji or katakana tells most,
one with hiragana little; what every second proposal speaks of (高齢者, 小学校, 市内 …) tells little too.
"""

import re
import unicodedata
from functools import lru_cache

from proposals import search

WEIGHTS = (1.0, 0.3, 0.1)  # of a pair with none, one, two hiragana
OF_COMMON_WORDS = 0.3
LONGEST = 300  # signs of a text that are compared
COMMON = re.compile(
    "高齢者|一人暮らし|小学校|中学校|学校|大学生|学生|子供|市内|市民|地域|座間市?|当社|提案|協力|事業|活動|毎月|毎週|連携|支援|市"
)
CHILDREN = re.compile("子ども|こども")
HIRAGANA = re.compile("[ぁ-ゖ]")
PARTICLES = "ぁあぃいぅうぇえぉおがのをにはでとへや"
KATAKANA = re.compile("[ァ-ヺー]{2}")
CONTENT = re.compile(r"[^\Wぁ-ゖ_]{2,}")


def telling(words: str) -> list[str]:
    """The kanji and katakana words of a text but for common ones, each once: 夕食, 宅配, 見守."""
    return list(dict.fromkeys(CONTENT.findall(COMMON.sub("。", _folded(words)))))


def likeness(one: str, other: str) -> float:
    """Dice's coefficient over weighted pairs of signs: 0 for nothing in common, 1 for the same words."""
    ours, theirs = _pairs(one), _pairs(other)
    whole = sum(ours.values()) + sum(theirs.values())
    return 2 * sum(ours[pair] for pair in ours.keys() & theirs.keys()) / whole if whole else 0.0


def phrases(one: str, other: str, most: int = 3) -> list[str]:
    """The longest stretches both texts hold, common words left out."""
    there, found = _folded(other), []
    for part in re.split(r"[^\w]+", COMMON.sub("。", _folded(one))):
        start = 0
        while start < len(part) - 1:
            shared = _stretch(part, start, there)
            if len(HIRAGANA.sub("", shared)) > 1:
                found.append(shared.strip(PARTICLES))
            start += max(len(shared), 1)
    return sorted(dict.fromkeys(found), key=len, reverse=True)[:most]


def _stretch(part: str, start: int, there: str) -> str:
    """The longest piece from here on that stands there too; none from inside a katakana word."""
    if KATAKANA.match(part[max(start - 1, 0) : start + 1]):
        return ""
    end = start
    while end < len(part) and part[start : end + 1] in there:
        end += 1
    return part[start:end]


def _folded(words: str) -> str:
    return CHILDREN.sub("子供", unicodedata.normalize("NFKC", words[:LONGEST]).casefold())


@lru_cache(maxsize=256)
def _pairs(words: str) -> dict[str, float]:
    folded = _folded(words)
    found = {pair: OF_COMMON_WORDS * weight for pair, weight in _weighted(folded)}
    return found | dict(_weighted(COMMON.sub("。", folded)))


def _weighted(folded: str):
    for part in re.split(r"[^\w]+", folded):
        for n in range(len(part) - 1):
            yield part[n : n + 2], WEIGHTS[len(HIRAGANA.findall(part[n : n + 2]))]


def stem(word: str) -> str:
    """連絡 of 連絡先: two kanji are a word, and three often another one's."""
    return search.key(word if KATAKANA.match(word) else word[:2])
