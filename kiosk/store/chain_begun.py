"""A store from before the chain: its lines are chained as they are found, once, and a line says so."""

from __future__ import annotations

import os
from collections import Counter
from datetime import datetime
from typing import Any

from kiosk.cases.chain import BEGINNING, BEGUN, NOTE_KEPT, SALT, Line, content_of, link_of
from kiosk.cases.identity import SEEN
from kiosk.cases.states import BOX
from kiosk.store import chain_statements as sql
from kiosk.store.chained import (
    Told,
    add_account,
    add_line,
    add_to_house,
    beside_of,
    row_digest,
    state_of,
)
from kiosk.store.sqlite import Connection


def begin(db: Connection, at: datetime) -> None:
    """Nothing where the chain has begun. Older lines are not proven by it, only kept as they are found."""
    if db.execute(sql.HAS_BEGUN).fetchone() is not None:
        return
    n, link = _chain_old_lines(db)
    for note in db.execute(sql.OLD_SIDE_NOTES).fetchall():
        _name_note(db, at, note)
    add_to_house(db, at, BOX, BEGUN, f"{n} {link.hex()}")
    for account in db.execute(sql.ALL_ACCOUNT_NAMES).fetchall():
        add_account(db, at, BOX, account["name"])


def _chain_old_lines(db: Connection) -> tuple[int, bytes]:
    n, link = 0, BEGINNING
    sightings: Counter[str] = Counter()
    while rows := db.execute(sql.OLD_LINES, (n,)).fetchall():
        for row in rows:
            n, link = row["n"], _chain_line(db, row, link, sightings)
    return n, link


def _chain_line(db: Connection, row: Any, before: bytes, sightings: Counter[str]) -> bytes:
    salt = os.urandom(SALT) if row["words"] or row["body"] else None
    words, body = row["words"], row["body"]
    plain = (words.encode() if words else None, body.encode() if isinstance(body, str) else body)
    content = content_of(salt, *plain) if salt else b""
    state, beside = state_of(db, row["case_id"]), _beside(db, row, sightings)
    case, at, actor, role, kind, note = (
        row[name].encode() for name in ("case_id", "at", "actor", "role", "kind", "note")
    )
    line = Line(row["n"], case, row["seq"], at, actor, role, kind, row["epoch"], note, content, state, beside)
    link = link_of(before, line)
    db.execute(sql.CHAIN_LINE, (salt, content, state, beside, link, row["n"]))
    return link


def _beside(db: Connection, row: Any, sightings: Counter[str]) -> bytes:
    if row["kind"] != SEEN:
        return beside_of(db, row["kind"], row["case_id"])
    seen = db.execute(sql.SIGHTING_OF, (row["case_id"], sightings[row["case_id"]])).fetchone()
    sightings[row["case_id"]] += 1
    return b"" if seen is None else row_digest("sighting", seen)


def _name_note(db: Connection, at: datetime, note: Any) -> None:
    case_id, act = note[0].decode(), note[3].decode()
    told = Told(case_id, at, BOX, NOTE_KEPT, 0, act)
    add_line(db, told, row_digest("side_note", note))
