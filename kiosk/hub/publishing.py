"""Publishing: the publisher's side, on a computer with the private key, and how far it has come.

The hub is believed nothing: which number comes next follows from the publisher's own clock and from the last
edition that carries the publisher's own signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kiosk.editions.edition import Edition, Kind, Refused, Signed, opened, serial_at, signed

if TYPE_CHECKING:
    import psycopg

    from kiosk.security.device_key import DeviceKey

    Connection = psycopg.Connection[Any]


def publish(db: Connection, kind: Kind, files: Mapping[str, bytes], key: DeviceKey, now: datetime) -> Edition:
    """Sign these files and give them to the hub. What it has already is signed anew, too: it may have been
    laid down there by somebody else, and be older than what boxes have had.

    `db`: of a district, or of whoever looks after the database. Raises ValueError where they cannot be
    published, psycopg.Error.
    """
    last = _last(db, kind, key)
    serial = max(serial_at(now), last.serial + 1 if last else 1)
    edition = Edition(kind, serial, now.astimezone(UTC), files)
    made = signed(edition, key)
    db.execute("SELECT hub.publish(%s, %s, %s)", (kind.value, made.body, made.signature))
    return edition


def _last(db: Connection, kind: Kind, key: DeviceKey) -> Edition | None:
    row = db.execute("SELECT body, signature FROM hub.published(%s)", (kind.value,)).fetchone()
    if row is None:
        return None
    try:
        return opened(Signed(bytes(row[0]), bytes(row[1])), kind, [key.public])
    except Refused:
        # of the key before this one, or of nobody: not what this key has published
        return None


@dataclass(frozen=True, slots=True)
class AtKiosk:
    """How a kiosk stands to what was published last."""

    centre: str
    kiosk: str
    kind: Kind
    has: bool
    asked: bool
    """Did it ever ask? One that knows no key of a publisher, or has an older program, does not."""
    refused: str
    """Why it did not take it (`Why`, or a word of a newer kiosk); empty: it did not refuse."""


@dataclass(frozen=True, slots=True)
class Published:
    """The newest edition of a kind, and who has it."""

    kind: Kind
    at: datetime
    published_by: str
    kiosks: tuple[AtKiosk, ...]


def published(db: Connection) -> tuple[Published, ...]:
    """As this role may see it: a desk the kiosks of its centre. Empty at a hub that knows no editions."""
    if db.execute("SELECT to_regclass('hub.edition')").fetchone() == (None,):
        return ()
    newest = db.execute(
        "SELECT DISTINCT ON (kind) kind, digest, at, published_by FROM hub.edition ORDER BY kind DESC, n DESC"
    ).fetchall()
    return tuple(
        Published(Kind(kind), at, by, _at_kiosks(db, Kind(kind), bytes(digest)))
        for kind, digest, at, by in newest
    )


def _at_kiosks(db: Connection, kind: Kind, digest: bytes) -> tuple[AtKiosk, ...]:
    rows = db.execute(
        """
        SELECT m.centre, m.kiosk, coalesce(e.held = %(digest)s, false), e.kiosk IS NOT NULL,
               CASE WHEN e.left_out = %(digest)s THEN e.why ELSE '' END
          FROM hub.member m
          LEFT JOIN hub.edition_at e ON e.centre = m.centre AND e.kiosk = m.kiosk AND e.kind = %(kind)s
         WHERE m.kind = 'kiosk' AND m.revoked_at IS NULL ORDER BY m.centre, m.kiosk""",
        {"digest": digest, "kind": kind.value},
    )
    return tuple(AtKiosk(row[0], row[1], kind, row[2], row[3], row[4]) for row in rows)
