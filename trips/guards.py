"""What must be there before a TRIP moves on: each guard names what is missing, in words for the section."""


def to_start(trip) -> list[str]:
    """① → ②: somebody to travel with."""
    return [] if trip.partners.exists() else ["一緒に旅をする団体を1つ以上書く"]


def to_bear(trip) -> list[str]:
    """② → ③: the trial was looked back on, and something came of it."""
    missing = []
    if not any(event.is_review for event in trip.events.all()):
        missing.append("ふり返りの記録を書く")
    if not trip.results.exists():
        missing.append("生まれたものを1つ以上書く")
    return missing


def to_go_on(trip) -> list[str]:
    """③ → ④: the next journey has begun."""
    return [] if trip.links_down.exists() else ["次の旅（子の共創プロジェクト）をつなぐ"]
