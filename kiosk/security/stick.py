"""Key sticks: a small file on a stick that its owner puts in to sign in, and takes away with them."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from kiosk.security.staff_keys import TOKEN_BYTES

MOST = 8
"""So many sticks are looked at."""


def tokens(pattern: str) -> Iterator[bytes]:
    """The secrets of the sticks that are in, by the pattern of `[security] key_stick`; none without one."""
    if not pattern:
        return
    for name in sorted(glob.glob(pattern))[:MOST]:
        try:
            token = bytes.fromhex(Path(name).read_text(encoding="ascii", errors="strict").strip())
        except (OSError, ValueError):
            continue
        if len(token) == TOKEN_BYTES:
            yield token


def write(path: Path) -> bytes:
    """Make a stick: a file with a fresh secret, never over one that is there. Raises OSError."""
    token = os.urandom(TOKEN_BYTES)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, token.hex().encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
    return token
