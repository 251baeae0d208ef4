"""The names files bear: kept as they came, shown without what could deceive."""

import re
import unicodedata

LONGEST = 255
_NO_STORE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DECEIVES = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb/\\\\]"
)


def kept(name: str) -> str:
    """The name as data: its last part as it came, without what no database holds."""
    return _NO_STORE.sub("", re.split(r"[/\\]", name)[-1])


def shown(name: str) -> str:
    """The name for a page or a download: composed, and no sign in it that turns or hides others."""
    return unicodedata.normalize("NFC", _DECEIVES.sub("", name)).strip(" .") or "file"


def endings(name: str) -> list[str]:
    """What stands after each dot of the name as shown, in small letters; nothing where there is no dot."""
    return [part.strip().lower() for part in unicodedata.normalize("NFKC", shown(name)).split(".")[1:]]
