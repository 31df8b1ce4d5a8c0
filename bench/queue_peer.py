"""A queue of somebody else as a program: orders on stdin, the seconds that each took on stdout.

    python bench/queue_peer.py NAME FOLDER

It runs in whichever Python has that queue, so it imports nothing of ours. `put` keeps what stands after it,
`take` claims the oldest, `done` finishes what was taken.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable
from typing import Any, Protocol


class Peer(Protocol):
    def put(self, body: str) -> None: ...
    def take(self) -> None: ...
    def done(self) -> None: ...


class Raw:
    """Python's own sqlite3, durable, one row a job and an index on what waits: the least that a queue is."""

    def __init__(self, folder: str) -> None:
        self._db = sqlite3.connect(os.path.join(folder, "raw.sqlite3"), isolation_level=None, timeout=30)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("CREATE TABLE job (n INTEGER PRIMARY KEY, state TEXT, worker TEXT, body TEXT)")
        self._db.execute("CREATE INDEX waiting ON job (n) WHERE state = 'queued'")
        self._taken = 0

    def put(self, body: str) -> None:
        self._db.execute("INSERT INTO job (state, body) VALUES ('queued', ?)", (body,))

    def take(self) -> None:
        taken = self._db.execute(
            "UPDATE job SET state = 'claimed', worker = 'w' WHERE n = "
            "(SELECT n FROM job WHERE state = 'queued' ORDER BY n LIMIT 1) RETURNING n"
        )
        (self._taken,) = taken.fetchall()[0]

    def done(self) -> None:
        self._db.execute("UPDATE job SET state = 'done' WHERE n = ? AND state = 'claimed'", (self._taken,))


class PersistQueue:
    """SQLiteAckQueue of persist-queue, as it comes."""

    def __init__(self, folder: str) -> None:
        import persistqueue  # type: ignore[import-not-found]

        self._queue: Any = persistqueue.SQLiteAckQueue(os.path.join(folder, "persist-queue"))
        self._taken: Any = None

    def put(self, body: str) -> None:
        self._queue.put(body)

    def take(self) -> None:
        self._taken = self._queue.get()

    def done(self) -> None:
        self._queue.ack(self._taken)


class LiteQueue:
    """litequeue as it comes: a power cut takes what it has just promised."""

    durable = False

    def __init__(self, folder: str) -> None:
        import litequeue  # type: ignore[import-not-found]

        self._queue: Any = litequeue.LiteQueue(os.path.join(folder, f"litequeue-{self.durable}"))
        if self.durable:
            self._queue.conn.execute("PRAGMA synchronous = FULL")
        self._taken: Any = None

    def put(self, body: str) -> None:
        self._queue.put(body)

    def take(self) -> None:
        self._taken = self._queue.pop()

    def done(self) -> None:
        self._queue.done(self._taken.message_id)


class DurableLiteQueue(LiteQueue):
    """The same, told to sync."""

    durable = True


PEERS: dict[str, Callable[[str], Peer]] = {
    "raw sqlite3": Raw,
    "persist-queue": PersistQueue,
    "litequeue": LiteQueue,
    "litequeue, durable": DurableLiteQueue,
}


def main() -> None:
    peer: Peer = PEERS[sys.argv[1]](sys.argv[2])
    for line in sys.stdin:
        order, _, body = line.rstrip("\n").partition(" ")
        begun = time.perf_counter()
        if order == "put":
            peer.put(body)
        elif order == "take":
            peer.take()
        else:
            peer.done()
        print(time.perf_counter() - begun, flush=True)


if __name__ == "__main__":
    main()
