"""Tables of records that other offices hand over: rows by the person's keyed name, replaced as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.store.connected import Connected
from kiosk.store.instant import read, written
from kiosk.store.statements import (
    ADD_RECORD_ROW,
    DROP_RECORD_ROWS,
    NOTE_RECORD_TABLE,
    RECORD_ROWS,
    RECORD_TABLES,
)


@dataclass(frozen=True, slots=True)
class RecordTable:
    """What is known of one table; nothing of the people in it."""

    source: str
    as_of: date
    """The day its figures are of."""
    imported_at: datetime
    rows: int


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One row: whose it is, by `person_key`, and its values as JSON. The identity number is not kept."""

    person_key: str = field(repr=False)
    body: str = field(repr=False)


class RecordTables(Connected):
    """What was imported of other offices."""

    def replace_record_table(self, source: str, as_of: date, rows: Iterable[RecordRow]) -> RecordTable:
        """Put this table in the place of the one before; all of it, or nothing at all.

        `rows` is read to its end before anything is written, so a fault in it changes nothing.
        """
        added = [(source, row.person_key, row.body) for row in rows]
        now = self._clock.now()
        with self._writing() as db:
            db.execute(DROP_RECORD_ROWS, (source,))
            db.executemany(ADD_RECORD_ROW, added)
            db.execute(NOTE_RECORD_TABLE, (source, as_of.isoformat(), written(now), len(added)))
        return RecordTable(source, as_of, now, len(added))

    def record_tables(self) -> dict[str, RecordTable]:
        """The tables that are here, by source."""
        with self._reading() as db:
            found = db.execute(RECORD_TABLES).fetchall()
        return {
            row["source"]: RecordTable(
                row["source"], date.fromisoformat(row["as_of"]), read(row["imported_at"]), row["rows"]
            )
            for row in found
        }

    def record_rows(self, source: str, person_key: str) -> list[str]:
        """This person's rows, as they were imported, in their order."""
        with self._reading() as db:
            return [row["body"] for row in db.execute(RECORD_ROWS, (source, person_key)).fetchall()]
