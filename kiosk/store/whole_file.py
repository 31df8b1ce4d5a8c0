"""The second layer: the whole file encrypted with a key of this box, also one that was plain before.

What was handed in is sealed beneath it; this hides the rest (names of accounts, titles, words of staff) in a
copy of the file or in a backup without `site.key`.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from kiosk.durable import sync
from kiosk.security.derive import derived

LOCK_NAME = "store.lock"
_PLAIN = b"SQLite format 3\x00"
_CHUNK = 1 << 20


def file_key(site: bytes) -> bytes:
    """What the whole file is encrypted with."""
    return derived(site, "store file")


class OpenFile:
    """This program has the store open. While any has, nobody puts another file in its place."""

    def __init__(self, folder: Path) -> None:
        self._handle = os.open(folder / LOCK_NAME, os.O_RDONLY | os.O_CREAT, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def alone(self) -> bool:
        """Become the only one for a moment; False while another program has the store open."""
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # the change of a lock is no single step: the one from before may be gone
            fcntl.flock(self._handle, fcntl.LOCK_SH)
            return False
        return True

    def share(self) -> None:
        """Others may open it again."""
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def close(self) -> None:
        """This program has it open no more; a second time changes nothing."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)


def is_plain(path: Path) -> bool:
    """Can everybody read this file?"""
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN)) == _PLAIN
    except FileNotFoundError:
        return False


def key_for(path: Path, key: bytes, opened: OpenFile, *, encrypt: bool) -> bytes | None:
    """The key to open this file with; a plain one is encrypted first, where nobody else has it open."""
    if encrypt and is_plain(path) and opened.alone():
        try:
            if is_plain(path):
                _encrypt(path, key)
        finally:
            opened.share()
    if is_plain(path):
        return None
    exists = path.exists() and path.stat().st_size > 0
    return key if encrypt or exists else None


def _encrypt(path: Path, key: bytes) -> None:
    """A whole encrypted copy first, then one rename: a plug pulled anywhere leaves one of the two, whole."""
    copy = path.with_name(f"{path.name}.new")
    for left in (copy, copy.with_name(f"{copy.name}-journal")):
        left.unlink(missing_ok=True)
    if not _copied(path, copy, key):
        return
    sync(copy)
    old = os.open(path, os.O_RDWR)
    try:
        copy.rename(path)
        sync(path.parent)
        _wipe(old)
    finally:
        os.close(old)


def _copied(path: Path, copy: Path, key: bytes) -> bool:
    """False where a program that is not ours is at the file."""
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    connection: Any = dbapi2.connect(str(path), timeout=0, isolation_level=None)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        # folds the log in and removes it: a log of the plain file must never meet the new one
        with suppress(dbapi2.OperationalError):
            connection.execute("PRAGMA journal_mode = DELETE")
        if path.with_name(f"{path.name}-wal").exists():
            return False
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"ATTACH DATABASE ? AS closed KEY \"x'{key.hex()}'\"", (str(copy),))
        connection.execute("SELECT sqlcipher_export('closed')").fetchall()
        connection.execute(f"PRAGMA closed.user_version = {version}")
        sound: str = connection.execute("PRAGMA closed.quick_check(1)").fetchone()[0]
        connection.execute("DETACH DATABASE closed")
    finally:
        connection.close()
    if sound != "ok":
        copy.unlink()
    return sound == "ok"


def _wipe(handle: int) -> None:
    """What was readable, written over; on flash the blocks may live on, unread by any program."""
    left = os.fstat(handle).st_size
    while left > 0:
        left -= os.write(handle, bytes(min(left, _CHUNK)))
    os.fsync(handle)
