"""HTML to PDF with Japanese fonts; without pango the caller shows its print page instead."""

import os
from collections.abc import Callable, Iterable
from ctypes.util import find_library
from functools import cache
from importlib.resources import files
from pathlib import Path

from django.conf import settings

from cityhall import printing
from cityhall.printing import NotPrinted

LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
FAMILY = '"BIZ UDPGothic", "Noto Sans CJK JP"'
SYSTEM_FONTS = Path("/usr/share/fonts/truetype/bizud-gothic")
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
{dirs}
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


class NoPango(NotPrinted):
    """This machine cannot make a PDF."""


def available() -> bool:
    """Whether this machine can make a PDF: all three libraries of pango are there."""
    return "pango" not in settings.HIDDEN_PACKAGES and _libraries_found()


@cache
def _libraries_found() -> bool:
    return all(find_library(name) for name in LIBRARIES)


def font_folders() -> list[str]:
    """BIZ UDPGothic where the system has it; always Noto behind it, for the kanji of rare names."""
    system = [str(SYSTEM_FONTS)] if SYSTEM_FONTS.is_dir() and "fonts" not in settings.HIDDEN_PACKAGES else []
    return system + [str(files(f"noto_cjk_sans_jp_{weight}")) for weight in ("regular", "bold")]


def write_fonts_conf() -> Path:
    """The fontconfig file with our folders alone, so that every machine prints the same."""
    folder = settings.VAR / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    dirs = "\n".join(f"  <dir>{path}</dir>" for path in font_folders())
    draft = folder / f"fonts.conf.{os.getpid()}"
    draft.write_text(FONTS_CONF.format(dirs=dirs, cache=folder / "cache"))
    return draft.replace(folder / "fonts.conf")


def render(html: str) -> bytes:
    """The PDF of a page of ours; refuses every file and address the page asks for, except data: URLs.

    Raises NoPango on a machine that cannot, and NotPrinted what takes too long, too much memory or too many
    pages. Slow: called in the worker, never while a visitor waits.
    """
    return render_together(lambda sheets: [html])


def render_together(
    pages: Callable[[list[int]], Iterable[str]], front: Callable[[list[int]], str] | None = None
) -> bytes:
    """Several pages as one PDF, and one before them; each is told how many sheets those before it took."""
    if not available():
        raise NoPango("この機械にはpangoがないため、PDFを作れません。")
    return printing.together(pages, _environment, front)


def _environment() -> dict[str, str]:
    """What the press is told: where the fonts are, and nothing of the site's."""
    known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return known | {"FONTCONFIG_FILE": str(write_fonts_conf()), "PYTHONDONTWRITEBYTECODE": "1"}
