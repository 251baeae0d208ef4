"""The one view through which files leave: whom the finder lets, as an attachment, with a harmless name."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory

from cityhall import files


@pytest.fixture
def paper(tmp_path, monkeypatch):
    """A file of a kind of its own that only the person called 田中 may have."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7 content")
    monkeypatch.setattr(files, "_FINDERS", {})

    @files.file_kind("paper")
    def find(user, name):
        filename = {"one": "提案書①.pdf", "evil": "\u202egpj.\r\nx/../..\\a.pdf"}.get(name)
        path_of = tmp_path / "gone" if name == "gone" else path
        may = str(user) == "田中" and (filename or name == "gone")
        return files.Download(path_of, filename or "x.pdf", "application/pdf") if may else None

    return path


def fetch(name="one", kind="paper", user="田中", method="get"):
    request = getattr(RequestFactory(), method)(f"/files/{kind}/{name}")
    request.user = user
    return files.download(request, kind, name)


def test_a_file_leaves_as_an_attachment_that_cannot_act(paper):
    answer = fetch()

    assert b"".join(answer) == paper.read_bytes()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%8F%90%E6%A1%88")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")


def test_the_name_loses_what_could_deceive(paper):
    answer = fetch("evil")

    assert answer.filename == "gpj.x....a.pdf"


@pytest.mark.parametrize(
    "wrong",
    [{"user": AnonymousUser()}, {"user": "佐藤"}, {"name": "none"}, {"name": "gone"}, {"kind": "other"}],
    ids=["stranger", "colleague", "no such file", "file is gone", "no such kind"],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_all_that_is_not_to_be_had_looks_the_same(paper, wrong, method):
    with pytest.raises(Http404):
        fetch(method=method, **wrong)
