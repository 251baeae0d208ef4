"""How a case came to the desk that did not come through the form: by what, and through whom (経路)."""

from proposals.models import Encounter

PAPER = "paper"
HOW = [(PAPER, "紙（持参・郵送・FAX）"), *Encounter.Kind.choices]
ROUTES = [("self", "本人から"), ("section", "庁内の課から"), ("outside", "庁外の方から")]


def in_words(how: str = "", route: str = "") -> str:
    """来庁で届きました（庁内の課から）."""
    by = "紙" if how == PAPER else dict(HOW).get(how, "")
    through = dict(ROUTES).get(route, "")
    return (f"{by}で届きました" if by else "届きました") + (f"（{through}）" if through else "")
