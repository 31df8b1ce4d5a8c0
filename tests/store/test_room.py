"""Nobody fills in a form that could not be handed in: the disk is looked at before (K44)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.store import space
from kiosk.store.space import BALLAST, BALLAST_BYTES, NEEDED, give_back, has_room, lay_ballast, make_room


class Disk:
    """A disk whose free bytes grow when the reserve goes."""

    def __init__(self, folder: Path, free: int) -> None:
        self.folder, self.free = folder, free
        self.total, self.used = 10**12, 0

    def __call__(self, _: Path) -> Disk:
        gone = 0 if (self.folder / BALLAST).exists() else BALLAST_BYTES
        return Disk(self.folder, self.free + gone)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reserve that is quickly written."""
    monkeypatch.setattr(space, "BALLAST_BYTES", 2 << 20)
    monkeypatch.setattr(space, "_PLENTY", 4 << 20)


@pytest.mark.usefixtures("small")
def test_the_reserve_takes_real_room_once_and_gives_it_back(tmp_path: Path) -> None:
    assert lay_ballast(tmp_path)
    assert lay_ballast(tmp_path)
    kept = (tmp_path / BALLAST).stat()
    assert (kept.st_size, kept.st_mode & 0o077) == (2 << 20, 0)
    assert kept.st_blocks * 512 >= 2 << 20
    assert give_back(tmp_path)
    assert not give_back(tmp_path)


def test_a_disk_with_little_room_takes_no_reserve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", Disk(tmp_path, -BALLAST_BYTES + 100))
    assert not lay_ballast(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_opened_once_more_by_the_reserve_and_then_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / BALLAST).write_bytes(b"x")
    monkeypatch.setattr(shutil, "disk_usage", Disk(tmp_path, NEEDED - 1))
    assert not has_room(tmp_path)
    assert make_room(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", Disk(tmp_path, NEEDED - 1 - BALLAST_BYTES))
    assert not make_room(tmp_path)
