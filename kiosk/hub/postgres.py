"""PostgreSQL under the store: a connection of the shape that the store uses, and its faults in our words.

Within a centre one writes at a time, as on one box: a writing action begins with the centre's own lock, so
the history and its chain are what they are in a file. Reading takes no lock and sees one moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from kiosk.hub.dialect import numbered, translated
from kiosk.store.sqlite import Connection
from kiosk.store.trouble import StoreTrouble, Trouble

if TYPE_CHECKING:
    from psycopg.cursor import Cursor

    Raw = psycopg.Connection[Any]

_CONNECT_S = 10
_STATEMENT_S = 30
_IDLE_S = 60
"""An action that was begun and forgotten holds its whole centre up: the hub ends it."""
_SESSION = (
    "-c search_path=office,pg_catalog -c timezone=UTC -c client_min_messages=error"
    f" -c statement_timeout={_STATEMENT_S}s -c idle_in_transaction_session_timeout={_IDLE_S}s"
    # a desk that lost its power while it was being answered: otherwise it holds its centre's lock for long
    f" -c tcp_user_timeout={_IDLE_S}s -c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5"
    " -c tcp_keepalives_count=3"
)
_WRITERS = 4_770_826
"""Class of the advisory locks under which centres write. Any number; it must stay."""
_BEGIN_WRITING = (
    "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = {patience};"
    f" SELECT pg_advisory_xact_lock({_WRITERS}, hashtext(hub.my_centre()))"
)
"""In one message: whoever else of the centre wants to write waits for as long as this one is on the line."""

_AWAY = frozenset({"57P01", "57P02", "57P03", "57P05", "25P03", "53300"})
"""States after which the same may well go through later: the server ends, begins, or has no place left."""
_BUSY = frozenset({"55P03", "57014", "40001", "40P01"})


class Row(tuple[Any, ...]):
    """By place and by name, as SQLite's."""

    names: Mapping[str, int]

    def __getitem__(self, key: Any) -> Any:
        return tuple.__getitem__(self, self.names[key] if isinstance(key, str) else key)

    def keys(self) -> Sequence[str]:
        """In the order of the columns."""
        return list(self.names)


class _Wire:
    """Takes the store's statements."""

    text_factory: object = str
    """Whoever reads what may be broken asks SQLite for bytes that are no text; here text is never broken."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw

    def execute(self, statement: str, values: Any = ()) -> Cursor[Any]:
        """`values` by place or by name."""
        text = translated(statement).encode()
        if not values:
            return self.raw.execute(text, ())
        return self.raw.execute(text, _given(statement, values))

    def cursor(self) -> _Plain:
        """For plain tuples."""
        return _Plain(self.raw)

    def executemany(self, statement: str, many: Iterable[Any]) -> None:
        """Once for each of them."""
        with self.raw.cursor() as cursor:
            cursor.executemany(translated(statement).encode(), [_given(statement, one) for one in many])


class _Plain:
    """Rows without names, for whoever reads whole books."""

    row_factory: None = None

    def __init__(self, raw: Raw) -> None:
        self._raw = raw

    def execute(self, statement: str, values: Any = ()) -> Iterator[tuple[Any, ...]]:
        cursor = self._raw.cursor(row_factory=tuple_row)
        return iter(cursor.execute(translated(statement).encode(), _given(statement, values)))


class PostgresEngine:
    """One session of a desk. One that was cut is begun anew with the next action."""

    def __init__(self, address: str) -> None:
        """`address`: as psycopg takes it, with the role that it comes as; what is secret lies in files."""
        self._address = address
        self._raw: Raw | None = None
        self._closed = False

    def mapped(self, *, writing: bool = True) -> AbstractContextManager[None]:
        """What PostgreSQL says of a fault holds values: only the kind of it goes on."""
        return _mapped()

    def begin_reading(self) -> Connection:
        """REPEATABLE READ: all statements see the same moment."""
        return self._begun("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def begin_writing(self, patience: float) -> Connection:
        """After the centre's lock: each statement sees what was kept before it."""
        try:
            return self._begun(_BEGIN_WRITING.format(patience=int(patience * 1000)))
        except BaseException:
            self.roll_back()
            raise

    def commit(self) -> None:
        """Where the answer is lost nobody knows whether it was kept: the next look says."""
        raw = self._raw
        if raw is None or raw.closed:
            # a fresh session has nothing of it to keep
            raise StoreTrouble(Trouble.AWAY, "cut")
        if raw.info.transaction_status != TransactionStatus.INTRANS:
            raise StoreTrouble(Trouble.DAMAGED, "an action went on after a fault")
        raw.execute("COMMIT")

    def roll_back(self) -> None:
        """A session that is gone has taken it back by itself."""
        raw = self._raw
        if raw is None or raw.closed:
            return
        with suppress(psycopg.Error):
            if raw.info.transaction_status != TransactionStatus.IDLE:
                raw.execute("ROLLBACK")

    def tidy(self) -> bool:
        """The server tidies by itself."""
        return False

    def close(self) -> None:
        """For good."""
        self._closed = True
        if self._raw is not None:
            self._raw.close()

    def _begun(self, how: str) -> Connection:
        raw = self._there()
        try:
            raw.execute(how.encode())
        except psycopg.OperationalError:
            if not raw.closed:
                raise
            # cut while nobody used it: nothing was under way, so it is simply begun anew
            raw = self._there()
            raw.execute(how.encode())
        return cast("Connection", _Wire(raw))

    def _there(self) -> Raw:
        if self._closed:
            raise StoreTrouble(Trouble.AWAY, "closed")
        if self._raw is None or self._raw.closed:
            self._raw = connected(self._address)
        return self._raw


def connected(address: str) -> Raw:
    """A session with the settings that the store counts on. Raises psycopg.Error."""
    return psycopg.connect(
        address, autocommit=True, connect_timeout=_CONNECT_S, options=_SESSION, row_factory=_rows
    )


def trouble_of(error: psycopg.Error) -> StoreTrouble:
    """Which trouble it is; of the text, which holds values, nothing."""
    state = error.sqlstate or ""
    fault = state or type(error).__name__
    if state in _BUSY:
        return StoreTrouble(Trouble.BUSY, fault)
    if state.startswith("53") and state not in _AWAY:
        return StoreTrouble(Trouble.FULL, fault)
    if state.startswith("08") or state in _AWAY or (not state and _cut(error)):
        return StoreTrouble(Trouble.AWAY, fault)
    if state.startswith(("28", "42501", "25006")):
        return StoreTrouble(Trouble.READ_ONLY, fault)
    return StoreTrouble(Trouble.DAMAGED, fault)


def _cut(error: psycopg.Error) -> bool:
    return isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError))


@contextmanager
def _mapped() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise trouble_of(error) from None


def _given(statement: str, values: Any) -> Any:
    """SQLite takes a truth for a number, and a text that knows its kind for its text."""
    if isinstance(values, Mapping):
        return {name: _plain(value) for name, value in values.items()}
    plain = [_plain(value) for value in values]
    if numbered(statement):
        return {f"p{place}": value for place, value in enumerate(plain, 1)}
    return plain


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def _rows(cursor: Cursor[Any]) -> Any:
    described = cursor.description
    if described is None:
        return Row
    return _named(tuple(column.name for column in described))


@lru_cache(512)
def _named(names: tuple[str, ...]) -> type[Row]:
    return type("NamedRow", (Row,), {"__slots__": (), "names": {name: n for n, name in enumerate(names)}})
