"""What must be there before a TRIP moves on: each guard names what is missing, in words for the section."""

from django.utils import timezone

RESTS = "休止を終えて、再開する"


def to_start(trip) -> list[str]:
    """① → ②: somebody to travel with."""
    return [] if trip.partners.all() else ["一緒に旅をする団体を1つ以上書く"]


def to_bear(trip) -> list[str]:
    """② → ③: the trial was looked back on, and something came of it."""
    missing = _resting(trip)
    if not any(event.is_review for event in trip.events.all()):
        missing.append("ふり返りの記録を書く")
    if not trip.results.all():
        missing.append("生まれたものを1つ以上書く")
    return missing


def to_go_on(trip) -> list[str]:
    """③ → ④: the next journey has begun."""
    return _resting(trip) + ([] if trip.links_down.exists() else ["次の旅（子の共創プロジェクト）をつなぐ"])


def to_rest(trip) -> list[str]:
    """A rest: somebody looks again, on a day to come."""
    if trip.resting_since:
        return ["もう休止しています"]
    is_planned = trip.review_on and trip.review_on > timezone.localdate()
    return [] if is_planned else ["休止を見直す日（次のふり返りの日）を、明日からの日に決める"]


def to_resume(trip) -> list[str]:
    """Going on after a rest: there is one, and still somebody to travel with."""
    return to_start(trip) if trip.resting_since else ["休止していません"]


def to_stop(trip) -> list[str]:
    """終結・引継ぎ合意: everybody was told, each duty left has somebody, a day to meet again is set."""
    missing = [f"{name}に終わりを知らせる" for name in untold(trip)]
    ownerless = (duty for duty in trip.duties.all() if duty.is_ownerless)
    missing += [f"残る務め「{duty}」の担い手を決める" for duty in ownerless]
    if trip.recontact_on is None or trip.recontact_on <= timezone.localdate():
        missing.append("また会う日を決める")
    return missing


def to_end(trip) -> list[str]:
    """The end: as for a stop, and nothing planned is left open."""
    open_ones = (milestone for milestone in trip.milestones.all() if milestone.is_open)
    missing = [f"節目「{milestone}」を終えるか、取りやめる" for milestone in open_ones]
    reports = (report for report in trip.reports.all() if not report.is_accepted)
    return to_stop(trip) + missing + [f"{report}を受け取るか、取りやめる" for report in reports]


def untold(trip) -> list[str]:
    """Whom nobody has told of the end, each once."""
    return list(dict.fromkeys(str(partner) for partner in trip.partners.all() if partner.told_on is None))


def _resting(trip) -> list[str]:
    return [RESTS] if trip.resting_since else []
