"""What kiosks hand over, and its taking in at the desk: beside plain psycopg, and a month at once.

    .venv/bin/python -m bench.hub_upload        # about two minutes; --json, --cases, --runs

*upload* is `Link.offer` in batches as a kiosk sends them, over the same line as the peer and in turns with
it. The peer writes the same rows in the same transactions into a table of the same columns and indexes:
plain psycopg's `executemany`, and once more one INSERT from arrays, which is as fast as it goes. Ours also
looks at every hash, keeps what is strange beside, counts the kiosk's numbers, walls the centres off from
one another, and gives receipts. *month* is what a kiosk has that was offline for a month, to the database
and over HTTPS. *taken in* is the work of the desk that comes first afterwards: real cases, sealed by a
kiosk's store, until they lie on the desk's board.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from functools import partial
from typing import Any

import psycopg

from bench.hub_ground import Figure, Ground, ground, load, median
from kiosk.cases.parcels import Kind, Parcel, batch, fits, hash_of
from kiosk.hub.direct import DirectLink, Entry, entering
from kiosk.hub.https import HttpsLink
from kiosk.hub.link import Link
from kiosk.hub.members import Kind as Member
from kiosk.hub.members import role_of
from kiosk.hub.sending import Courier
from kiosk.store import open_store
from tests.hub.front import front
from tests.hub.https_hub import HOST, open_office
from tests.store.people import HandClock, application, shipped_calendar

BYTES = 8_000
"""Sealed, of one case."""
LEAST_RATIO = 0.7
MOST_SECONDS = 10.0

PEER = """
CREATE TABLE plain (centre text NOT NULL, id text NOT NULL, n bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  kiosk text NOT NULL, kseq bigint NOT NULL, kind text NOT NULL, case_id text NOT NULL, hash bytea NOT NULL,
  body bytea, received_at timestamptz NOT NULL DEFAULT clock_timestamp(), taken_at timestamptz,
  set_aside text, PRIMARY KEY (centre, id));
CREATE INDEX plain_waiting ON plain (centre, n) WHERE taken_at IS NULL AND set_aside IS NULL;
CREATE INDEX plain_of_case ON plain (case_id, centre);
GRANT SELECT, INSERT ON plain TO bb_kiosks;
"""
PUT = """
INSERT INTO public.plain (centre, id, kiosk, kseq, kind, case_id, hash, body)
VALUES ('east', %s, 'east_1', %s, %s, %s, %s, %s) RETURNING id, received_at
"""
PUT_ARRAYS = """
INSERT INTO public.plain (centre, id, kiosk, kseq, kind, case_id, hash, body)
SELECT 'east', o.id, 'east_1', o.kseq, o.kind, o.case_id, o.hash, o.body
FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %b::bytea[], %b::bytea[])
  AS o (id, kseq, kind, case_id, hash, body) RETURNING id, received_at
"""

Raw = psycopg.Connection[Any]


def month(name: str, cases: int) -> list[Parcel]:
    """Bytes that nothing makes smaller, as sealed ones are."""
    bodies = ((n, os.urandom(BYTES)) for n in range(1, cases + 1))
    return [Parcel(n, f"{name}-{n}", Kind.CASE, f"{name}-{n}", hash_of(body), body) for n, body in bodies]


def batches(parcels: Sequence[Parcel]) -> Iterator[list[Parcel]]:
    done = 0
    while some := list(batch(parcels[done:])):
        yield some
        done += len(some)


def by_us(link: Link, parcels: Sequence[Parcel]) -> None:
    for some in batches(parcels):
        receipts = link.offer(some)
        assert all(fits(one, receipt) for one, receipt in zip(some, receipts, strict=True))


def _row(one: Parcel) -> tuple[Any, ...]:
    return (one.id, one.kseq, one.kind.value, one.case_id, one.hash, one.body)


def by_psycopg(db: Raw, parcels: Sequence[Parcel]) -> None:
    for some in batches(parcels):
        with db.transaction(), db.cursor() as cursor:
            cursor.executemany(PUT, [_row(one) for one in some], returning=True)
            while cursor.fetchone() is not None and cursor.nextset():
                pass


def by_arrays(db: Raw, parcels: Sequence[Parcel]) -> None:
    for some in batches(parcels):
        columns = [list(column) for column in zip(*(_row(one) for one in some), strict=True)]
        assert len(db.execute(PUT_ARRAYS, columns, binary=True).fetchall()) == len(some)


def seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def upload(floor: Ground, cases: int, runs: int) -> list[Figure]:
    hub = floor.hub("upload")
    hub.centre("east")
    address = hub.kiosk("east_1", "east")
    with hub.owner() as owner:
        owner.execute(PEER)
    link = DirectLink(entering(Entry(address)))
    link.key()
    times: dict[str, list[float]] = {"ours": [], "executemany": [], "arrays": []}
    with psycopg.connect(address, autocommit=True) as db:
        for run in range(runs):
            parcels = [replace(one, kseq=one.kseq + run * cases) for one in month(f"run{run}", cases)]
            others = month(f"arrays{run}", cases)
            acts: dict[str, Callable[[], object]] = {
                "ours": partial(by_us, link, parcels),
                "executemany": partial(by_psycopg, db, parcels),
                "arrays": partial(by_arrays, db, others),
            }
            names = list(acts)
            for name in names[run % 3 :] + names[: run % 3]:
                times[name].append(seconds(acts[name]))
    link.close()
    ours = median(times["ours"])
    return [
        Figure(f"upload: {cases} cases of {BYTES} bytes", ours, "s"),
        Figure(
            "upload: rate over plain executemany", median(times["executemany"]) / ours, "", LEAST_RATIO, True
        ),
        Figure("upload: rate over one INSERT from arrays", median(times["arrays"]) / ours, ""),
    ]


def months(floor: Ground, cases: int, runs: int) -> list[Figure]:
    hub = floor.hub("months")
    hub.centre("east")
    office = open_office(floor.folder / "office")
    program = front(hub, office)
    program.start()
    times: dict[str, list[float]] = {"to the database": [], "over HTTPS": []}
    with ExitStack() as closing:
        closing.callback(program.end)
        for run in range(runs):
            direct = DirectLink(entering(Entry(hub.kiosk(f"d{run}", "east"))))
            hub.kiosk(f"h{run}", "east")
            papers = office.papers(role_of(Member.KIOSK, f"h{run}"))
            https = HttpsLink(f"https://{HOST}:{program.port}", papers)
            for way, link, name in (("to the database", direct, f"d{run}"), ("over HTTPS", https, f"h{run}")):
                closing.callback(link.close)
                link.key()
                times[way].append(seconds(partial(by_us, link, month(name, cases))))
    return [
        Figure(f"month: {cases} cases {way}", median(all_of), "s", MOST_SECONDS)
        for way, all_of in times.items()
    ]


def taken_in(floor: Ground, cases: int) -> list[Figure]:
    hub = floor.hub("taken")
    desk = floor.desk(hub.centre("east"), "desk")
    clock = HandClock()
    link = DirectLink(entering(Entry(hub.kiosk("east_1", "east"))))
    store = open_store(floor.folder / "kiosk", clock=clock, calendar=shipped_calendar())
    store.send_to_hub()
    courier = Courier(store, link, clock)
    courier.round()
    for _ in range(cases):
        store.submit(application())
    courier.round()
    used = time.process_time()
    took = seconds(desk.take_in)
    used = time.process_time() - used
    assert desk.take_in().all == 0
    link.close()
    store.close()
    return [
        Figure(f"taken in: {cases} cases", took, "s", MOST_SECONDS),
        Figure("taken in: each", took / cases * 1000, "ms"),
        Figure("taken in: each, processor time of the desk", used / cases * 1000, "ms"),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    with ground() as floor:
        figures = [
            *upload(floor, given.cases, given.runs),
            *months(floor, given.cases, 3),
            *taken_in(floor, given.cases),
        ]
    for figure in figures:
        print(json.dumps({**asdict(figure), "kept": figure.kept}) if given.json else figure)
    if not given.json:
        print(load())
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
