"""`kiosk verify`: both books read through, held against what is kept and against what the box signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.cases.chain import BEGINNING, BEGUN, HOUSE_BEGINNING, Noted, short_of
from kiosk.cases.chain_check import Fault, Reading, Wrong
from kiosk.store import chain_statements as sql
from kiosk.store.connected import Connected
from kiosk.store.head_check import check_heads, check_noted
from kiosk.store.instant import written
from kiosk.store.rows_check import (
    plain_rows,
    rows_beside,
    touched_cases,
    wrong_accounts,
    wrong_cases,
    wrong_services,
)
from kiosk.store.sqlite import Connection, SqliteError
from kiosk.store.trouble import StoreTrouble, Trouble


@dataclass(frozen=True, slots=True)
class Trusted:
    """The keys whose heads count."""

    own: Mapping[str, bytes]
    """Of this box: public half by key id. Empty where this is a copy on another machine."""
    others: frozenset[str] = frozenset()
    """Ids of boxes that were noted elsewhere; their public halves are in the store."""


@dataclass(frozen=True, slots=True)
class FaultFound:
    """A fault with the number of the case that it is in, as it stands on papers."""

    fault: Fault
    number: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was read, and everything that is wrong with it."""

    lines: int
    house_lines: int
    heads: int
    head: str
    """The last signed head in short; empty where there is none."""
    faults: tuple[FaultFound, ...]

    @property
    def good(self) -> bool:
        """Nothing was found."""
        return not self.faults


class Verifying(Connected):
    """Reads; changes nothing."""

    def verify(self, trusted: Trusted, noted: Iterable[Noted] = (), since: datetime | None = None) -> Verdict:
        """Hold everything against the chain. `since`: only lines from that moment on, and no rows beside.

        Raises StoreTrouble where the file cannot be read at all.
        """
        try:
            with self._reading() as db:
                return verdict_of(db, trusted, tuple(noted), since)
        except StoreTrouble as trouble:
            if trouble.kind is not Trouble.DAMAGED:
                raise
            return Verdict(0, 0, 0, "", (FaultFound(Fault(Wrong.FILE)),))


def verdict_of(db: Connection, trusted: Trusted, noted: tuple[Noted, ...], since: datetime | None) -> Verdict:
    """The same inside an action that is going on."""
    if not _file_is_sound(db):
        return Verdict(0, 0, 0, "", (FaultFound(Fault(Wrong.FILE)),))
    return verdict_of_books(db, trusted, noted, since)


def verdict_of_books(
    db: Connection, trusted: Trusted, noted: tuple[Noted, ...], since: datetime | None
) -> Verdict:
    """Without a look at the file that they lie in."""
    house = Reading(house=True)
    house.read(plain_rows(db, sql.HOUSE_LINES), HOUSE_BEGINNING)
    cases = Reading(whole=since is None)
    cases.read(*_lines(db, since))
    faults = [*house.finish(), *cases.finish(), *wrong_accounts(db), *wrong_services(db)]
    if since is None:
        faults += [*wrong_cases(db, cases), *rows_beside(db, cases)]
    else:
        faults += list(touched_cases(db, cases))
    heads = check_heads(db, trusted.own, trusted.others)
    faults += [*heads.faults, *_headless(db), *check_noted(db, noted)]
    shown = short_of(heads.last.n, heads.last.link) if heads.last else ""
    found = tuple(FaultFound(one, _number(db, one.case)) for one in dict.fromkeys(faults))
    return Verdict(cases.lines, house.lines, heads.count, shown, found)


def _file_is_sound(db: Connection) -> bool:
    """By SQLite's own look at it; of an encrypted file each page has a seal, also where nothing lies."""
    if next(plain_rows(db, "PRAGMA cipher_status"), ("0",))[0] == "1" and any(
        plain_rows(db, "PRAGMA cipher_integrity_check")
    ):
        return False
    return [row[0] for row in plain_rows(db, "PRAGMA integrity_check(1)")] == ["ok"]


def _lines(db: Connection, since: datetime | None) -> tuple[Iterator[tuple[Any, ...]], bytes, int]:
    """The lines, the link before the first of them, and the number that it should have."""
    if since is None:
        return plain_rows(db, sql.LINES, (0,)), BEGINNING, 1
    first = db.execute(sql.FIRST_SINCE, (written(since),)).fetchone()[0]
    if first is None:
        first = db.execute(sql.AFTER_LAST).fetchone()[0]
    row = db.execute(sql.LINK_OF, (first - 1,)).fetchone()
    return plain_rows(db, sql.LINES, (first,)), BEGINNING if row is None else row["link"], first


def _headless(db: Connection) -> Iterator[Fault]:
    """Cases handed in since the chain began, for which nothing was signed."""
    row = next(plain_rows(db, sql.BEGUN_LINE, (BEGUN,)), None)
    # a line that was changed is told of by the chain; here it says nothing
    first = row[0].partition(b" ")[0] if row is not None else b""
    begun = int(first) if first.isdigit() else 0
    for n, case in plain_rows(db, sql.WITHOUT_HEAD, (begun,)):
        yield Fault(Wrong.HEADLESS, n, case, 1)


def _number(db: Connection, case: bytes) -> str:
    try:
        row = db.execute(sql.NUMBER_OF, (case,)).fetchone() if case else None
    except SqliteError:
        return ""
    return "" if row is None else str(row["number"])
