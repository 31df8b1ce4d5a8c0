"""The keys of a box as files, to be copied to a place of their own: never into the folder of its backups."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.security.keys import FILE_NAME, KEY_BYTES

_CENTRE = "centre-*.key"


def key_files(state_dir: Path) -> tuple[Path, ...]:
    """What another box needs to find people's cases again, and to open what staff do not hold the keys of.

    Not the key that this box signs with: two boxes must never sign as one.
    """
    site = state_dir / FILE_NAME
    return (*((site,) if site.is_file() else ()), *sorted(state_dir.glob(_CENTRE)))


def copy_keys(state_dir: Path, into: Path) -> tuple[Path, ...]:
    """For their owner's eyes only, safely on the disk; older copies are replaced. Raises OSError."""
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    return tuple(_copied(one, into) for one in key_files(state_dir))


def _copied(key: Path, into: Path) -> Path:
    made = into / key.name
    begun = into / f"{key.name}.part"
    handle = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, key.read_bytes())
        os.fsync(handle)
    finally:
        os.close(handle)
    begun.replace(made)
    return made


def is_key(path: Path) -> bool:
    """Can this file be one?"""
    return path.is_file() and path.stat().st_size == KEY_BYTES
