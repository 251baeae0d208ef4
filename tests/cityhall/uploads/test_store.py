"""Where files lie: whole or not at all, under names nobody guesses, swept when nobody knows them."""

import os
import stat
import time

import pytest
from django.db import OperationalError, transaction

from cityhall.refusal import NotAllowed
from cityhall.uploads import names, store
from tests import make_files as files


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)


def there():
    return sorted(store.on_disk())


def keep(upload=None):
    with store.kept(upload or files.upload()) as file:
        return file


def test_a_kept_file_is_whole_private_and_named_by_chance():
    first, second = keep(), keep()

    place = store.place_of(first.name)
    assert place.read_bytes() == files.png()
    assert stat.S_IMODE(place.stat().st_mode) == 0o640
    assert first.name != second.name
    assert there() == sorted([first.name, second.name])


def test_what_is_refused_is_never_written():
    with pytest.raises(NotAllowed), store.kept(files.upload("案.exe")):
        pass

    assert there() == []


def test_what_goes_wrong_while_the_row_is_made_takes_the_file_off():
    with pytest.raises(NotAllowed), store.kept(files.upload()):
        raise NotAllowed("書類は5つまでです。")

    assert there() == []


def test_where_the_database_fails_the_file_stays_until_somebody_asks():
    with pytest.raises(OperationalError), store.kept(files.upload()):
        raise OperationalError

    assert len(there()) == 1


def test_a_full_disk_is_a_refusal_that_leaves_nothing(full_disk):
    large = files.upload("図.png", files.png().ljust(4 * 1024 * 1024, b"\0"))

    with pytest.raises(NotAllowed) as refusal, store.kept(large):
        pass

    assert str(refusal.value) == (
        "「図.png」は受け取れませんでした。いま、書類を置く場所が足りません。"
        "時間をおいて送り直すか、窓口へお電話ください。"
    )
    assert there() == []
    assert [p for p in full_disk.rglob("*") if p.is_file()] == []


def test_after_a_refusal_of_the_disk_a_smaller_file_is_taken(full_disk):
    with pytest.raises(NotAllowed), store.kept(files.upload("図.png", files.png().ljust(4 << 20, b"\0"))):
        pass

    kept = keep()

    assert there() == [kept.name]


def test_the_last_of_the_disk_stays_free(monkeypatch):
    monkeypatch.setattr(store, "FLOOR", 1 << 60)

    with pytest.raises(NotAllowed, match="置く場所が足りません"), store.kept(files.upload()):
        pass

    assert there() == []


def test_a_folder_nobody_may_write_to_is_a_refusal(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = str(tmp_path / "file")  # no folder at all

    with pytest.raises(NotAllowed, match="置く場所が足りません"), store.kept(files.upload()):
        pass


# taken off


def test_the_sweep_takes_old_files_without_a_row_and_tells_rows_without_a_file():
    known, orphan, fresh = keep().name, keep().name, keep().name
    for name in (known, orphan):
        os.utime(store.place_of(name), (time.time() - 3601,) * 2)

    missing = store.sweep(store.on_disk(), {known, "ab-gone"})

    assert there() == sorted([known, fresh])
    assert missing == ["ab-gone"]


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_only_when_that_its_row_went_is_sure():
    name = keep().name

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        store.discard_on_commit([name])
        raise ZeroDivisionError
    stayed = there()
    with transaction.atomic():
        store.discard_on_commit([name])

    assert (stayed, there()) == ([name], [])


def test_taking_off_what_is_gone_is_no_mistake():
    assert store.discard("ab" * 32) is None


# names


@pytest.mark.parametrize(
    ("name", "kept", "shown"),
    [
        ("図面①㈱.png", "図面①㈱.png", "図面①㈱.png"),
        ("C:\\Users\\架空\\案.pdf", "案.pdf", "案.pdf"),
        ("../../案.pdf", "案.pdf", "案.pdf"),
        ("案\u202efdp.exe", "案\u202efdp.exe", "案fdp.exe"),
        ("案\0\r\n.pdf", "案.pdf", "案.pdf"),
        ("か\u3099.pdf", "か\u3099.pdf", "が.pdf"),
        ("\u200b", "\u200b", "file"),
        (" . ", " . ", "file"),
    ],
)
def test_a_name_is_kept_as_it_came_and_shown_without_what_deceives(name, kept, shown):
    assert (names.kept(name), names.shown(names.kept(name))) == (kept, shown)
