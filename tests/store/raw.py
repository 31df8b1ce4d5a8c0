"""The store's file as a stranger's program would open it, who has the box's key."""

from __future__ import annotations

from pathlib import Path

from kiosk.security.keys import site_key
from kiosk.store.sqlite import Database, connect
from kiosk.store.store import FILE_NAME
from kiosk.store.whole_file import file_key, is_plain


def raw(folder: Path) -> Database:
    """A connection of its own, beside the store's."""
    path = folder / FILE_NAME
    return connect(path, None if is_plain(path) else file_key(site_key(folder)))


def everything(folder: Path) -> str:
    """All that stands in any row of any table, one row a line."""
    db = raw(folder)
    rows = (
        tuple(row) for table in db.table_names() for row in db.execute(f'SELECT * FROM "{table}"').fetchall()
    )
    found = "\n".join(map(str, rows))
    db.close()
    return found
