"""Papers: taken in up to five, passed on with what was sent, told in words when refused."""

import hashlib
import io
import secrets

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cityhall.refusal import NotAllowed
from cityhall.uploads import store
from proposals.models import Attachment, Draft
from proposals.services import attachments
from tests import make

pytestmark = pytest.mark.django_db


def png(colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


def upload(name="図.png", data=None):
    return SimpleUploadedFile(name, data or png(f"#{secrets.token_hex(3)}"))


@pytest.fixture
def draft():
    return Draft.objects.create(code_hash=secrets.token_hex(8), key=secrets.token_hex(8), kept_until=make.LONG_AGO)


def test_a_file_added_to_a_draft_lies_under_a_random_name(draft):
    file = upload("図面①㈱.png")

    paper = attachments.attach_to_draft(draft, file)

    data = store.place_of(paper.name).read_bytes()
    assert paper.original_name == "図面①㈱.png"
    assert (paper.size, paper.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert (len(paper.name), paper.draft, paper.scan) == (64, draft, Attachment.Scan.UNSCANNED)
    assert store.place_of(paper.name).stat().st_mode & 0o777 == 0o640
