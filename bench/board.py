"""The desk's board and the next case, with a few cases finished and with a million.

    .venv/bin/python -m bench.board [--json] [--finished 1000000] [--open 10000]

Two stores with the same open cases; in one of them a thousand cases are finished, in the other a million.
Both are asked in turns, so that what else the machine does weighs on both alike. *board* is what a desk reads
every five seconds: the height of every heap and a page of the first. *next* is one key at the desk: the case
is found, claimed and kept on the disk; giving it back is not timed. *search* is a ticket without its day.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from kiosk.cases.search import Search
from kiosk.cases.states import Actor, Role
from kiosk.store import Store, open_store
from kiosk.store.instant import written
from tests.store.people import HandClock, shipped_calendar

MOST_RATIO = 1.3
FEW = 1_000
WANG = Actor("王丽", Role.STAFF)

FILL = """
WITH RECURSIVE one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < :count)
INSERT INTO cases (id, number, day_sequence, state, epoch, received_at, promised_workdays, due, service_id,
  desk, title, person_key)
SELECT :kind || printf('%08d', n), printf('%s-%08d', :kind, n), n % 900 + 1, :state, 0, :at, 10,
  date(:day, '+' || (n % 40) || ' days'), 'elderly-allowance', CASE n % 3 WHEN 0 THEN '民政' ELSE '社保' END,
  '{"zh":"高龄津贴申请"}', printf('%064d', n) FROM one
"""
FILL_EVENTS = """
INSERT INTO event (case_id, seq, at, actor, role, kind, epoch, note, salt, content, link)
SELECT id, 1, received_at, 'resident', 'resident', 'submitted', 0, '', randomblob(16), randomblob(32),
  randomblob(32) FROM cases
"""


@dataclass(frozen=True)
class Answer:
    """Medians in milliseconds, with a thousand finished cases and with many."""

    what: str
    few_ms: float
    many_ms: float
    goal: float = MOST_RATIO

    @property
    def ratio(self) -> float:
        return self.many_ms / self.few_ms

    @property
    def kept(self) -> bool:
        return self.ratio <= self.goal


def filled(folder: Path, waiting: int, finished: int) -> Store:
    clock = HandClock()
    store = open_store(folder, clock=clock, calendar=shipped_calendar())
    at, day = written(clock.now()), clock.now().date().isoformat()
    for kind, state, count in (("open", "queued", waiting), ("done", "closed", finished)):
        values = {"kind": kind, "state": state, "count": count, "at": at, "day": day}
        with store._writing() as db:
            db.execute(FILL, values)
    with store._writing() as db:
        db.execute(FILL_EVENTS)
    store.tidy()
    clock.forward(days=3)
    return store


def board(store: Store) -> float:
    return _timed(store.board)


def search(store: Store) -> float:
    return _timed(lambda: store.search(Search(ticket=17)))


def next_case(store: Store) -> float:
    started = time.perf_counter()
    claim = store.next_case(WANG)
    took = time.perf_counter() - started
    if claim is None:
        raise AssertionError("a queue without a case")
    store.release(claim.case_id, WANG, claim.epoch, "")
    return took * 1000


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def measure(folder: Path, waiting: int, finished: int, runs: int) -> list[Answer]:
    few = filled(folder / "few", waiting, FEW)
    many = filled(folder / "many", waiting, finished)
    answers = []
    for act in (board, next_case, search):
        times: dict[str, list[float]] = {"few": [], "many": []}
        for run in range(runs + 3):
            turns = [("few", few), ("many", many)]
            for name, store in turns if run % 2 else reversed(turns):
                took = act(store)
                if run >= 3:
                    times[name].append(took)
        medians = {name: statistics.median(values) for name, values in times.items()}
        answers.append(Answer(act.__name__, medians["few"], medians["many"]))
    few.close()
    many.close()
    return answers


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--finished", type=int, default=1_000_000)
    parser.add_argument("--open", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=31)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        answers = measure(Path(folder), given.open, given.finished, given.runs)
    for answer in answers:
        if given.json:
            print(json.dumps({**asdict(answer), "ratio": answer.ratio, "kept": answer.kept}))
        else:
            few, many = f"{FEW:,} finished", f"{given.finished:,} finished"
            print(
                f"{answer.what:<10} {answer.few_ms:8.2f} ms with {few}, {answer.many_ms:8.2f} ms with {many}"
            )
            print(f"{'':<10} {answer.ratio:.2f} times as long (at most {answer.goal})")
    if not given.json:
        print(f"{given.open:,} open; {timedelta(seconds=round(time.monotonic() - started))} in all")
    return 0 if all(answer.kept for answer in answers) else 1


if __name__ == "__main__":
    raise SystemExit(main())
