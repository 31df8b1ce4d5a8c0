"""One submit beside one durable insert of raw sqlite3, in turns, and where the rest of its time goes.

    .venv/bin/python -m bench.submit [--runs 300] [--folder FOLDER] [--json]

Four keep the same application, one after another in changing order, each with one sync: raw sqlite3 as one
row; raw sqlite3 with all rows that a submit writes, in the same tables; the store without encryption; the
store. What is sealed, signed and turned to JSON is then done once more by itself.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from bench.queues import opened
from kiosk.cases.submission import Submission
from kiosk.security.centre_keys import new_pair
from kiosk.security.device_key import DeviceKey, device_key
from kiosk.security.envelope import Binding, seal
from kiosk.store import Store, open_store
from kiosk.store.body import to_json
from kiosk.store.store import FILE_NAME
from tests.store.people import WallClock, application, draft, shipped_calendar

WARM_UP = 50
LEAST = 0.8
"""Of raw, without what is sealed, signed and turned to JSON."""
ROWS = {
    "cases": "id = ?",
    "consent": "case_id = ?",
    "person_level": "case_id = ?",
    "event": "case_id = ?",
    "head": "n = (SELECT n FROM event WHERE case_id = ?)",
}
RAW, SAME, BARE, OURS, CRYPTO = "raw, one row", "raw, the same rows", "not encrypted", "ours", "crypto, JSON"


@dataclass
class Line:
    """Milliseconds by the clock and of the processor."""

    who: str
    times: list[float] = field(default_factory=list, repr=False)
    spent: list[float] = field(default_factory=list, repr=False)

    @property
    def figures(self) -> dict[str, float]:
        return {
            "p50_ms": statistics.median(self.times),
            "p90_ms": statistics.quantiles(self.times, n=10)[8],
            "processor_ms": statistics.median(self.spent),
        }

    def does(self, act: Callable[[], object]) -> None:
        spent, begun = time.thread_time(), time.perf_counter()
        act()
        self.times.append((time.perf_counter() - begun) * 1000)
        self.spent.append((time.thread_time() - spent) * 1000)

    def __str__(self) -> str:
        p50, p90, processor = self.figures.values()
        return f"{self.who:<20} p50 {p50:6.2f}  p90 {p90:6.2f} ms  processor {processor:5.2f} ms"


def durable(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    return db


class OneRow:
    """The least that a queue is."""

    def __init__(self, folder: Path) -> None:
        self._db = durable(folder / "one.sqlite3")
        self._db.execute("CREATE TABLE job (n INTEGER PRIMARY KEY, state TEXT, body TEXT)")
        self._db.execute("CREATE INDEX waiting ON job (n) WHERE state = 'queued'")

    def keep(self, body: str) -> None:
        self._db.execute("INSERT INTO job (state, body) VALUES ('queued', ?)", (body,))


class SameRows:
    """The rows of a submit in the tables of the store, and nothing asked: what the database alone takes."""

    def __init__(self, folder: Path, bare: Path) -> None:
        self._from = sqlite3.connect(f"file:{bare / FILE_NAME}?mode=ro", uri=True)
        self._db = durable(folder / "same.sqlite3")
        made = (
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        )
        for (statement,) in self._from.execute(made).fetchall():
            self._db.execute(statement)

    def read(self, case_id: str) -> list[tuple[str, tuple[object, ...]]]:
        """The rows that the store wrote for this case."""
        return [
            (f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
            for table, where in ROWS.items()
            for row in self._from.execute(f"SELECT * FROM {table} WHERE {where}", (case_id,)).fetchall()
        ]

    def keep(self, rows: list[tuple[str, tuple[object, ...]]]) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        for statement, row in rows:
            self._db.execute(statement, row)
        self._db.execute("COMMIT")


class Alone:
    """What a submit seals, signs and turns to JSON, and nothing kept."""

    def __init__(self, folder: Path) -> None:
        self._public = new_pair().public
        self._device: DeviceKey = device_key(folder)

    def does(self, sent: Submission) -> None:
        bound = Binding(sent.id, "submission", sent.service_id, sent.service_version, "centre")
        self._device.sign(seal(to_json(sent).encode(), [self._public], bound)[:200])


def measured(folder: Path, runs: int) -> list[Line]:
    bare_folder = folder / "bare"
    bare = open_store(bare_folder, clock=WallClock(), calendar=shipped_calendar(), encrypt=False)
    ours, one, same = opened(folder / "ours"), OneRow(folder), SameRows(folder, bare_folder)
    alone = Alone(folder)
    lines = {who: Line(who) for who in (RAW, SAME, BARE, OURS, CRYPTO)}
    order = [RAW, SAME, BARE, OURS]
    rows: list[tuple[str, tuple[object, ...]]] = same.read(_kept(bare))
    for run in range(runs + WARM_UP):
        if run == WARM_UP:
            lines = {who: Line(who) for who in lines}
        order.append(order.pop(0))
        first, second = _drafted(bare), _drafted(ours)
        acts: dict[str, Callable[[], object]] = {
            RAW: partial(one.keep, to_json(first)),
            SAME: partial(same.keep, rows),
            BARE: partial(bare.submit, first),
            OURS: partial(ours.submit, second),
        }
        for who in order:
            lines[who].does(acts[who])
        lines[CRYPTO].does(partial(alone.does, first))
        rows = same.read(first.id)
    bare.close()
    ours.close()
    return list(lines.values())


def _drafted(store: Store) -> Submission:
    sent = application(person_key=os.urandom(32).hex())
    store.save_draft(draft(sent.id))
    return sent


def _kept(store: Store) -> str:
    sent = _drafted(store)
    store.submit(sent)
    return sent.id


def of_raw(lines: list[Line], peer: str, who: str) -> float:
    """The peer's time over that of this one without crypto and JSON: medians over the rounds."""
    named = {line.who: line.times for line in lines}
    rounds = zip(named[peer], named[who], named[CRYPTO], strict=True)
    return statistics.median(theirs / max(mine - crypto, 0.01) for theirs, mine, crypto in rounds)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=300, help="submits (default %(default)s)")
    parser.add_argument("--folder", type=Path, help="where to write (default: the system's temporary folder)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        lines = measured(Path(folder), options.runs)
    for line in lines:
        told = {key: value for key, value in asdict(line).items() if key == "who"} | line.figures
        print(json.dumps(told) if options.json else line)
    kept = True
    for peer in (RAW, SAME):
        ratio = of_raw(lines, peer, OURS)
        kept &= ratio >= LEAST or peer != RAW
        verdict = {"of": peer, "ratio": round(ratio, 2), "goal": LEAST if peer == RAW else None}
        print(json.dumps(verdict) if options.json else f"of {peer}, without crypto and JSON: {ratio:.2f}")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
