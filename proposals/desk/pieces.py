"""Small pieces of a list that say the same in many lines: each drawn once by its template, then kept."""

from functools import lru_cache
from urllib.parse import quote_plus

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

KEPT = 1024


@lru_cache(KEPT)
def bars(place: int, name: str) -> SafeString:
    """The six short bars over the step's name."""
    return render_to_string("parts/_step_bars.html", {"place": place, "name": name})


@lru_cache(KEPT)
def turn(holder: str, name: str) -> SafeString:
    """Shape and word of whose turn it is."""
    return render_to_string("parts/_turn.html", {"holder": holder, "name": name})


@lru_cache(KEPT)
def left(words: str, is_late: bool) -> SafeString:
    """How far a deadline is."""
    row = {"left": words, "due": {"is_late": is_late}}
    return render_to_string("proposals/desk/_left.html", {"row": row})


@lru_cache(KEPT)
def tags(is_to_announce: bool, news: str, is_held: bool, is_proposal: bool) -> SafeString:
    """What is special about a case."""
    case = {"is_to_announce": is_to_announce, "news": news, "is_held": is_held, "is_proposal": is_proposal}
    return render_to_string("proposals/desk/_case_tags.html", {"case": case})


def line(ticks: str, **words) -> SafeString:
    """A case in a list."""
    return format_html(_line(ticks, *words), **words)


@lru_cache(KEPT)
def _line(ticks: str, *names: str) -> SafeString:
    """Drawn once, with a {place} for each of its words."""
    places = {name: f"{{{name}}}" for name in names}
    return render_to_string("proposals/desk/_row.html", {"ticks": ticks, **places})


@lru_cache(KEPT)
def pill(label: str, name: str, value: str, choices: tuple[tuple[str, str], ...], without: str) -> SafeString:
    """A filter with its choices and the chosen one; `without` is the address without it."""
    begun = f"{without}{'&' if '?' in without else '?'}{name}="
    options = [(words, begun + quote_plus(str(key)), str(key) == value) for key, words in choices if key]
    chosen = next((words for words, _, is_chosen in options if is_chosen), "")
    told = {"label": label, "chosen": chosen, "options": [("すべて", without, not value), *options]}
    return render_to_string("proposals/desk/_pill.html", {"pill": told})
