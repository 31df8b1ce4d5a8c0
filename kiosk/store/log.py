"""The write-ahead log as an action finds it: empty of what was, and with room already on the disk.

A sync that makes a file longer costs about half as much again as one that writes over it, so the room is
made in quiet moments. The first write into an empty log syncs twice (the log's head goes first); whoever
lays the log out must therefore write something small after it.
"""

from __future__ import annotations

from kiosk.store.sqlite import CACHE_KIBIBYTES, Connection
from kiosk.store.statements import FILL_ROOM

PAGES = 256
"""Room for the saved answers and the submit of a visit, several times over."""

_PAGE = 4096
_SPILLING_PAGES = 10


def wipe(db: Connection) -> bool:
    """Fold the log into the file and cut it to nothing; False while somebody else is reading or writing."""
    busy: int = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return busy == 0


def lay_out(db: Connection) -> None:
    """Make room: a transaction too big for its cache goes into the log as it grows, and is taken back."""
    db.execute(f"PRAGMA cache_size = {_SPILLING_PAGES}")
    try:
        db.execute("BEGIN IMMEDIATE")
        db.execute(FILL_ROOM, (PAGES * _PAGE,))
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
        db.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
