"""What is kept beside the books, held against what their lines say of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from kiosk.cases.chain_check import Fault, Reading, Wrong, unlike
from kiosk.store import chain_statements as sql
from kiosk.store.attachment_rows import sealed_digest
from kiosk.store.chained import row_digest, submitted_digest
from kiosk.store.sqlite import Connection


def plain_rows(db: Connection, statement: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Rows as plain tuples, one at a time."""
    cursor = db.cursor()
    cursor.row_factory = None
    return iter(cursor.execute(statement, values))


def wrong_cases(db: Connection, told: Reading) -> Iterator[Fault]:
    """Every case as it stands, against its last line; a case without a line, and lines without a case."""
    left = dict(told.states)
    for row in plain_rows(db, sql.CASE_ROWS):
        state, n, seq = left.pop(row[0], (b"", 0, 0))
        if row_digest("case", row) != state:
            yield Fault(Wrong.CASE, n, row[0], seq)
    for case, (_, n, seq) in left.items():
        yield Fault(Wrong.CASE, n, case, seq, what="gone")


def touched_cases(db: Connection, told: Reading) -> Iterator[Fault]:
    """The same of the cases alone that have lines among those read."""
    for case, (state, n, seq) in told.states.items():
        row = db.execute(sql.CASE_ROW_OF_BYTES, (case,)).fetchone()
        if row is None or row_digest("case", row) != state:
            yield Fault(Wrong.CASE, n, case, seq)


def rows_beside(db: Connection, told: Reading) -> Iterator[Fault]:
    """Rows that lines speak of. Of a case whose contents were erased they may be gone."""
    wrong = {
        *(("consent", case) for case in _consents_changed(db, told)),
        *_unlike(db, told),
        *(("tick", case) for case in _ticks_changed(db, told)),
    }
    for table, case in sorted(wrong):
        if case not in told.erased:
            yield Fault(Wrong.BESIDE, case=case, what=table)


def _unlike(db: Connection, told: Reading) -> set[tuple[str, bytes]]:
    rows = (_digests(db, "sighting", sql.SIGHTING_ROWS), _digests(db, "side_note", sql.SIDE_NOTE_ROWS))
    return set(unlike(told.beside, chain(*rows, _copies(db, told))))


def _digests(db: Connection, table: str, statement: str) -> Iterator[tuple[bytes, str, bytes]]:
    return ((row[0], table, row_digest(table, row)) for row in plain_rows(db, statement))


def _copies(db: Connection, told: Reading) -> Iterator[tuple[bytes, str, bytes]]:
    """One at a time, as they are large. The line holds the digest of the sealed bytes as they came; of a copy
    that a later line leaves out nothing may be left."""
    for *row, digest, actor, at, sealed in plain_rows(db, sql.ATTACHMENT_ROWS):
        if (row[0], str(row[1]).encode()) in told.left_out:
            right = sealed == b""
        else:
            right = isinstance(sealed, bytes) and sealed_digest(sealed) == digest
        yield row[0], "attachment", row_digest("attachment", (*row, digest, actor, at)) if right else b""


def _ticks_changed(db: Connection, told: Reading) -> set[bytes]:
    found = {(row[0], row[1]) for row in plain_rows(db, sql.TICK_ROWS)}
    return {case for case, _ in found ^ told.ticked}


def _consents_changed(db: Connection, told: Reading) -> set[bytes]:
    consents = _Following(plain_rows(db, sql.CONSENT_ROWS))
    levels = _Following(plain_rows(db, sql.LEVEL_ROWS))
    return {
        case
        for case in sorted(told.submitted)
        if submitted_digest(consents.of(case), levels.of(case)) != told.submitted[case]
    }


class _Following:
    """Rows sorted by case, taken case by case: nothing is looked up, and little is held."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._groups = groupby(rows, itemgetter(0))
        self._next = self._turn()

    def _turn(self) -> tuple[bytes, list[tuple[Any, ...]]] | None:
        for case, rows in self._groups:
            return case, list(rows)
        return None

    def of(self, case: bytes) -> list[tuple[Any, ...]]:
        """Its rows; ask in the order of the cases."""
        while self._next is not None and self._next[0] < case:
            self._next = self._turn()
        return self._next[1] if self._next is not None and self._next[0] == case else []


def wrong_accounts(db: Connection) -> Iterator[Fault]:
    """Every account against the last line of the house about it."""
    told = {row[0].partition(b" ")[2]: (row[1], row[2]) for row in plain_rows(db, sql.ACCOUNT_LINES)}
    yield from _unlike_last(told, plain_rows(db, sql.ACCOUNT_ROWS), "account", Wrong.ACCOUNT)


def wrong_services(db: Connection) -> Iterator[Fault]:
    """Every switch against the last line of the house about that service."""
    told = {row[0]: (row[1], row[2]) for row in plain_rows(db, sql.SERVICE_LINES)}
    yield from _unlike_last(told, plain_rows(db, sql.STOP_ROWS), "service_stop", Wrong.SERVICE)


def _unlike_last(
    told: dict[bytes, tuple[bytes, int]], rows: Iterator[tuple[Any, ...]], table: str, wrong: Wrong
) -> Iterator[Fault]:
    """Rows against the digest in the last line about each, by name; one with a digest must have its row."""
    left = dict(told)
    for row in rows:
        beside, n = left.pop(row[0], (b"", 0))
        if beside != row_digest(table, row):
            yield Fault(wrong, n, house=True, what=row[0].decode(errors="replace"))
    for name, (beside, n) in left.items():
        if beside:
            yield Fault(wrong, n, house=True, what=name.decode(errors="replace"))
