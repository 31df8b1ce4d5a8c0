"""Lines of both books, each with the digest of all that was before it, in the transaction they belong to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kiosk.cases.chain import (
    BEGINNING,
    HOUSE_BEGINNING,
    NOTE_KEPT,
    SALT,
    Line,
    Value,
    content_of,
    digest_of,
    link_of,
)
from kiosk.cases.identity import SEEN
from kiosk.cases.materials import ATTACHED
from kiosk.cases.moves import MOVES, Act
from kiosk.cases.staff import ACCOUNT, REMOVED
from kiosk.cases.states import Actor
from kiosk.store import chain_statements as sql
from kiosk.store.instant import written
from kiosk.store.sqlite import Connection

SUBMITTED = MOVES[Act.SUBMIT].event
SERVICE_STOPPED, SERVICE_STARTED = "service_stopped", "service_started"
"""Lines of the house: a service was switched off, or on again; the note says which one."""


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to a case."""

    case_id: str
    at: datetime
    actor: Actor
    kind: str
    epoch: int
    note: str = ""
    words: str = field(default="", repr=False)
    sealed: bytes | None = field(default=None, repr=False)


def add_line(db: Connection, told: Told, beside: bytes | None = None) -> None:
    """Write it, with the case as it stands now and the rows beside that it speaks of: write these first.

    `beside`: their digest, where they are not the newest.
    """
    n, before = last_of(db, sql.LAST_LINE, BEGINNING)
    seq = db.execute(sql.NEXT_SEQ, (told.case_id,)).fetchone()[0]
    state = state_of(db, told.case_id)
    if beside is None:
        beside = beside_of(db, told.kind, told.case_id)
    db.execute(sql.ADD_LINE, _values(_Place(n + 1, seq, before), told, state, beside))


def add_first_lines(db: Connection, tolds: Sequence[Told]) -> list[tuple[int, bytes]]:
    """The lines of cases that were just handed in, in this order, as `add_line` would write each.

    In a few statements, however many they are: a hub may be far away. Number and link of each.
    """
    named = json.dumps([told.case_id for told in tolds])
    states = {row[0]: row_digest("case", row) for row in db.execute(sql.CASE_ROWS_NAMED, (named,)).fetchall()}
    consents = _by_case(db.execute(sql.CONSENTS_NAMED, (named,)).fetchall())
    levels = _by_case(db.execute(sql.LEVELS_NAMED, (named,)).fetchall())
    last = last_of(db, sql.LAST_LINE, BEGINNING)
    lines, ends = [], list[tuple[int, bytes]]()
    for told in tolds:
        case = told.case_id.encode()
        beside = submitted_digest(consents.get(case, ()), levels.get(case, ()))
        values = _values(_Place(last[0] + 1, 1, last[1]), told, states[case], beside)
        last = (last[0] + 1, values[-1])
        lines.append(values)
        ends.append(last)
    db.executemany(sql.ADD_LINE, lines)
    return ends


@dataclass(frozen=True, slots=True)
class _Place:
    """Of a line: in the book, in its case, and what was before it."""

    n: int
    seq: int
    before: bytes


def _values(place: _Place, told: Told, state: bytes, beside: bytes) -> tuple[Any, ...]:
    """As ADD_LINE takes them; the link comes last."""
    salt, content = _content(told.words, told.sealed)
    plain = (told.case_id, written(told.at), told.actor.name, told.actor.role, told.kind, told.note)
    case, at, actor, role, kind, note = (part.encode() for part in plain)
    line = Line(place.n, case, place.seq, at, actor, role, kind, told.epoch, note, content, state, beside)
    values = (
        place.n,
        plain[0],
        place.seq,
        *plain[1:5],
        told.epoch,
        told.note,
        told.words or None,
        told.sealed,
    )
    return (*values, salt, content, state, beside, link_of(place.before, line))


def _by_case(rows: Iterable[Any]) -> dict[bytes, list[Any]]:
    found: dict[bytes, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def add_to_house(
    db: Connection,
    at: datetime,
    actor: Actor,
    kind: str,
    note: str = "",
    beside: bytes = b"",
    words: str = "",
) -> None:
    """Write what happened to the box itself; `words` are what somebody gave as the reason."""
    n, before = last_of(db, sql.LAST_OF_HOUSE, HOUSE_BEGINNING)
    salt, content = _content(words, None)
    plain = (written(at), actor.name, actor.role, kind, note)
    when, who, role, what, about = (part.encode() for part in plain)
    line = Line(n + 1, b"", 0, when, who, role, what, 0, about, content, b"", beside)
    values = (n + 1, *plain, words or None, salt, content, beside, link_of(before, line))
    db.execute(sql.ADD_TO_HOUSE, values)


def state_of(db: Connection, case_id: str) -> bytes:
    """The digest of the case as it stands."""
    return row_digest("case", db.execute(sql.CASE_ROW, (case_id,)).fetchone())


def beside_of(db: Connection, kind: str, case_id: str) -> bytes:
    """The digest of the rows in other tables that a line of this kind speaks of: those just written."""
    if kind == SUBMITTED:
        consents = db.execute(sql.CONSENTS_OF, (case_id,)).fetchall()
        return submitted_digest(consents, db.execute(sql.LEVELS_OF, (case_id,)).fetchall())
    if kind == SEEN:
        return row_digest("sighting", db.execute(sql.LAST_SIGHTING).fetchone())
    if kind == ATTACHED:
        return row_digest("attachment", db.execute(sql.LAST_ATTACHMENT).fetchone())
    if kind == NOTE_KEPT:
        return row_digest("side_note", db.execute(sql.LAST_SIDE_NOTE).fetchone())
    return b""


def row_digest(table: str, row: Sequence[Value]) -> bytes:
    """Of one row; two tables never give the same."""
    return digest_of((table, *row))


def submitted_digest(consents: Iterable[Sequence[Value]], levels: Iterable[Sequence[Value]]) -> bytes:
    """Of what was agreed to with a case, in which words, and how sure it was who people are."""
    values: list[Value] = ["submitted"]
    for row in (*consents, *levels):
        values.extend(row)
    return digest_of(values)


def add_account(db: Connection, at: datetime, actor: Actor, name: str) -> None:
    """Write which role the account has now; `REMOVED` where there is none of that name any more."""
    row = db.execute(sql.ACCOUNT_ROW, (name,)).fetchone()
    role, beside = (REMOVED, b"") if row is None else (row[1].decode(), row_digest("account", row))
    add_to_house(db, at, actor, ACCOUNT, f"{role} {name}", beside)


def add_service(db: Connection, at: datetime, actor: Actor, kind: str, service: str, why: str) -> None:
    """Write that a service was switched, with the row that says so where there is one."""
    row = db.execute(sql.STOP_ROW, (service,)).fetchone()
    beside = b"" if row is None else row_digest("service_stop", row)
    add_to_house(db, at, actor, kind, service, beside, why)


def last_of(db: Connection, statement: str, beginning: bytes) -> tuple[int, bytes]:
    """Number and link of the last line of a book; `beginning` where it is empty."""
    row = db.execute(statement).fetchone()
    return (0, beginning) if row is None else (row["n"], row["link"])


def _content(words: str, sealed: bytes | None) -> tuple[bytes | None, bytes]:
    if not words and sealed is None:
        return None, b""
    salt = os.urandom(SALT)
    return salt, content_of(salt, words.encode() or None, sealed)
