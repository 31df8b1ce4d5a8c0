"""The one place that chooses SQLite and opens a connection.

SQLite comes from the sqlcipher3 wheel: the one of Debian 12 has a corruption race in its
write-ahead log. sqlite-utils takes whichever module is called `pysqlite3` when there is one,
so sqlcipher3 is registered under that name before sqlite-utils is imported for the first
time; only then do its savepoints and its `except` clauses meet the right exceptions.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3  # type: ignore[import-untyped]
from sqlcipher3 import dbapi2

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = dbapi2

import sqlite_utils  # noqa: E402 - after the registration above, on purpose
import sqlite_utils.db  # noqa: E402

if vars(sqlite_utils.db)["sqlite3"] is not sqlcipher3:
    raise ImportError("sqlite_utils was imported before kiosk.store.sqlite: it would use another SQLite")

if TYPE_CHECKING:
    # the wheel has no types; those of the standard library have the same form
    import sqlite3

    Connection = sqlite3.Connection
    SqliteError = sqlite3.Error
else:
    Connection = dbapi2.Connection
    SqliteError = dbapi2.Error

Database = sqlite_utils.Database

BUSY_MILLISECONDS = 5000
_SWITCH_PAUSE = 0.005
_BUSY = 5
CACHE_KIBIBYTES = 8000
CHECKPOINT_PAGES = 4000
"""The log is folded back in quiet moments (`Store.tidy`); this only bounds it when none comes."""


def connect(path: Path, key: bytes | None = None) -> Database:
    """A connection that commits durably, checks its references, and wipes what it deletes.

    The file is made for its owner only. `key`: 32 bytes to encrypt the file with, None for a plain one.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection: Any = dbapi2.connect(str(path), check_same_thread=False, timeout=BUSY_MILLISECONDS / 1000)
    try:
        return _prepared(connection, key)
    except BaseException:
        connection.close()
        raise


def _prepared(connection: Any, key: bytes | None) -> Database:
    connection.row_factory = dbapi2.Row
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    _use_wal(connection)
    for setting in (
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "trusted_schema = OFF",
        f"busy_timeout = {BUSY_MILLISECONDS}",
        f"cache_size = -{CACHE_KIBIBYTES}",
        f"wal_autocheckpoint = {CHECKPOINT_PAGES}",
    ):
        connection.execute(f"PRAGMA {setting}")
    return Database(connection, strict=True, execute_plugins=False)


def _use_wal(connection: Any) -> None:
    """Switch to write-ahead logging. When another program switches too, SQLite does not wait by itself."""
    give_up = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal":
                return
        except dbapi2.OperationalError as error:
            if error.sqlite_errorcode != _BUSY or time.monotonic() > give_up:
                raise
        time.sleep(_SWITCH_PAUSE)


def in_memory() -> Connection:
    """A database that is as old as its connection and is never written to a disk.

    One thread may fill it and another read it, one after the other.
    """
    connection: Connection = dbapi2.connect(":memory:", check_same_thread=False)
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection
