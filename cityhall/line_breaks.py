"""Breaking a Japanese text into lines: between phrases, few, even, and with kinsoku."""

from functools import cache, lru_cache
from itertools import accumulate, pairwise

from cityhall.measure import char_widths

OPENING = set("（「『【〈《〔([｛{")
CLOSING = set("）」』】〉》〕)]｝}")
SMALL = set("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々ゝゞ")
NEVER_FIRST = CLOSING | SMALL | set("、。，．,.・：；:;？！?!〜～…‥％%℃")
NEVER_LAST = OPENING | set("￥$#＃")
# Words the phrase model cuts in two.
TOGETHER = ["による", "によって", "によれば", "に対する", "に関する", "における", "として"]
TOGETHER += ["のための", "関係人口", "多分野"]


@lru_cache(maxsize=4096)
def break_lines(text: str, room: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """The text in lines no wider than the room, in px; only a single character may stand out."""
    sums = [0.0, *accumulate(char_widths(text, size, bold))]
    if sums[-1] <= room:
        return (text,)
    stops = _places(text, sums, room)
    return tuple(text[a:b].strip() for a, b in pairwise(_best(text, sums, stops, room)))


def _places(text, sums, room):
    """Where a line may end: after phrases; inside a phrase only when it alone is wider than the room."""
    places = [0, *sorted(_phrase_ends(text)), len(text)]
    for is_allowed in (_between_scripts, _may_break, lambda text, i: True):
        wide = [(a, b) for a, b in pairwise(places) if sums[b] - sums[a] > room]
        places = sorted({*places, *(i for a, b in wide for i in range(a + 1, b) if is_allowed(text, i))})
    return places


def _phrase_ends(text):
    ends = set(accumulate(len(phrase) for phrase in _parser().parse(text)))
    ends |= {i + 1 for i, char in enumerate(text) if char in "・　 "}
    ends |= {i for i, char in enumerate(text) if char in OPENING}
    return {i for i in ends - _inside_words(text) if _may_break(text, i)}


def _inside_words(text):
    inside = set()
    for word in TOGETHER:
        start = text.find(word)
        while start >= 0:
            inside.update(range(start + 1, start + len(word)))
            start = text.find(word, start + 1)
    return inside


def _may_break(text, i):
    if not 0 < i < len(text) or text[i] in NEVER_FIRST or text[i - 1] in NEVER_LAST:
        return False
    return not (_is_latin(text[i - 1]) and _is_latin(text[i]))


def _between_scripts(text, i):
    """Before a word rather than inside it: after a closing bracket, or where kana end and kanji begin."""
    before, after = text[i - 1], text[i]
    starts_word = "ぁ" <= before <= "ん" and not "ぁ" <= after <= "ん"
    return _may_break(text, i) and (starts_word or before in CLOSING)


def _is_latin(char):
    return char.isascii() and char.isalnum()


def _best(text, sums, places, room):
    """Fewest lines, then the smallest sum of squared rests; a line of one or two signs costs one more."""
    best = {0: (0, 0.0, None)}
    for j, end in enumerate(places[1:], start=1):
        options = []
        for i in range(j - 1, -1, -1):
            taken = sums[end] - sums[places[i]]
            if taken > room and i < j - 1:
                break
            lines, cost, _ = best[i]
            short = room * room if end - places[i] <= 2 else 0.0
            options.append((lines + 1, cost + (room - taken) ** 2 + short, i))
        best[j] = min(options)
    return _walk_back(best, places)


def _walk_back(best, places):
    at, ends = len(places) - 1, []
    while at is not None:
        ends.append(places[at])
        at = best[at][2]
    return ends[::-1]


@cache
def _parser():
    import budoux

    return budoux.load_default_japanese_parser()
