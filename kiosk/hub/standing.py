"""How the hub stands: which kiosks are silent or behind, what could not be taken in, what wants a look.

Whoever looks after the database sees all centres, a desk its own. Nothing of what was sent is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from kiosk.hub.aside import Aside
from kiosk.hub.report import Report

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[Any]

SILENT_AFTER = timedelta(minutes=10)
"""A kiosk asks for its news every minute or so, and every five where it has come in vain."""


@dataclass(frozen=True, slots=True)
class KioskStanding:
    """What the hub knows of one kiosk."""

    centre: str
    kiosk: str
    revoked: bool
    heard_at: datetime | None
    """By the hub's clock, as all times here; None: never."""
    sent_at: datetime | None
    """When it last sent something."""
    highest: int
    """The highest number that it has sent."""
    waiting: int
    """Parcels that no desk has taken in yet."""
    oldest: datetime | None
    """Since when the first of them waits."""
    set_aside: int
    """Parcels that could not be taken in; but what came too late is settled: the resident was told."""
    quarantined: int
    """Parcels under an id of another, or not as they were sent."""
    alarms: int
    """Nobody has looked at them yet."""
    news: int
    """In its mailbox; not fetched yet."""
    told_at: datetime | None = None
    """When it last said how it is; None: never, as kiosks of an older version do not."""
    report: Report | None = None
    """What it said then."""

    def alive(self, now: datetime) -> bool:
        """Was it heard of lately?"""
        return not self.revoked and self.heard_at is not None and now - self.heard_at <= SILENT_AFTER

    def fresh(self, now: datetime) -> Report | None:
        """What it says of itself, as long as that counts."""
        if self.told_at is None or self.revoked or now - self.told_at > SILENT_AFTER:
            return None
        return self.report

    @property
    def clock_ahead(self) -> timedelta | None:
        """How far the kiosk's clock is ahead of the hub's; a slow line makes it seem behind by as much."""
        if self.report is None or self.told_at is None:
            return None
        return self.report.said_at - self.told_at


@dataclass(frozen=True, slots=True)
class Kiosks:
    """All that one look showed."""

    now: datetime
    """By the hub's clock."""
    kiosks: tuple[KioskStanding, ...]


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something about a kiosk's numbers, or what came under them."""

    n: int
    centre: str
    kiosk: str
    kind: str
    kseq: int
    at: datetime


def hub_clock(db: Connection) -> datetime:
    """What time it is at the hub."""
    moment = db.execute("SELECT clock_timestamp()").fetchone()
    assert moment is not None
    now: datetime = moment[0]
    return now


def kiosks(db: Connection) -> tuple[KioskStanding, ...]:
    """Of every kiosk that this role may see, by centre."""
    return tuple(_standing(tuple(row)) for row in db.execute(_KIOSKS))


def _standing(row: tuple[Any, ...]) -> KioskStanding:
    told_at, said = row[12], row[13:]
    known = KioskStanding(*row[:12])
    return known if told_at is None else replace(known, told_at=told_at, report=Report(*said))


def new_alarms(db: Connection) -> tuple[Alarm, ...]:
    """What nobody has looked at yet, the oldest first."""
    rows = db.execute(
        "SELECT n, centre, kiosk, kind, kseq, at FROM hub.alarm WHERE looked_at IS NULL ORDER BY n"
    )
    return tuple(Alarm(*row) for row in rows)


def looked_at(db: Connection, alarms: tuple[Alarm, ...]) -> None:
    """They are known now; they stay on record."""
    db.execute("UPDATE hub.alarm SET looked_at = now() WHERE n = ANY (%s)", ([one.n for one in alarms],))


_KIOSKS = f"""
SELECT m.centre, m.kiosk, m.revoked_at IS NOT NULL, s.at, s.sent_at, coalesce(s.highest, 0),
       coalesce(w.n, 0), w.oldest, coalesce(a.n, 0), coalesce(q.n, 0), coalesce(l.n, 0), coalesce(p.n, 0),
       r.at, r.version, r.said_at, r.waiting, r.oldest, r.calls, r.reader, r.paper, r.sound,
       r.certificate_ends, r.checked_at, r.checked, r.wants_look, r.tried_at, r.tried, r.tried_look
  FROM hub.member m
  LEFT JOIN hub.seen s ON s.centre = m.centre AND s.kiosk = m.kiosk
  LEFT JOIN hub.report r ON r.centre = m.centre AND r.kiosk = m.kiosk
  LEFT JOIN (SELECT centre, kiosk, count(*) AS n, min(received_at) AS oldest FROM hub.parcel
              WHERE taken_at IS NULL AND set_aside IS NULL GROUP BY centre, kiosk) w
    ON w.centre = m.centre AND w.kiosk = m.kiosk
  LEFT JOIN (SELECT centre, kiosk, count(*) AS n FROM hub.parcel
              WHERE set_aside <> '{Aside.TOO_LATE}' GROUP BY centre, kiosk) a
    ON a.centre = m.centre AND a.kiosk = m.kiosk
  LEFT JOIN (SELECT centre, kiosk, count(*) AS n FROM hub.quarantine GROUP BY centre, kiosk) q
    ON q.centre = m.centre AND q.kiosk = m.kiosk
  LEFT JOIN (SELECT centre, kiosk, count(*) AS n FROM hub.alarm
              WHERE looked_at IS NULL GROUP BY centre, kiosk) l
    ON l.centre = m.centre AND l.kiosk = m.kiosk
  LEFT JOIN (SELECT centre, kiosk, count(*) AS n FROM hub.mailbox GROUP BY centre, kiosk) p
    ON p.centre = m.centre AND p.kiosk = m.kiosk
 WHERE m.kind = 'kiosk'
 ORDER BY m.centre, m.kiosk
"""
