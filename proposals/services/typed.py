"""What somebody typed and has not sent yet, as every database keeps it: the draft of any form."""

import json
import re

from cityhall.refusal import NotAllowed

TOO_LONG = "文が長すぎて、下書きに保存できません。短くしてから、もう一度押してください。"
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL's JSON takes neither


def storable(said: dict, *, most: int = 60_000) -> dict:
    """What was typed, by field, with a mark for what no database keeps: the field then says what is wrong.

    Refuses more than `most` bytes together.
    """
    kept = {_storable(name): _storable(typed) for name, typed in said.items()}
    if len(json.dumps(kept, ensure_ascii=False).encode()) > most:
        raise NotAllowed(TOO_LONG)
    return kept


def _storable(typed: str | list[str]) -> str | list[str]:
    if isinstance(typed, list):
        return [_storable(one) for one in typed]
    return _NOT_STORABLE.sub("\ufffd", typed) if isinstance(typed, str) else typed
