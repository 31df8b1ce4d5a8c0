"""A source whose table the centre imports: the rows lie in this box, under a keyed name."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.flow.records import RecordKey
from kiosk.records.definition import RecordSource
from kiosk.records.driver import Away, Found, Nothing, Outcome, Row, Why, read_row
from kiosk.records.keys import name_in_store
from kiosk.store import Store, StoreTrouble


class Rows(Protocol):
    """Where the rows of a table lie."""

    def as_of(self) -> datetime.date | None:
        """The day they are of; None where there is no table."""
        ...

    def of(self, key: RecordKey) -> Sequence[Mapping[str, object]]:
        """The rows of one person, or one code."""
        ...


@dataclass(frozen=True, slots=True)
class StoredRows:
    """Rows in the store, as `kiosk records import` put them there."""

    store: Store
    source: str
    site_key: bytes = field(repr=False)

    def as_of(self) -> datetime.date | None:
        """The day of the last import's figures."""
        table = self.store.record_tables().get(self.source)
        return table.as_of if table else None

    def of(self, key: RecordKey) -> Sequence[Mapping[str, object]]:
        """By the keyed name; the key itself is nowhere in the store."""
        return [
            json.loads(body)
            for body in self.store.record_rows(self.source, name_in_store(key, self.site_key))
        ]


class TableDriver:
    """Looks into an imported table."""

    def __init__(self, source: RecordSource, rows: Rows, today: Callable[[], datetime.date]) -> None:
        self._source, self._rows, self._today = source, rows, today

    def look_up(self, key: RecordKey) -> Outcome:
        """Nothing is said of a person by a table that is not there or too old."""
        assert self._source.table is not None
        try:
            as_of = self._rows.as_of()
            if as_of is None:
                return Away(Why.NO_TABLE)
            if self._today() - as_of > datetime.timedelta(days=self._source.table.max_age_days):
                return Away(Why.OLD_TABLE)
            given = self._rows.of(key)
        except StoreTrouble:
            return Away(Why.STORE)
        rows = _read(given, self._source)
        if rows is None:
            return Away(Why.UNEXPECTED)
        return Found(rows, as_of) if rows else Nothing()


def _read(given: Sequence[Mapping[str, object]], source: RecordSource) -> tuple[Row, ...] | None:
    """None where the definition has changed since the import, so that a row does not fit it any more."""
    rows: list[Row] = []
    for one in given:
        row = read_row(one, source)
        if row is None:
            return None
        rows.append(row)
    return tuple(rows)
