"""Pictures looked at by their head alone: their size in dots, nothing unpacked."""

from functools import partial
from typing import BinaryIO

from PIL import Image

from cityhall.refusal import NotAllowed

BROKEN = "画像として開けません。こわれていないか確かめて、送り直してください。"
TOO_LARGE = "画像が大きすぎます（縦×横で8千万画素まで）。小さくして送り直してください。"
PIXELS = 80_000_000  # below where the parser itself begins to worry


def _read_through(form: str, file: BinaryIO) -> None:
    """Refuses a picture that is broken, of another form, or of more dots than anybody needs."""
    try:
        with Image.open(file, formats=[form]) as picture:
            width, height = picture.size
    except Image.DecompressionBombError as error:
        raise NotAllowed(TOO_LARGE) from error
    except Exception as error:  # whatever a parser says of a file made to break it
        raise NotAllowed(BROKEN) from error
    if width * height > PIXELS:
        raise NotAllowed(TOO_LARGE)


jpeg, png = (partial(_read_through, form) for form in ("JPEG", "PNG"))
