"""Dossiers made and read back, as tests need them."""

import re
import subprocess
from zipfile import ZipFile

from proposals import tasks
from proposals.dossier import pack
from proposals.services import dossiers
from tests import make
from tests.services import private

ALL = {"contact": True, "names": True, "staff": True, "wish": True}


def made(case, desk, **redactions):
    """A dossier as the worker made it."""
    order = dossiers.order_dossier(
        make.reload(case), by=desk, reason="情報公開請求 第1号", redactions=redactions
    )
    assert tasks.make_dossier(order.pk)
    order.refresh_from_db()
    return order


def unpacked(dossier):
    with ZipFile(pack.place_of(dossier)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def read_back(pdf, folder, tool="pdftotext", *options):
    """What a tool of poppler says of a PDF."""
    private.need("poppler")
    file = folder / "case.pdf"
    file.write_bytes(pdf)
    command = [tool, *options, str(file), *(["-"] if tool == "pdftotext" else [])]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def words(pdf, folder):
    """All its words, without spaces and ends of lines."""
    return re.sub(r"\s", "", read_back(pdf, folder))


def pages(pdf, folder):
    """Its pages, each as its lines from top to bottom."""
    said = read_back(pdf, folder, "pdftotext", "-layout").split("\f")[:-1]
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in said]
