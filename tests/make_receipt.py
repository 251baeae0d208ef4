"""A proposer with number and code before their own page."""

import re
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from pypdf import PdfWriter

from proposals.services import decisions
from tests import make

CODE = "23456-789AB-CDEFG-HJKMN-PQRST-UVWXY"
QUESTION = "開ける曜日と時間は決まっていますか。"


def url(name, *args):
    return reverse(f"public:{name}", args=args)


def visit(case, code=CODE):
    """A browser that has opened the receipt of a case."""
    client = Client()
    client.post(url("receipt"), {"number": case.number, "code": code})
    return client


def page(case, name="receipt"):
    return visit(case).get(url(name))


def strip_of(case):
    return page(case).context["strip"]


def read(response):
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def decide(case, name="go", **more):
    told = {"decided_on": timezone.localdate(), "reason": "理由", **more}
    return decisions.decide(make.reload(case), name, by=make.head(case.department), **told)


def stamp(client):
    return client.get(url("receipt")).context["form"]["stamp"].value()


def pdf(name="間取り.pdf"):
    return SimpleUploadedFile(name, pdf_bytes(), content_type="application/pdf")


def pdf_bytes():
    writer, file = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(file)
    return file.getvalue()
