"""Two small papers a fictional proposer sends along: a plan of a room as picture, and as PDF."""

import io
from importlib.resources import files

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

SIZE, INK, PAPER = (640, 440), "#1a1a1a", "#ffffff"
# what is drawn: the corners of a wall, and words with their place
WALLS = [(40, 80, 600, 400), (40, 80, 240, 220), (520, 280, 600, 400)]
WORDS = [
    (40, 24, "架空の店の間取り図（60平方メートル）"),
    (90, 136, "実験台 3台"),
    (300, 230, "こども10人・大人4人まで"),
]
WORDS += [(532, 328, "入口")]


def plan() -> list[SimpleUploadedFile]:
    """The plan as an uploaded picture and as an uploaded PDF."""
    drawn = _draw()
    return [
        SimpleUploadedFile(f"間取り図（架空）.{form.lower()}", _as(drawn, form)) for form in ("PNG", "PDF")
    ]


def _draw() -> Image.Image:
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    for wall in WALLS:
        pen.rectangle(wall, outline=INK, width=3)
    font = ImageFont.truetype(_font(), 22)
    for *place, words in WORDS:
        pen.text(place, words, fill=INK, font=font)
    return picture


def _font() -> str:
    folder = files("noto_cjk_sans_jp_regular")
    return str(next(file for file in folder.iterdir() if file.name.endswith((".otf", ".ttf"))))


def _as(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()
