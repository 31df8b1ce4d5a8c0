"""The way to the hub's database itself, over TLS: for an office with some dozens of kiosks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.cases.parcels import MOST, CentreKey, News, NoProgress, Parcel, Progress, Receipt, Unread
from kiosk.cases.states import Outcome, State
from kiosk.editions.edition import Holding, Signed
from kiosk.hub.link import Fault, LinkTrouble, NotKnown
from kiosk.hub.report import Report, Seen

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]

_OFFER = """
SELECT id, hash, kseq, received_at, set_aside
FROM hub.offer(%s::bigint[], %s::text[], %s::text[], %s::text[], %b::bytea[], %b::bytea[])
"""
"""Bytes go as they are: written out as text a batch takes twenty times as long."""
_MAIL = "SELECT id, case_id, seq, kind, at, body FROM hub.mail(%s, %s, %s)"
_ACKNOWLEDGE = "SELECT hub.acknowledge(%s::bigint[], %s)"
_ASK = "SELECT hub.ask(%s)"
_PROGRESS = "SELECT number, state, due, outcome, service, paused FROM hub.progress(%s)"
"""Two statements, each committed: the hub answers only what was asked for before."""
_TELL = "SELECT hub.tell(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
_TOLD_FIRST = 12
"""Fields of a report that every hub takes."""
_TELL_TRIED = "SELECT hub.tell_tried(%s, %s, %s)"
_CALL = "SELECT seen_by, role FROM hub.call(%s, %s)"
_EDITION = "SELECT body, signature FROM hub.newest_edition(%s, %b, %b, %s)"
_KEY = "SELECT centre, id, public, protected FROM hub.key()"

_PATIENCE = {
    "connect_timeout": 10,
    "tcp_user_timeout": 30_000,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "options": "-c statement_timeout=60s -c idle_in_transaction_session_timeout=60s",
}
"""A line that was cut is noticed within half a minute, whatever the machines between would wait."""

_NOT_LET_IN = ("28", "42501")
"""What the server says to somebody it does not know, or who may not call this: the beginning of its code."""
_NOT_LET_IN_WORDS = (
    "password authentication failed",
    "no password supplied",
    "is not permitted to log in",
    "does not exist",
)
_NOT_THE_HUB_WORDS = (
    "certificate verify failed",
    "root certificate file",
    "server certificate",
    "does not support SSL",
)
"""Of a connection that was never made there is no code."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How a kiosk comes in."""

    address: str
    """postgresql://ROLE@HOST:PORT/DATABASE; no password in it."""
    password_file: Path | None = field(default=None, repr=False)
    """In PostgreSQL's own form (`passfile`)."""
    authority: Path | None = None
    """Whose word counts for the server's certificate; none: the address says how it is checked."""
    certificate: Path | None = None
    key: Path | None = None


class DirectLink:
    """A `Link`. It keeps one connection, makes another when that is gone, and belongs to one thread."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        """`connect` gives a connection that commits each statement; see `entering`."""
        self._connect = connect
        self._db: Connection | None = None

    def offer(self, parcels: Sequence[Parcel]) -> list[Receipt]:
        columns = (
            [one.kseq for one in parcels],
            [one.id for one in parcels],
            [one.kind.value for one in parcels],
            [one.case_id for one in parcels],
            [one.hash for one in parcels],
            [one.body for one in parcels],
        )
        with self._asking() as db:
            rows = db.execute(_OFFER, columns, binary=True).fetchall()
        return [Receipt(row[0], bytes(row[1]), row[2], row[3], row[4]) for row in rows]

    def mail(self, most: int = MOST, after: int = 0, have: int | None = None) -> list[News | Unread]:
        from kiosk.hub.mail_body import read_mail

        with self._asking() as db:
            rows = db.execute(_MAIL, (most, after, have)).fetchall()
        return [read_mail(row) for row in rows]

    def acknowledge(self, ids: Sequence[int], have: int | None = None) -> None:
        with self._asking() as db:
            db.execute(_ACKNOWLEDGE, (list(ids), have))

    def progress(self, number: str) -> Progress | NoProgress:
        with self._asking() as db:
            may = db.execute(_ASK, (number,)).fetchone()
            if may is None or not may[0]:
                return NoProgress.ENOUGH
            row = db.execute(_PROGRESS, (number,)).fetchone()
        return NoProgress.UNKNOWN if row is None else _progress(row)

    def key(self) -> CentreKey | None:
        with self._asking() as db:
            row = db.execute(_KEY).fetchone()
        return None if row is None else CentreKey(row[0], bytes(row[1]), bytes(row[2]), row[3])

    def tell(self, report: Report) -> None:
        with self._asking() as db:
            db.execute(_TELL, astuple(report)[:_TOLD_FIRST])
        if report.tried_at is not None:
            # a hub of an older schema goes on without it
            with suppress(NotKnown), self._asking() as db:
                db.execute(_TELL_TRIED, astuple(report)[_TOLD_FIRST:])

    def call(self, name: str, waits: float) -> Seen | None:
        with self._asking() as db:
            row = db.execute(_CALL, (name, waits)).fetchone()
        return None if row is None else Seen(row[0], row[1])

    def edition(self, holding: Holding) -> Signed | None:
        with self._asking() as db:
            given = (holding.kind.value, holding.held, holding.left_out, holding.why)
            row = db.execute(_EDITION, given, binary=True).fetchone()
        return None if row is None else Signed(bytes(row[0]), bytes(row[1]))

    def close(self) -> None:
        db, self._db = self._db, None
        if db is not None:
            with suppress(Exception):
                db.close()

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        import psycopg

        try:
            if self._db is None or self._db.closed:
                self._db = self._connect()
            yield self._db
        except psycopg.Error as error:
            # whatever it was, the next question begins with a fresh connection
            self.close()
            if isinstance(error, psycopg.errors.UndefinedFunction):
                raise NotKnown from None
            raise LinkTrouble(*_told(error)) from None


def entering(entry: Entry, patience: float | None = None) -> Callable[[], Connection]:
    """Connections as the settings of a kiosk say. `patience`: seconds for each step of a question, where
    somebody waits for the answer."""

    def connect() -> Connection:
        import psycopg

        hurried = {} if patience is None else _hurried(patience)
        return psycopg.connect(autocommit=True, **{**parameters(entry), **hurried})

    return connect


def _hurried(patience: float) -> dict[str, Any]:
    """libpq counts in whole seconds, and takes 1 for 2."""
    thousandths = round(patience * 1000)
    return {
        "connect_timeout": max(2, round(patience)),
        "tcp_user_timeout": thousandths,
        "options": f"-c statement_timeout={thousandths}",
    }


def parameters(entry: Entry) -> dict[str, Any]:
    """As psycopg takes them. A server on another machine must show who it is."""
    from psycopg.conninfo import conninfo_to_dict

    given = conninfo_to_dict(entry.address)
    chosen: dict[str, Any] = {**_PATIENCE, **given}
    files = {
        "passfile": entry.password_file,
        "sslrootcert": entry.authority,
        "sslcert": entry.certificate,
        "sslkey": entry.key,
    }
    chosen.update({name: str(path) for name, path in files.items() if path is not None})
    hosts = str(chosen.get("host", "")).split(",")
    if "hostaddr" in chosen or not all(host.startswith("/") for host in hosts):
        # not weaker than that, whatever the address says
        chosen["sslmode"] = "verify-full"
    return chosen


def _progress(row: tuple[Any, ...]) -> Progress:
    """A kiosk may have sent what it liked, or the hub be newer than this program."""
    number, state, due, outcome, service, paused = row
    try:
        told = Outcome(outcome) if outcome else None
        return Progress(number, State(state), date.fromisoformat(due), told, str(service), bool(paused))
    except (ValueError, TypeError):
        raise LinkTrouble(Fault.STRANGE, "progress") from None


def _told(error: psycopg.Error) -> tuple[Fault, str]:
    """By its code: the words of the server may quote what was sent."""
    import psycopg

    code = error.sqlstate or ""
    if code.startswith(_NOT_LET_IN):
        return Fault.REFUSED, code
    if not code and any(words in str(error) for words in _NOT_THE_HUB_WORDS):
        return Fault.STRANGE, "certificate"
    if not code and any(words in str(error) for words in _NOT_LET_IN_WORDS):
        return Fault.REFUSED, "login"
    if isinstance(error, psycopg.OperationalError) or code.startswith(("57", "08", "40", "53")):
        return Fault.AWAY, code
    return Fault.STRANGE, code or type(error).__name__
