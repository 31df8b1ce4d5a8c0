"""Archives that other people made: unpacked where they should be, or not at all."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pytest

from voice.install.unpack import UnpackTrouble, copy_folder, unpack

VOICE = {"voice/model.onnx": b"network", "voice/tokens.txt": b"_ 0\n", "voice/espeak-ng-data/phontab": b"p"}


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def rolled(path: Path, files: Mapping[str, bytes]) -> Path:
    kinds: Mapping[str, Literal["w:gz", "w:bz2", "w:xz"]] = {".gz": "w:gz", ".bz2": "w:bz2", ".xz": "w:xz"}
    with tarfile.open(path, kinds[path.suffix]) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path


def lying_in(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "new"
    made.mkdir()
    return made


@pytest.mark.parametrize("name", ["v.zip", "v.tar.bz2", "v.tar.gz", "v.tar.xz"])
def test_the_folder_around_everything_is_left_out(tmp_path: Path, folder: Path, name: str) -> None:
    make = zipped if name.endswith("zip") else rolled
    unpack(make(tmp_path / name, VOICE), folder)
    assert lying_in(folder) == {path.removeprefix("voice/"): content for path, content in VOICE.items()}


@pytest.mark.parametrize("name", ["../outside", "/outside", "a/../../outside", "..\\outside", "c:\\outside"])
@pytest.mark.parametrize("make", [zipped, rolled])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, folder: Path, name: str, make: object) -> None:
    file = tmp_path / ("v.zip" if make is zipped else "v.tar.gz")
    archive = (zipped if make is zipped else rolled)(file, {name: b"x"})
    with pytest.raises(UnpackTrouble, match="outside"):
        unpack(archive, folder)
    assert lying_in(tmp_path).keys() == {file.name}


def test_links_and_devices_are_no_part_of_a_voice(tmp_path: Path, folder: Path) -> None:
    with tarfile.open(tmp_path / "v.tar.gz", "w:gz") as archive:
        for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("pipe", tarfile.FIFOTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/hostname"
            archive.addfile(entry)
        entry = tarfile.TarInfo("tokens.txt")
        archive.addfile(entry, io.BytesIO(b""))
    unpack(tmp_path / "v.tar.gz", folder)
    assert os.listdir(folder) == ["tokens.txt"]


def test_what_comes_out_is_counted_not_what_the_archive_says(tmp_path: Path, folder: Path) -> None:
    bomb = zipped(tmp_path / "v.zip", {"a": bytes(2_000_000), "b": bytes(2_000_000)})
    assert bomb.stat().st_size < 10_000
    with pytest.raises(UnpackTrouble, match="larger"):
        unpack(bomb, folder, most_bytes=3_000_000)


def test_too_many_files_are_too_many(tmp_path: Path, folder: Path) -> None:
    archive = zipped(tmp_path / "v.zip", {str(n): b"" for n in range(20)})
    with pytest.raises(UnpackTrouble, match="more files"):
        unpack(archive, folder, most_files=10)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\3\4" + bytes(100), b"BZh91AY&SY" + bytes(50)])
def test_a_damaged_archive_is_told(tmp_path: Path, folder: Path, content: bytes) -> None:
    (tmp_path / "v.zip").write_bytes(content)
    with pytest.raises(UnpackTrouble, match="damaged"):
        unpack(tmp_path / "v.zip", folder)


def test_a_half_archive_is_told(tmp_path: Path, folder: Path) -> None:
    whole = rolled(tmp_path / "v.tar.bz2", {"voice/model.onnx": os.urandom(50_000)}).read_bytes()
    (tmp_path / "v.tar.bz2").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnpackTrouble, match="damaged"):
        unpack(tmp_path / "v.tar.bz2", folder)


def test_an_empty_archive_is_told(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(UnpackTrouble, match="empty"):
        unpack(zipped(tmp_path / "v.zip", {}), folder)


def test_of_a_folder_on_a_stick_links_are_not_followed(tmp_path: Path, folder: Path) -> None:
    stick = tmp_path / "stick" / "voice"
    stick.mkdir(parents=True)
    (stick / "tokens.txt").write_bytes(b"_ 0\n")
    (stick / "hosts").symlink_to("/etc/hosts")
    copy_folder(tmp_path / "stick", folder)
    assert lying_in(folder) == {"tokens.txt": b"_ 0\n"}
