"""Who opened what that not everybody may see: noted, so that it can be asked later."""

from cityhall.models import Reading


def note(user, what: str, about: str, detail: str = "") -> Reading:
    """Write down that this person opened something of a case (its number in `about`)."""
    return Reading.objects.create(by=user, what=what, about=about, detail=detail[:255])
