"""A submit beside raw durable sqlite3 transactions, in the same run, taking turns.

    .venv/bin/python -m bench.store [--json] [--folder FOLDER]

Ours is measured as the kiosk does it: each visit finds the store swept, saves its answers one by one (not
timed), and submits, which also deletes the draft, on a store that is encrypted as a whole. The peer, through
Python's own sqlite3 in the write-ahead log with synchronous=FULL, keeps the same bytes in a single row with
one index, in one commit, its log long since written around. Both save a draft just before their turn, so that
none starts colder. What a submit spends on JSON and on sealing is measured beside it and is what may come on
top. The folder must be on the disk in question: memory has no syncs.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from kiosk.cases.submission import Submission
from kiosk.security.centre_keys import new_pair
from kiosk.security.envelope import Binding, seal, unseal
from kiosk.store import Store, open_store
from kiosk.store.body import to_json
from tests.store.people import WallClock, application, draft, shipped_calendar
from tests.store.syncs import counted, strace_refuses

LEAST_RATE = 0.8
WARM_UP = 300
"""Enough for the peers' logs to have been written around once."""
A_DAYS_WORK = 60
ANSWERS = 12
AT = "2026-11-02T01:30:00.000000+00:00"
MOST_ON_TOP = 5.0
"""Milliseconds for JSON and sealing."""


Turn = tuple[Callable[[], object], Callable[[], object]]
"""What comes before, and what is timed."""


@dataclass(frozen=True)
class Answer:
    """Medians in milliseconds."""

    submit_ms: float
    one_row_ms: float
    sealing_ms: float
    """JSON and seal, of the body that is submitted."""
    opening_ms: float
    syncs: dict[str, int] | str
    goal: float = LEAST_RATE

    @property
    def rate_of_one_row(self) -> float:
        """Of ours without what may come on top."""
        return self.one_row_ms / (self.submit_ms - self.sealing_ms)

    @property
    def kept(self) -> bool:
        one_sync = isinstance(self.syncs, str) or set(self.syncs.values()) == {1}
        return self.rate_of_one_row >= self.goal and self.sealing_ms <= MOST_ON_TOP and one_sync


def one_row_peer(folder: Path) -> sqlite3.Connection:
    peer = _raw(folder / "one-row.sqlite3")
    peer.execute("CREATE TABLE job (id TEXT PRIMARY KEY, state TEXT, at TEXT, body TEXT)")
    peer.execute("CREATE TABLE draft (id INTEGER PRIMARY KEY, body TEXT)")
    peer.execute("CREATE INDEX waiting ON job (at) WHERE state = 'queued'")
    return peer


def save_one_row(peer: sqlite3.Connection, body: str) -> None:
    peer.execute("INSERT OR REPLACE INTO draft VALUES (1, ?)", (body,))


def put_one_row(peer: sqlite3.Connection, sent: Submission, body: str) -> None:
    peer.execute("BEGIN IMMEDIATE")
    peer.execute("INSERT INTO job VALUES (?, 'queued', ?, ?)", (sent.id, AT, body))
    peer.execute("COMMIT")


def sealing(sent: Submission) -> tuple[float, float]:
    """Milliseconds that JSON and sealing take, and opening."""
    pair, bound = new_pair(), Binding(sent.id, "submission", sent.service_id, sent.service_version, "bench")
    start = time.perf_counter()
    sealed = seal(to_json(sent).encode(), [pair.public], bound)
    between = time.perf_counter()
    unseal(sealed, {pair.id: pair.private}, bound)
    return (between - start) * 1000, (time.perf_counter() - between) * 1000


def _raw(path: Path) -> sqlite3.Connection:
    peer = sqlite3.connect(path, isolation_level=None)
    peer.execute("PRAGMA journal_mode = WAL")
    peer.execute("PRAGMA synchronous = FULL")
    return peer


class BenchClock(WallClock):
    """The wall clock, moved on by a day after each day's work."""

    def __init__(self) -> None:
        self.days = 0

    def now(self) -> datetime:
        return super().now() + timedelta(days=self.days)


def begin_visit(store: Store, clock: BenchClock, draft_id: str) -> None:
    """What has happened by the time somebody submits."""
    store.sweep_drafts(clock.now())
    for _ in range(ANSWERS):
        store.save_draft(draft(draft_id, at=clock.now()))


def taking_turns(turns: list[Turn], first: int) -> list[float]:
    """Milliseconds of each act; who goes first changes, since a sync pays for what was written before."""
    times = [0.0] * len(turns)
    for turn in range(len(turns)):
        n = (first + turn) % len(turns)
        before, act = turns[n]
        before()
        start = time.perf_counter()
        act()
        times[n] = (time.perf_counter() - start) * 1000
    return times


def measure(folder: Path, runs: int) -> Answer:
    clock = BenchClock()
    store = open_store(folder / "state", clock=clock, calendar=shipped_calendar())
    one_row = one_row_peer(folder)
    times: list[list[float]] = []
    seals: list[tuple[float, float]] = []
    for n in range(runs + WARM_UP):
        clock.days = n // A_DAYS_WORK
        sent = application()
        begin_visit(store, clock, sent.id)
        body = to_json(sent)
        half_filled = draft(sent.id, at=clock.now())
        turns: list[Turn] = [
            (partial(store.save_draft, half_filled), partial(store.submit, sent)),
            (partial(save_one_row, one_row, half_filled.body), partial(put_one_row, one_row, sent, body)),
        ]
        times.append(taking_turns(turns, first=n % len(turns)))
        seals.append(sealing(sent))
    store.close()
    submit_ms, one_row_ms = map(statistics.median, zip(*times[WARM_UP:], strict=True))
    sealing_ms, opening_ms = map(statistics.median, zip(*seals[WARM_UP:], strict=True))
    return Answer(submit_ms, one_row_ms, sealing_ms, opening_ms, strace_refuses() or dict(counted()))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=1000, help="submits (default %(default)s)")
    parser.add_argument("--folder", type=Path, help="where to write (default: the system's temporary folder)")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        answer = measure(Path(folder), options.runs)
    rates = {"rate_of_one_row": answer.rate_of_one_row}
    if options.json:
        print(json.dumps(asdict(answer) | rates))
    else:
        print(f"one submit                 {answer.submit_ms:.3f} ms")
        print(f"raw transaction, one row   {answer.one_row_ms:.3f} ms")
        print(f"JSON and sealing in it     {answer.sealing_ms:.3f} ms (goal: at most {MOST_ON_TOP:.0f})")
        print(f"opening a body             {answer.opening_ms:.3f} ms")
        print(f"our rate without sealing   {answer.rate_of_one_row:.2f} (goal: at least {answer.goal})")
        print(f"syncs of each action       {answer.syncs} (goal: 1)")
    return 0 if answer.kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
