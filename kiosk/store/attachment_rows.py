"""Copies of papers as they lie in the file. Inside a transaction; opens nothing."""

from __future__ import annotations

import hashlib
from typing import Any

from kiosk.cases.materials import Attachment, Kind
from kiosk.store.instant import read
from kiosk.store.sqlite import Connection

NEXT_OF_CASE = """
SELECT cases.id AS case_id, service_id, service_version,
  (SELECT coalesce(max(n), 0) + 1 FROM attachment WHERE case_id = cases.id) AS n,
  (SELECT coalesce(sum(size), 0) FROM attachment WHERE case_id = cases.id AND length(sealed) > 0) AS size
FROM cases WHERE cases.id = ?
"""

ADD = """
INSERT INTO attachment (case_id, n, material, kind, size, digest, actor, at, sealed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_OF_CASE = """
SELECT n, material, kind, size, actor, at FROM attachment
WHERE case_id = ? AND length(sealed) > 0 ORDER BY n
"""

LEAVE_OUT = "UPDATE attachment SET sealed = ? WHERE case_id = ? AND n = ?"
"""The row stays: the book of events holds its digest."""

SEALED = """
SELECT attachment.case_id, n, material, kind, sealed, service_id, service_version
FROM attachment JOIN cases ON cases.id = attachment.case_id WHERE attachment.case_id = ? AND n = ?
  AND length(sealed) > 0
"""


def attachments_of(db: Connection, case_id: str) -> tuple[Attachment, ...]:
    """In the order they came."""
    return tuple(_attachment(row) for row in db.execute(_OF_CASE, (case_id,)).fetchall())


def sealed_digest(sealed: bytes) -> bytes:
    """Of the sealed bytes: whoever has no key can check it, and learns nothing of what they hold."""
    return hashlib.sha256(sealed).digest()


def _attachment(row: Any) -> Attachment:
    return Attachment(
        row["n"], row["material"], Kind(row["kind"]), row["size"], row["actor"], read(row["at"])
    )
