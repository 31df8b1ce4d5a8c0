"""An update as it comes: a folder, a zip file of that folder, or one of the wheels in it."""

from __future__ import annotations

import hashlib
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Protocol

from kiosk.update.contents import LARGEST_SHEET, SHEET, SIGNATURE, Contents, Mark, opened
from kiosk.update.refused import Refused

_PIECE = 1 << 20
_NO_ZIP = (zipfile.BadZipFile, RuntimeError, UnicodeDecodeError)
"""What no zip file, one of a kind that nobody reads, or names that are none are found by."""
_SPOILED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError)
"""What is packed so that it cannot be unpacked."""


class Stick(Protocol):
    """Where files can be read from."""

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Raises OSError where there is none."""


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        path = self._folder / name
        if not path.is_file():  # a pipe would be waited for
            raise FileNotFoundError(name)
        return path.open("rb")


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        try:
            return self._archive.open(name)
        except (KeyError, *_NO_ZIP):  # it may be closed with a password
            raise FileNotFoundError(name) from None


@contextmanager
def stick_at(path: Path) -> Iterator[Stick]:
    """Raises Refused where there is no update."""
    for folder in (path, path.parent, path.parent.parent):
        # A wheel lies beside the sheet, or in the folder `wheels` below it.
        if folder.is_dir() and (folder / SHEET).is_file() and (folder == path or path.suffix == ".whl"):
            yield _Folder(folder)
            return
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, *_NO_ZIP):
        raise Refused("no_update", name=path.name) from None
    with archive:
        yield _Zip(archive)


def contents_of(stick: Stick, keys: tuple[str, ...]) -> Contents:
    """What it says of itself, once the signature is sure. Raises Refused."""
    try:
        with stick.open(SHEET) as sheet, stick.open(SIGNATURE) as signed:
            return opened(sheet.read(LARGEST_SHEET), signed.read(1000), keys)
    except (OSError, *_SPOILED):
        raise Refused("no_update", name=SHEET) from None


def bring(stick: Stick, contents: Contents, into: Path) -> None:
    """Copy every file that was signed, and no other, looking at each byte. Raises Refused, OSError.

    What lies on the stick may be another file a moment later: only the copies are used.
    """
    for name, mark in contents.files.items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            source = stick.open(name)
        except OSError:
            raise Refused("file_gone", name=name) from None
        with source as read, path.open("xb") as written:
            _copy(read, written, mark, name)


def _copy(read: IO[bytes], written: IO[bytes], mark: Mark, name: str) -> None:
    digest, left = hashlib.sha256(), mark.size
    try:
        # One byte more than was signed is enough to know.
        while left >= 0 and (piece := read.read(min(_PIECE, left + 1))):
            digest.update(piece)
            written.write(piece)
            left -= len(piece)
    except _SPOILED:
        raise Refused("file_changed", name=name) from None
    if left != 0 or digest.hexdigest() != mark.sha256:
        raise Refused("file_changed", name=name)
    written.flush()
    os.fsync(written.fileno())
