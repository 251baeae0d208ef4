"""A disk that is really full: a file system of a few megabytes."""

import subprocess

import pytest

from cityhall.uploads import store

SIZE = 3  # MB


@pytest.fixture
def full_disk(tmp_path, settings, monkeypatch):
    """MEDIA_ROOT on a tmpfs of 3 MB, without the floor that would refuse before it is full."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", place], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small file system")
    settings.MEDIA_ROOT = str(place)
    monkeypatch.setattr(store, "has_room", lambda size=0: store.folder().mkdir(exist_ok=True) or True)
    yield place
    subprocess.run(["umount", "-l", place], check=True)
