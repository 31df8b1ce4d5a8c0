"""Signed heads, held against the books and against one another; heads that were noted elsewhere, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.cases.chain import BEGINNING, Head, Noted, short_of
from kiosk.cases.chain_check import Fault, Wrong
from kiosk.security.device_key import key_id, signed_by
from kiosk.store import chain_statements as sql
from kiosk.store.sqlite import Connection


@dataclass(slots=True)
class HeadsRead:
    """What the heads came to."""

    count: int = 0
    last: Head | None = None
    faults: list[Fault] = field(default_factory=list)


def check_heads(db: Connection, own: Mapping[str, bytes], others: frozenset[str]) -> HeadsRead:
    """Each head holds the one before it, so the last signature stands for all; only where that one is bad are
    the others looked at, to say since when."""
    read = HeadsRead()
    before = bytes(32)
    for row in _rows(db):
        head, link, house_link = Head(*row[:8]), row[8], row[9]
        if head.before != before or not _fits(head.link, link, head.n) or not _house_fits(head, house_link):
            gone = link is None and head.n > 0
            read.faults.append(Fault(Wrong.CUT if gone else Wrong.HEAD, head.n))
        before, read.last = head.digest, head
        read.count += 1
    if read.last is None:
        if db.execute(sql.LAST_LINE).fetchone() is not None:
            read.faults.append(Fault(Wrong.UNSIGNED))
        return read
    keys = _keys(db, own, others)
    if not _signed(read.last, keys):
        read.faults.append(_first_unsigned(db, keys, read.last))
    elif read.last.key_id not in {*own, *others}:
        read.faults.append(Fault(Wrong.STRANGER, read.last.n, what=read.last.key_id))
    return read


def check_noted(db: Connection, noted: Iterable[Noted]) -> Iterator[Fault]:
    """Heads from a file or from paper: is the line still there, and does it still say the same?"""
    for one in noted:
        row = db.execute(sql.LINK_OF, (one.n,)).fetchone()
        link = BEGINNING if one.n == 0 else None if row is None else row["link"]
        if link is None:
            yield Fault(Wrong.CUT, one.n)
        elif short_of(one.n, link) != one.short or (one.head is not None and one.head.link != link):
            yield Fault(Wrong.HEAD, one.n)


def _rows(db: Connection) -> Iterator[tuple[Any, ...]]:
    cursor = db.cursor()
    cursor.row_factory = None
    text_factory, db.text_factory = db.text_factory, _read_anyway
    try:
        yield from cursor.execute(sql.HEADS_AND_LINKS)
    finally:
        db.text_factory = text_factory


def _read_anyway(kept: bytes) -> str:
    """What is no text any more fits no digest: it is told which head that is, and the others are read."""
    return kept.decode(errors="replace")


def _fits(said: bytes, link: bytes | None, n: int) -> bool:
    return said == (BEGINNING if n == 0 else link)


def _house_fits(head: Head, link: bytes | None) -> bool:
    return head.house_link == link


def _keys(db: Connection, own: Mapping[str, bytes], others: frozenset[str]) -> dict[str, bytes]:
    """Public halves by id. What the store says of a key counts only where the id is really that key's."""
    kept = {row["id"]: row["public"] for row in db.execute(sql.DEVICES).fetchall()}
    return {**{one: public for one, public in kept.items() if key_id(public) == one}, **own}


def _signed(head: Head, keys: Mapping[str, bytes]) -> bool:
    return head.key_id in keys and signed_by(keys[head.key_id], head.signed, head.signature)


def _first_unsigned(db: Connection, keys: Mapping[str, bytes], last: Head) -> Fault:
    for row in _rows(db):
        head = Head(*row[:8])
        if not _signed(head, keys):
            return Fault(Wrong.SIGNATURE, head.n, what=head.key_id)
    return Fault(Wrong.SIGNATURE, last.n, what=last.key_id)
