"""The field for papers: several at once, each refusal told by name."""

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from proposals.forms.papers import HINT, Papers
from tests import make_files as files


class Form(forms.Form):
    papers = Papers()


def form(*uploads):
    return Form({}, MultiValueDict({"papers": list(uploads)}))


def test_it_gives_the_files_in_their_order():
    uploads = [files.upload("一.png"), files.upload("二.pdf", files.pdf())]

    filled = form(*uploads)

    assert filled.is_valid()
    assert filled.cleaned_data["papers"] == uploads


def test_nothing_chosen_is_an_empty_list():
    assert form().is_valid()
    assert form().fields["papers"].clean([]) == []


def test_every_file_that_is_not_taken_is_told_by_name():
    filled = form(files.upload("一.png"), files.upload("二.exe"), files.upload("三.pdf", b""))

    assert filled.errors["papers"] == [
        "「二.exe」は受け取れませんでした。この形式（.exe）は、開くと動くものを含むため受け取れません。"
        "PDFにして送り直してください。",
        "「三.pdf」は受け取れませんでした。中身がありません（0バイト）。書類を確かめて、選び直してください。",
    ]


def test_a_sixth_is_told_without_looking_into_it():
    filled = form(*[files.upload(f"{n}.png") for n in range(5)], files.upload("六.exe"))

    assert filled.errors["papers"] == [
        "書類は一度に5つまでです。6つ選ばれています。残りは次の文に付けてください。"
    ]


def test_the_page_offers_several_files_of_the_kinds_we_take():
    shown = str(form()["papers"])

    assert 'type="file"' in shown
    assert " multiple" in shown
    assert 'accept=".pdf,.docx,.xlsx,.pptx,.jpg,.jpeg,.png"' in shown
    assert "10MB" in HINT


def test_a_file_is_looked_at_once():
    field, upload = Papers(), files.upload("一.png")
    field.clean([upload])
    upload.close()  # what is looked at again would fail

    again = field.clean([upload])

    assert again == [upload]


@pytest.mark.parametrize("typed", [None, "", []])
def test_whatever_is_no_file_is_none(typed):
    assert Papers().clean(typed) == []
