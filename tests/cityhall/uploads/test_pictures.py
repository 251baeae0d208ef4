"""Pictures: looked at by their head, whatever they claim to hold."""

import tracemalloc

import pytest

from cityhall.uploads import pictures
from tests import make_files as files
from tests.cityhall.uploads.reasons import reason

BY_PICTURE = {
    "of too many dots": ("図.png", files.png_of(20_000, 20_000), pictures.TOO_LARGE),
    "just above": ("図.png", files.png_of(10_001, 8_000), pictures.TOO_LARGE),
    "only a beginning": ("図.png", b"\x89PNG\r\n\x1a\n", pictures.BROKEN),
    "only a beginning of a photo": ("図.jpg", b"\xff\xd8\xff\xe0", pictures.BROKEN),
}


@pytest.mark.parametrize("case", BY_PICTURE)
def test_a_picture_too_large_or_broken_is_refused(case):
    name, data, words = BY_PICTURE[case]

    assert reason(name, data) == words


def test_a_large_photo_is_taken_without_unpacking_it():
    data = files.png_of(10_000, 8_000)
    tracemalloc.start()

    found = reason("図.png", data)

    assert found == ""
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
