"""Why a file is refused."""

import io

from cityhall.refusal import NotAllowed
from cityhall.uploads import check


def reason(name, data):
    """Why the file is refused; nothing when it is taken."""
    try:
        check(name, io.BytesIO(data() if callable(data) else data))
    except NotAllowed as refusal:
        return str(refusal)
    return ""
