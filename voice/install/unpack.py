"""A folder out of an archive that somebody else made: nothing outside the folder, nothing endless."""

from __future__ import annotations

import errno
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

MOST_BYTES = 6_000_000_000
MOST_FILES = 20_000
_BLOCK = 1 << 20


class UnpackTrouble(Exception):
    """It cannot be unpacked; the message is for staff."""


def unpack(archive: Path, folder: Path, most_bytes: int = MOST_BYTES, most_files: int = MOST_FILES) -> None:
    """Into `folder`, without the one folder that is around everything. Raises UnpackTrouble."""
    left, files = most_bytes, 0
    try:
        for name, content in _members(archive):
            files += 1
            if files > most_files:
                raise UnpackTrouble("there are more files in it than in any voice")
            left -= _put(folder / _safe(name), content, left)
    except UnpackTrouble:
        raise
    except OSError as fault:
        raise UnpackTrouble(_words(fault)) from fault
    except (
        tarfile.TarError,
        zipfile.BadZipFile,
        EOFError,
        ValueError,
        RuntimeError,
    ) as fault:
        raise UnpackTrouble(
            "the archive is damaged, or none that is known (zip, tar.bz2, tar.gz, tar.xz)"
        ) from fault
    if not files:
        raise UnpackTrouble("the archive is empty")
    _lift(folder)


def copy_folder(source: Path, folder: Path, most_bytes: int = MOST_BYTES) -> None:
    """The same from a folder, on a stick for example. Links are not followed. Raises UnpackTrouble."""
    left = most_bytes
    try:
        for file in sorted(source.rglob("*")):
            if file.is_symlink() or not file.is_file():
                continue
            with file.open("rb") as content:
                left -= _put(folder / file.relative_to(source), content, left)
    except OSError as fault:
        raise UnpackTrouble(_words(fault)) from fault
    _lift(folder)


def _members(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Plain files by name; links and devices are no part of a voice."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as packed:
            for member in packed.infolist():
                if not member.is_dir():
                    with packed.open(member) as content:
                        yield member.filename, content
        return
    with tarfile.open(archive, "r:*") as rolled:
        for entry in rolled:
            plain = rolled.extractfile(entry) if entry.isreg() else None
            if plain:
                yield entry.name, plain


def _safe(name: str) -> Path:
    """The path inside the folder. Raises UnpackTrouble for one that leads out of it."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name or not path.parts:
        raise UnpackTrouble("a file in it wants to lie outside its folder; nothing was installed")
    return Path(*path.parts)


def _put(path: Path, content: IO[bytes], most: int) -> int:
    """The bytes written. An archive may say anything about its sizes, so what comes out is counted."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with path.open("xb") as file:
        while block := content.read(_BLOCK):
            size += len(block)
            if size > most:
                raise UnpackTrouble("what is in it is larger than any voice")
            file.write(block)
    return size


def _lift(folder: Path) -> None:
    """What lies in one folder alone comes up to where it is looked for."""
    inside = list(folder.iterdir())
    while len(inside) == 1 and inside[0].is_dir():
        (only,) = inside
        aside = only.rename(folder / ".lifted")
        inside = [Path(shutil.move(str(one), str(folder / one.name))) for one in aside.iterdir()]
        aside.rmdir()


def _words(fault: OSError) -> str:
    if fault.errno == errno.ENOSPC:
        return "the disk is full; make room and give the same command again"
    if fault.errno == errno.EEXIST:
        return "two files in it have one name"
    return f"cannot be copied: {fault.strerror}"
