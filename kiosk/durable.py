"""What is still there when the power goes: written, and the disk was told so."""

from __future__ import annotations

import os
from pathlib import Path


def sync(path: Path) -> None:
    """A file, or a folder with the names in it, as far as the disk says. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_new(path: Path, content: bytes) -> None:
    """For its owner alone; its name is safe once the folder is synced, too. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
