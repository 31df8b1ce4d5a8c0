"""Room on the disk: looked at before a form is begun, with a reserve to give back when it is gone."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

BALLAST = "ballast"
BALLAST_BYTES = 64 << 20
"""A full disk takes no deletion either: this file is given back first."""
NEEDED = 16 << 20
"""Less than this, and no form is begun: it could not be handed in."""
_PLENTY = 16 * BALLAST_BYTES
_BLOCK = bytes(1 << 20)


def has_room(state: Path) -> bool:
    """Can a form that is begun now be handed in? Where nobody can say, yes."""
    with suppress(OSError):
        return shutil.disk_usage(state).free >= NEEDED
    return True


def lay_ballast(state: Path) -> bool:
    """Take the reserve where there is plenty of room, and none lies there yet; True where one lies there.

    Written out whole: a hole in a file takes no room.
    """
    path = state / BALLAST
    with suppress(OSError):
        if path.is_file() and path.stat().st_blocks * 512 >= BALLAST_BYTES:
            return True
        if shutil.disk_usage(state).free < _PLENTY:
            return False
        _write_out(path)
        return True
    return False


def give_back(state: Path) -> bool:
    """Let the reserve go; False where there was none."""
    with suppress(OSError):
        (state / BALLAST).unlink()
        return True
    return False


def make_room(state: Path) -> bool:
    """Can a form that is begun now be handed in? The reserve goes for that, and is laid again at night."""
    return has_room(state) or (give_back(state) and has_room(state))


def on_disk(state: Path) -> int:
    """Bytes of the store with its log."""
    return sum(one.stat().st_size for one in state.glob("store.sqlite3*"))


def _write_out(path: Path) -> None:
    begun = path.with_name(f"{path.name}.part")
    handle = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        for _ in range(BALLAST_BYTES // len(_BLOCK)):
            os.write(handle, _BLOCK)
        os.fsync(handle)
    except OSError:
        begun.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)
    begun.replace(path)
