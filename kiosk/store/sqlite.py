"""The one place that chooses SQLite and opens a connection.

SQLite comes from the sqlcipher3 wheel: the one of Debian 12 has a corruption race in its
write-ahead log. sqlite-utils takes whichever module is called `pysqlite3` when there is one,
so sqlcipher3 is registered under that name before sqlite-utils is imported for the first
time; only then do its savepoints and its `except` clauses meet the right exceptions.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3  # type: ignore[import-untyped]
from sqlcipher3 import dbapi2

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = dbapi2
# It would load numpy as well, wherever a voice has brought that: 9 MiB for numbers that nobody keeps.
_numpy = sys.modules.get("numpy")
sys.modules["numpy"] = None  # type: ignore[assignment]

import sqlite_utils  # noqa: E402 - after the registration above, on purpose
import sqlite_utils.db  # noqa: E402

del sys.modules["numpy"]
if _numpy is not None:
    sys.modules["numpy"] = _numpy

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
_WAIT = f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}"
_SWITCH_PAUSE = 0.005
_ASK_AGAIN, _AT_LEAST, _HALVED_AFTER = 0.002, 0.0004, 0.01
"""Seconds: between two questions of one who has just come; of one who has waited long; waited until half."""
_CHANCE = 0.5, 1.5
"""Those who wait must not all ask at once."""
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


def begin_writing(db: Connection, patience: float) -> None:
    """The one who writes, until the end of the transaction; raises SqliteError BUSY after so many seconds.

    IMMEDIATE: a transaction that reads first and locks later fails at once when another wrote. SQLite itself
    asks again ever less often, at last ten times a second, and whoever has waited longest is passed by those
    who come; here whoever has waited longer asks more often. Nothing but SQLite's own lock is held, so that
    nobody waits for a program that was killed.
    """
    begun = time.monotonic()
    db.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                db.execute("BEGIN IMMEDIATE")
                return
            except dbapi2.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != _BUSY or time.monotonic() - begun > patience:
                    raise
            time.sleep(random.uniform(*_CHANCE) * asks_again_in(time.monotonic() - begun))
    finally:
        db.execute(_WAIT)


def asks_again_in(waited: float) -> float:
    """Seconds until one who has waited so long asks again."""
    return max(_AT_LEAST, _ASK_AGAIN / (1 + waited / _HALVED_AFTER))


def versions() -> tuple[str, str]:
    """Of SQLite, and of what encrypts with it: another package can silently change which one is used."""
    connection = in_memory()
    try:
        sqlite: str = connection.execute("SELECT sqlite_version()").fetchone()[0]
        cipher = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return sqlite, str(cipher[0]) if cipher else "-"


def in_memory() -> Connection:
    """A database that is as old as its connection and is never written to a disk.

    One thread may fill it and another read it, one after the other.
    """
    connection: Connection = dbapi2.connect(":memory:", check_same_thread=False)
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection
