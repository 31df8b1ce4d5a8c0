"""Statistics with a million finished cases: counting them the first time, and every look after that.

    .venv/bin/python -m bench.counts [--json] [--finished 1000000] [--counted 20000]

A store in which so many cases of the last year were handed in, taken and decided, with a rating each.
*count* is the work on lines of the books that are new: at night, or when the page is opened; it is timed over
the first `--counted` of them, and the rest of the year is laid out as it would be after counting. *look* is
what the page reads, of a whole year and of 30 days; *count ten more* what it costs when ten cases are new.
All in seconds of the processor: what else the machine does weighs nothing.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from kiosk.store import Store, open_store
from tests.store.people import HandClock, application, shipped_calendar

LOOK_MS = 250.0
"""So long may a page take that somebody has just opened."""
DAYS = 365

FILL = """
WITH RECURSIVE one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < :count)
INSERT INTO cases (id, number, day_sequence, state, epoch, received_at, promised_workdays, due, service_id,
  desk, title, person_key, outcome)
SELECT printf('%08d', n), printf('done-%08d', n), n % 900 + 1, 'closed', 0,
  strftime('%Y-%m-%dT01:30:00.000000+00:00', :first, '+' || (n * :days / :count) || ' days'), 10,
  date(:first, '+' || (n * :days / :count + 14) || ' days'), 'service-' || (n % 12), '民政',
  '{"zh":"高龄津贴申请"}', printf('%064d', n), 'granted' FROM one
"""
EVENTS = """
INSERT INTO event (case_id, seq, at, actor, role, kind, epoch, note, salt, content, link)
SELECT id, seq, strftime('%Y-%m-%dT0' || (1 + seq) || ':30:00.000000+00:00', received_at,
    '+' || ((seq - 1) * (day_sequence % 9)) || ' days'), 'resident', 'resident', kind, 0, '',
  randomblob(16), randomblob(32), randomblob(32)
FROM cases,
  (SELECT 1 AS seq, 'submitted' AS kind UNION ALL SELECT 2, 'claimed' UNION ALL SELECT 3, 'completed')
ORDER BY received_at, id, seq
"""
RATINGS = """
INSERT INTO rating (level, service_id, day)
SELECT day_sequence % 5 + 1, service_id, date(received_at) FROM cases
"""
LAID_OUT = """
INSERT INTO tally (day, service_id, what, size, times)
SELECT date(received_at), service_id, what, size, count(*)
FROM cases, (SELECT 'handed_in' AS what UNION ALL SELECT 'decided' UNION ALL SELECT 'rated'),
  (SELECT 0 AS size UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4)
WHERE (what <> 'handed_in' OR size < 2) AND (what <> 'handed_in' OR size = day_sequence % 2)
GROUP BY 1, 2, 3, 4
ON CONFLICT DO UPDATE SET times = excluded.times
"""


@dataclass(frozen=True)
class Figure:
    """One figure, and how far it may go."""

    what: str
    value: float
    unit: str
    at_most: float | None = None

    @property
    def kept(self) -> bool:
        return self.at_most is None or self.value <= self.at_most


def filled(folder: Path, finished: int) -> tuple[Store, date]:
    clock = HandClock()
    store = open_store(folder, clock=clock, calendar=shipped_calendar())
    first = clock.now().date() - timedelta(days=DAYS)
    with store._writing() as db:
        db.execute(FILL, {"count": finished, "first": first.isoformat(), "days": DAYS})
    with store._writing() as db:
        db.execute(EVENTS)
        db.execute(RATINGS)
    store.tidy()
    return store, first


def counting(store: Store, lines: int) -> Figure:
    """Lines a second, over the first of them."""
    done, started = 0, time.process_time()
    while done < lines and store.count_on(500):
        done += 500
    return Figure("count", done / (time.process_time() - started), "lines/s")


def lay_out(store: Store) -> None:
    """As the table stands once all is counted; the marks at the ends of both books."""
    with store._writing() as db:
        db.execute(LAID_OUT)
        db.execute("INSERT OR REPLACE INTO tallied SELECT 'event', max(n) FROM event")
        db.execute("INSERT OR REPLACE INTO tallied SELECT 'rating', max(id) FROM rating")


def looks(store: Store, first: date, runs: int) -> list[Figure]:
    last = first + timedelta(days=DAYS)
    spans = {"look at a year": first, "look at 30 days": last - timedelta(days=29)}
    figures = []
    for what, begin in spans.items():
        times = [_ms(partial(store.statistics, begin, last)) for _ in range(runs)]
        figures.append(Figure(what, statistics.median(times), "ms", LOOK_MS))
    for _ in range(10):
        store.submit(application())
    figures.append(Figure("count ten more", _ms(store.count_on), "ms", LOOK_MS))
    return figures


def _ms(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return (time.process_time() - started) * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--finished", type=int, default=1_000_000)
    parser.add_argument("--counted", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        store, first = filled(Path(folder), given.finished)
        figures = [counting(store, given.counted)]
        lay_out(store)
        figures += looks(store, first, given.runs)
        store.close()
    for figure in figures:
        if given.json:
            print(json.dumps({**asdict(figure), "kept": figure.kept}))
        else:
            goal = f" (at most {figure.at_most:,.0f})" if figure.at_most else ""
            print(f"{figure.what:<16} {figure.value:10,.1f} {figure.unit}{goal}")
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
