"""Parcels as a kiosk hands them to the database itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg

from kiosk.cases.parcels import Kind, Parcel, hash_of


def parcel(kseq: int, name: str = "", body: bytes = b"sealed", kind: Kind = Kind.CASE) -> Parcel:
    """A parcel whose id is made from its number, where no other name is given."""
    known = name or f"case-{kseq}"
    return Parcel(kseq, known, kind, known, hash_of(body), body)


def offer(db: psycopg.Connection[Any], parcels: Sequence[Parcel]) -> list[tuple[Any, ...]]:
    """The rows that the hub answers: id, hash, number, when, set aside."""
    return db.execute(
        "SELECT * FROM hub.offer(%s::bigint[], %s::text[], %s::text[], %s::text[], %b::bytea[], %b::bytea[])",
        (
            [one.kseq for one in parcels],
            [one.id for one in parcels],
            [str(one.kind) for one in parcels],
            [one.case_id for one in parcels],
            [one.hash for one in parcels],
            [one.body for one in parcels],
        ),
    ).fetchall()
