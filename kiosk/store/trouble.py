"""What can go wrong with the file under us, in five words a caller can act on."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from kiosk.store.sqlite import SqliteError


class Trouble(StrEnum):
    """Kinds of trouble. In each of them the action did not happen and everything older is kept."""

    FULL = "full"
    """The disk takes no more."""
    READ_ONLY = "read_only"
    """The folder or the file cannot be written."""
    BUSY = "busy"
    """Another program held the store for longer than we wait."""
    DAMAGED = "damaged"
    """The file is not what it should be."""
    NEWER = "newer"
    """A newer version of the program has changed the file's form; this one must not touch it."""
    BEHIND = "behind"
    """The hub was not brought to this program's form yet."""
    ERASED = "erased"
    """What was handed in has had its time and is gone."""
    AWAY = "away"
    """The hub cannot be reached; what was begun there did not happen, or will show when it is back."""
    SEALED = "sealed"
    """Nobody who may read it has opened the centre's keys in this program."""


class StoreTrouble(Exception):
    """The store could not do it. Carries SQLite's name of the fault, never a value."""

    def __init__(self, kind: Trouble, fault: str = "") -> None:
        super().__init__(f"store {kind}" + (f" ({fault})" if fault else ""))
        self.kind = kind


_BY_CODE = {
    3: Trouble.READ_ONLY,  # PERM
    5: Trouble.BUSY,
    6: Trouble.BUSY,  # LOCKED
    8: Trouble.READ_ONLY,
    13: Trouble.FULL,
    14: Trouble.READ_ONLY,  # CANTOPEN: the folder or its log file cannot be made
}
_IOERR = 10


def kind_of(error: SqliteError, *, writing: bool = True) -> Trouble:
    """Which trouble an SQLite error is."""
    code: int = getattr(error, "sqlite_errorcode", None) or 0
    if code & 0xFF == _IOERR:
        # On writing, a file size limit or a quota shows as this and not as "full".
        return Trouble.FULL if writing else Trouble.DAMAGED
    return _BY_CODE.get(code & 0xFF, Trouble.DAMAGED)


@contextmanager
def mapped(*, writing: bool = True) -> Iterator[None]:
    """Turns every SQLite and file error inside into StoreTrouble."""
    try:
        yield
    except SqliteError as error:
        fault = str(getattr(error, "sqlite_errorname", type(error).__name__))
        raise StoreTrouble(kind_of(error, writing=writing), fault) from error
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        name = errno.errorcode.get(error.errno or 0, "OSError")
        raise StoreTrouble(Trouble.FULL if full else Trouble.READ_ONLY, name) from None
