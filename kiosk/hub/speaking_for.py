"""The way to the database for the program that answers kiosks over HTTPS: in the name of each in turn.

It signs in as a server (`Kind.SERVER`), which may ask what a kiosk may ask and sees no table. The database
believes it which kiosk it speaks for, and looks itself whether that kiosk is known and was not revoked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from queue import Empty, LifoQueue
from typing import TYPE_CHECKING, Any

from kiosk.hub.direct import DirectLink
from kiosk.hub.link import Link

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]

_FOR = "SELECT set_config('bangban.kiosk', %s, false)"


class SpeakingFor:
    """Connections that any thread may use, one question at a time each: the last one used is used first."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        """`connect`: as a server, committing each statement; see `direct.entering`."""
        self._connect = connect
        self._free: LifoQueue[Connection] = LifoQueue()

    @contextmanager
    def __call__(self, role: str) -> Iterator[Link]:
        """For the kiosk that signs in as `role`; the link ends with the block."""
        taken: list[Connection] = []
        try:
            yield DirectLink(partial(self._take, role, taken))
        finally:
            for db in taken:
                if not db.closed:
                    self._free.put(db)

    def close(self) -> None:
        """Those that are not in use now."""
        with suppress(Empty):
            while True:
                self._free.get_nowait().close()

    def _take(self, role: str, taken: list[Connection]) -> Connection:
        """One that answers: nothing was asked of it yet, so another is as good. Raises psycopg.Error."""
        import psycopg

        while True:
            try:
                db = self._free.get_nowait()
            except Empty:
                break
            try:
                db.execute(_FOR, (role,))
            except psycopg.Error:
                db.close()
                continue
            taken.append(db)
            return db
        db = self._connect()
        taken.append(db)
        db.execute(_FOR, (role,))
        return db
