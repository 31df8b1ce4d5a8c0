"""Claims a second: desks of one centre, and of many, beside plain psycopg on a bare table.

    .venv/bin/python -m bench.hub_claims        # about two minutes; --json, --seconds

Ours is `next_case` and giving the case back, as a desk does it: what kiosks have sent is looked for, the case
is found, claimed and kept on the disk with its line in the chain; each desk is a process. The peer takes and
gives back with SELECT ... FOR UPDATE SKIP LOCKED and UPDATE on a table with nothing else, no history, over
the same line. In turns, each for some seconds, without a rest between two claims; people take one in minutes.
*At a pace*: 32 desks of one centre that each take a case every few seconds.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import psycopg

from bench.hub_ground import Figure, Ground, fill, ground, load, median
from kiosk.cases.states import Actor, Role
from kiosk.hub.store import open_hub_store
from kiosk.store import StoreTrouble
from tests.store.people import WallClock, shipped_calendar

CASES = 2_000
"""That wait in each centre."""
ONE_CENTRE = (2, 8, 32)
CENTRES = 32
LEAST_PER_SECOND = 10.0
MOST_WAIT_MS = 100.0
"""In the middle of all claims at a pace: so long nobody notices."""
PACE = 4.0
"""Seconds between two claims of one desk, more or less."""
WARM_UP = 12
"""Claims of each desk before it begins: a desk is opened once a shift, and its server then has its plans."""

BARE = """
CREATE TABLE bare (centre text NOT NULL, id bigint NOT NULL, holder text, due bigint NOT NULL,
  lease_until timestamptz, PRIMARY KEY (centre, id));
INSERT INTO bare SELECT 'centre_' || n % :centres, n, NULL, n FROM generate_series(0, :count - 1) AS n;
CREATE INDEX bare_free ON bare (centre, due) WHERE holder IS NULL;
GRANT SELECT, UPDATE ON bare TO bb_desks;
"""
TAKE = """
UPDATE public.bare SET holder = %(who)s, lease_until = now() + interval '20 min'
WHERE (centre, id) = (SELECT centre, id FROM public.bare WHERE centre = %(centre)s AND holder IS NULL
  ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id
"""
GIVE_BACK = (
    "UPDATE public.bare SET holder = NULL, lease_until = NULL WHERE centre = %(centre)s AND id = %(id)s"
)


@dataclass(frozen=True)
class Place:
    """Where one desk sits."""

    centre: str
    address: str
    folder: str
    who: str
    pace: float = 0.0

    def rest(self) -> None:
        """Before a claim."""
        if self.pace:
            time.sleep(random.uniform(0, 2) * self.pace)


Work = Callable[[Place, Barrier, float], list[float]]


def ours(place: Place, begin: Barrier, seconds: float) -> list[float]:
    """Milliseconds of each claim. One that nobody could wait for any longer counts as infinite."""
    folder = Path(place.folder)
    store = open_hub_store(place.address, folder, clock=WallClock(), calendar=shipped_calendar())
    actor = Actor(place.who, Role.STAFF)

    def claims() -> Iterator[float]:
        while True:
            begun = time.perf_counter()
            try:
                claim = store.next_case(actor)
                yield (time.perf_counter() - begun) * 1000
                if claim is not None:
                    store.release(claim.case_id, actor, claim.epoch, "")
            except StoreTrouble:
                yield float("inf")

    times = list(claimed(claims(), place, begin, seconds))
    store.close()
    return times


def claimed(claims: Iterator[float], place: Place, begin: Barrier, seconds: float) -> Iterator[float]:
    """From when all have warmed up, for so long."""
    for _ in range(WARM_UP):
        next(claims)
    begin.wait()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        place.rest()
        yield next(claims)


def bare(place: Place, begin: Barrier, seconds: float) -> list[float]:
    """The same of the peer."""
    with psycopg.connect(place.address, autocommit=True) as db:
        values: dict[str, Any] = {"centre": place.centre, "who": place.who}

        def claims() -> Iterator[float]:
            while True:
                begun = time.perf_counter()
                row = db.execute(TAKE, values).fetchone()
                yield (time.perf_counter() - begun) * 1000
                if row is not None:
                    db.execute(GIVE_BACK, {**values, "id": row[0]})

        return list(claimed(claims(), place, begin, seconds))


def at_once(work: Work, places: Sequence[Place], seconds: float) -> list[float]:
    """All of them, each in a process of its own; they begin together."""
    context = multiprocessing.get_context("fork")
    begin = context.Barrier(len(places))
    found: Any = context.SimpleQueue()

    def one(place: Place) -> None:
        found.put(work(place, begin, seconds))

    desks = [context.Process(target=one, args=(place,)) for place in places]
    for desk in desks:
        desk.start()
    times = [took for _ in desks for took in found.get()]
    for desk in desks:
        desk.join()
    return times


def compared(
    what: str, places: Sequence[Place], seconds: float, least: float | None = None, most: float | None = None
) -> list[Figure]:
    """`least` claims a second and centre; `most` milliseconds in the middle of all claims."""
    centres = len({place.centre for place in places})
    times = {name: list[float]() for name in ("ours", "bare")}
    for _ in range(2):
        times["bare"] += at_once(bare, places, seconds)
        times["ours"] += at_once(ours, places, seconds)
    rates = {name: len(all_of) / (2 * seconds) for name, all_of in times.items()}
    worst = sorted(times["ours"])[int(len(times["ours"]) * 0.95)]
    return [
        Figure(f"{what}: claims a second and centre", rates["ours"] / centres, "/s", least, at_least=True),
        Figure(f"{what}: claim", median(times["ours"]), "ms", most),
        Figure(f"{what}: 19 of 20 claims", worst, "ms"),
        Figure(f"{what}: bare SKIP LOCKED a second and centre", rates["bare"] / centres, "/s"),
        Figure(f"{what}: bare SKIP LOCKED", median(times["bare"]), "ms"),
        Figure(f"{what}: rate, ours over bare", rates["ours"] / rates["bare"], ""),
    ]


def measure(floor: Ground, seconds: float) -> list[Figure]:
    hub = floor.hub("claims")
    names = [f"centre_{n}" for n in range(CENTRES)]
    addresses = {name: hub.centre(name) for name in names}
    for name in names:
        # the first desk of a centre makes its keys
        floor.desk(addresses[name], name).close()
    with hub.owner() as owner:
        fill(owner, names, CASES * CENTRES)
        owner.execute(BARE.replace(":centres", str(CENTRES)).replace(":count", str(CASES * CENTRES)))
        owner.execute("VACUUM (ANALYZE) bare")
    figures = []
    here = names[0]
    for desks in ONE_CENTRE:
        places = [_place(floor, here, addresses[here], n) for n in range(desks)]
        figures += compared(f"{desks} desks of one centre", places, seconds, LEAST_PER_SECOND)
    paced = [replace(place, pace=PACE) for place in places]
    figures += compared("32 desks at a pace", paced, seconds, most=MOST_WAIT_MS)
    places = [_place(floor, name, addresses[name], 0) for name in names]
    return figures + compared(f"a desk in each of {CENTRES} centres", places, seconds)


def _place(floor: Ground, centre: str, address: str, n: int) -> Place:
    return Place(centre, address, str(floor.folder / f"{centre} {n}"), f"staff {n}")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=6.0)
    given = parser.parse_args()
    with ground() as floor:
        figures = measure(floor, given.seconds)
    for figure in figures:
        print(json.dumps({**asdict(figure), "kept": figure.kept}) if given.json else figure)
    if not given.json:
        print(f"{os.cpu_count()} cores for desks and server; {load()}")
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
