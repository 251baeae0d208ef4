"""Files as they come from outside, honest and otherwise, each made in a few lines."""

import hashlib
import io
import secrets
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter

from cityhall.refusal import NotAllowed
from cityhall.uploads import store
from proposals.models import Message
from proposals.services import attachments

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main+xml"),
}
TYPE = "application/vnd.openxmlformats-officedocument."


def upload(name="図.png", data=None):
    return SimpleUploadedFile(name, png() if data is None else data)


# pictures


def png(size=(8, 8), colour="red"):
    return _picture("PNG", size, colour)


def jpeg(size=(8, 8), colour="red"):
    return _picture("JPEG", size, colour)


def gif():
    return _picture("GIF", (8, 8), "red")


def _picture(form, size, colour):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return out.getvalue()


def png_of(width, height):
    """A PNG that says it is that large, and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    packed = (struct.pack(">I", len(c)) + t + c + struct.pack(">I", zlib.crc32(t + c)) for t, c in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


# PDF


def pdf(change=None, password=None, **lock):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if change:
        change(writer)
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128", **lock)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_of(*objects, trailer=b"/Root 1 0 R"):
    """A PDF written by hand: its objects one after the other, the first is the root."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    end = b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, len(out))
    return out + head + table + end


PAGES = b"<< /Type /Pages /Kids [] /Count 0 >>"


def pdf_with_packed(hidden):
    """A PDF whose third object lies packed in an object stream."""
    inside = b"3 0 " + hidden
    stream = zlib.compress(inside)
    dictionary = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(stream)
    objects = [b"<< /Type /Catalog /Pages 2 0 R /OpenAction 3 0 R >>", PAGES]
    out, places = b"%PDF-1.7\n", {}
    for number, body in [
        *enumerate(objects, start=1),
        (4, dictionary + b"\nstream\n" + stream + b"\nendstream"),
    ]:
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = [(0, 0, 255), (1, places[1], 0), (1, places[2], 0), (2, 4, 0), (1, places[4], 0), (1, len(out), 0)]
    index = b"".join(struct.pack(">BIB", *row) for row in rows)
    head = b"<< /Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R /Length %d >>" % len(index)
    end = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"5 0 obj\n" + head + b"\nstream\n" + index + end


# Word, Excel, PowerPoint and other archives


def office(ending="docx", more=None, types="", main=None):
    """A document of that kind with more entries, by name; `types` are more kinds of parts it names."""
    part, kind = MAIN[ending]
    listed = f'<Override PartName="/{part}" ContentType="{TYPE}{kind if main is None else main}"/>{types}'
    types_part = f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="x">{listed}</Types>'
    return archive({"[Content_Types].xml": types_part, part: "<x/>", **(more or {})})


def archive(entries, pack=ZIP_DEFLATED):
    out = io.BytesIO()
    with ZipFile(out, "w", pack) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return out.getvalue()


def stored(entries):
    return archive(entries, ZIP_STORED)


def table():
    """An Excel file as a library writes it."""
    book, out = Workbook(), io.BytesIO()
    book.active["A1"] = "架空"
    book.save(out)
    return out.getvalue()


def picture(name="図.png"):
    """A picture like no other, as it comes from a form."""
    return upload(name, png(colour=f"#{secrets.token_hex(3)}"))


def message(case, **fields):
    """A message of the proposer, for papers to hang on."""
    return Message.objects.create(
        proposal=case, key=secrets.token_hex(8), side="proposer", text="文", **fields
    )


def there():
    """What lies on the disk."""
    return sorted(store.on_disk())


def attach(draft, upload):
    """One file added to a draft, as the form does; a refusal is raised."""
    if refusals := attachments.attach_all_to_draft(draft, [upload]):
        raise NotAllowed(refusals[0])
    upload.seek(0)
    found = draft.attachments.filter(sha256=hashlib.sha256(upload.read()).hexdigest())
    return found.order_by("pk").last()
