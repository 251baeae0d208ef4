"""By which marks one of the town's strengths is found, and which words of two texts meet.

A mark is an activity of the survey (told apart by whether it is open to people of 座間市), a form of help, or
a word. A word is two kanji or a katakana word: longer runs of kanji are parted, so that 食材運搬 meets 運搬.
"""

from collections.abc import Iterable
from functools import lru_cache

from proposals.telling import KATAKANA, telling

HERE, NEARBY, FORM, WORD = "a", "b", "f", "w"
TOWN = "座間市"
MOST_WORDS = 40  # of one question
KEPT = 4096  # texts whose words are remembered
LONGEST = 24  # signs of a mark
# fmt: off
EMPTY = frozenset({  # words every second text of this kind has: they tell nothing
    "参加", "利用", "開催", "実施", "場所", "時間", "無料", "一緒", "必要", "対象", "相談", "紹介", "募集",
    "登録", "団体", "会員", "活用", "提供", "希望", "可能", "架空", "週間", "時期", "仕組", "工夫", "関係",
    "課題", "困難", "自分", "今後", "現在", "以上", "程度", "年度", "住民", "市役", "役所", "会社", "社員",
    "株式", "法人", "人手", "担当", "調整", "全体", "内容", "情報", "方法", "案内", "対応", "機会", "実現",
    "目的", "効果", "継続", "取組", "一人", "二人", "大人", "時々", "午前", "午後", "平日", "週末", "土日",
    "夕方", "家庭", "家族", "居場", "年間", "近所", "身近", "毎日", "技術", "指導", "部屋", "世話",
})
# fmt: on


def words_of(*texts: str) -> dict[str, str]:
    """The words the texts speak of, by their mark, in the order they come."""
    found: dict[str, str] = {}
    for text in texts:
        if text:
            found |= _words_of(text)
    return found if len(found) <= MOST_WORDS else dict(list(found.items())[:MOST_WORDS])


@lru_cache(KEPT)
def _words_of(text: str) -> dict[str, str]:
    """Of one text: the same troubles and strengths are read again and again."""
    parts = (part for run in telling(text) for part in _parted(run))
    return {f"{WORD}{part}"[:LONGEST]: part for part in parts if part not in EMPTY}


def _parted(run: str) -> list[str]:
    """学習 and 支援 of 学習支援, 夕食 of 夕食; a katakana word stays whole."""
    if KATAKANA.match(run) or len(run) <= 2:
        return [run]
    starts = [*range(0, len(run) - 1, 2), len(run) - 2]
    return list(dict.fromkeys(run[n : n + 2] for n in starts))


def activity(name: str, *, is_here: bool) -> str:
    return f"{HERE if is_here else NEARBY}{name}"


def form(name: str) -> str:
    return f"{FORM}{name}"


def of_strength(
    *, activities: Iterable[str], forms: Iterable[str], areas: Iterable[str], told: Iterable[str]
) -> set[str]:
    """All marks by which an organisation or activity is found."""
    is_here = TOWN in areas
    found = {activity(name, is_here=is_here) for name in activities} | set(map(form, forms))
    return found | words_of(*told).keys()
