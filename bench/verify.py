"""How many lines of the books a second `kiosk verify` reads, and what a head costs a submit.

    .venv/bin/python -m bench.verify [--json] [--cases 2000] [--lines 20]

The store is made as the kiosk makes it (encrypted, bodies sealed, a signed head with each case), then each
case gets the lines of its handling. Everything that `kiosk verify` does is timed: both books, every case
against its last line, consents, ticks, heads and the last signature, and SQLite's own check of the file.
Seconds are of the processor: a busy machine gives the same figures.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.cases.chain import BEGINNING
from kiosk.cases.chain_check import Reading
from kiosk.security.device_key import device_key
from kiosk.store import Store, chain_statements, open_store
from kiosk.store.rows_check import plain_rows
from kiosk.store.verifying import Trusted
from tests.store.people import WANG, WallClock, application, shipped_calendar

LEAST = 150_000
"""Lines a second."""
ROUNDS = 5


@dataclass(frozen=True)
class Answer:
    """Of the best of some rounds: others use the machine, too."""

    lines: int
    book_per_second: int
    """The lines alone: links and contents."""
    all_per_second: int
    """With everything else that is looked at."""
    sign_ms: float
    goal: int = LEAST

    @property
    def kept(self) -> bool:
        return self.book_per_second >= self.goal


def filled(folder: Path, cases: int, lines: int) -> Store:
    store = open_store(folder, clock=WallClock(), calendar=shipped_calendar())
    store._db.execute("PRAGMA synchronous = OFF")
    sent = [application(workdays=10) for _ in range(cases)]
    for one in sent:
        store.submit(one)
    with store._writing() as db:
        for _ in range(lines - 1):
            for one in sent:
                store._add_event(db, one.id, store._clock.now(), WANG, "viewed", 1, "id_number")
    return store


def measured(cases: int, lines: int) -> Answer:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = filled(folder, cases, lines)
        own = device_key(folder)
        trusted = Trusted({own.id: own.public})
        verdict = store.verify(trusted)
        if not verdict.good:
            raise SystemExit(f"not whole: {verdict.faults[:3]}")
        book = min(_timed_book(store) for _ in range(ROUNDS))
        whole = min(_timed(lambda: store.verify(trusted)) for _ in range(ROUNDS))
        signed = min(_timed(lambda: own.sign(b"x" * 64)) for _ in range(50))
        store.close()
    return Answer(verdict.lines, int(verdict.lines / book), int(verdict.lines / whole), signed * 1000)


def _timed_book(store: Store) -> float:
    with store._reading() as db:
        return _timed(lambda: Reading().read(plain_rows(db, chain_statements.LINES, (0,)), BEGINNING))


def _timed(act: object) -> float:
    assert callable(act)
    began = time.process_time()
    act()
    return time.process_time() - began


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    options.add_argument("--cases", type=int, default=2000)
    options.add_argument("--lines", type=int, default=20)
    given = options.parse_args()
    answer = measured(given.cases, given.lines)
    if given.json:
        print(json.dumps({**asdict(answer), "kept": answer.kept}))
        return
    print(f"{answer.lines} lines: {answer.book_per_second} a second (goal {answer.goal}),")
    print(f"{answer.all_per_second} a second with cases, consents, heads and the file's own check;")
    print(f"one signature {answer.sign_ms:.2f} ms")


if __name__ == "__main__":
    main()
