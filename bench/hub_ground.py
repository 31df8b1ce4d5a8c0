"""What the measurements of the hub stand on: a PostgreSQL that is thrown away, hubs in it, and rows for them.

PostgreSQL as it comes, with 128 MB of shared buffers, syncing every commit; whoever comes in does so over
TLS with a password, as kiosks and desks do. Rows are made as a year of work would have left them: nobody
waits for a million submissions, and no measurement begins before the server knows their shape.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from kiosk.hub.steps import apply, steps_in
from kiosk.hub.store import HubStore, open_hub_store
from tests.hub.cluster import Cluster, new_cluster
from tests.hub.hubs import Hub
from tests.store.people import MONDAY, HandClock, shipped_calendar

OTHER_SETTINGS = "shared_buffers = 128MB\nmax_connections = 200\nmax_wal_size = 4GB\n"
DAYS_LATER = 3
"""The desks look at what came so many days ago."""

FILL_CASES = """
INSERT INTO office.cases (centre, id, number, day_sequence, state, epoch, received_at, promised_workdays, due,
  service_id, desk, title, person_key, owner, outcome, held_from, wake_on, fields, proof_needed)
SELECT centre, %(kind)s || to_char(n, 'FM00000000'), '20261101-' || %(kind)s || to_char(n, 'FM00000000'),
  m %% 900 + 1, state, 0, %(at)s, 10, (CAST(%(day)s AS date) + CAST(m %% 60 - 2 AS integer))::text,
  'service-' || m %% 12, (ARRAY['民政', '社保', '住房'])[m %% 3 + 1],
  CASE m %% 4 WHEN 0 THEN '{"zh":"高龄津贴申请"}' ELSE '{"zh":"居住证明"}' END, lpad(%(kind)s || n, 64, '0'),
  CASE WHEN state NOT IN ('queued', 'redo') THEN 'staff-' || m %% staff END,
  CASE WHEN state IN ('decided', 'closed') THEN 'granted' END, CASE state WHEN 'on_hold' THEN 'checking' END,
  CASE WHEN state IN ('on_hold', 'needs_info') THEN '2027-01-04' END, 'name id_number hukou', 'claimed'
FROM (
  SELECT n, n / cardinality(names) AS m, names[n %% cardinality(names) + 1] AS centre,
    greatest(5, %(count)s / cardinality(names) / 200) AS staff,
    states[n / cardinality(names) %% cardinality(states) + 1] AS state
  FROM generate_series(0, %(count)s - 1) AS n,
    (SELECT CAST(%(centres)s AS text[]) AS names, CAST(%(states)s AS text[]) AS states) AS given) AS one
"""
FILL_EVENTS = """
INSERT INTO office.event (centre, n, case_id, seq, at, actor, role, kind, epoch, note, salt, content, state,
  beside, link)
SELECT centre, row_number() OVER (PARTITION BY centre ORDER BY id), id, 1, received_at, 'resident',
  'resident', 'submitted', 0, '', decode(md5(id), 'hex'), sha256(id::bytea), sha256(id::bytea),
  sha256(id::bytea), sha256(id::bytea)
FROM office.cases
"""
OPEN_STATES = (
    *["queued"] * 30,
    *["checking"] * 6,
    *["needs_info"] * 6,
    *["filed"] * 5,
    "on_hold",
    "redo",
    "decided",
)
"""Fifty cases that are not over, as they stand in an office that keeps up."""


@dataclass(frozen=True)
class Figure:
    """One figure, and how far it may go."""

    what: str
    value: float
    unit: str
    goal: float | None = None
    at_least: bool = False

    @property
    def kept(self) -> bool:
        if self.goal is None:
            return True
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def __str__(self) -> str:
        bound = "at least" if self.at_least else "at most"
        told = "" if self.goal is None else f"  ({bound} {self.goal:g}: {'kept' if self.kept else 'MISSED'})"
        return f"{self.what:<58} {self.value:10.2f} {self.unit}{told}"


@dataclass
class Ground:
    """A server, and a folder for what boxes keep."""

    cluster: Cluster
    folder: Path
    desks: list[HubStore] = field(default_factory=list)

    def hub(self, name: str) -> Hub:
        """A new database with the schema, and nobody in it."""
        with self.cluster.as_owner() as owner:
            owner.execute(f"CREATE DATABASE {name}")
        with self.cluster.as_owner(name) as owner:
            apply(owner, steps_in())
        return Hub(self.cluster, name, self.folder)

    def desk(self, address: str, name: str, clock: HandClock | None = None) -> HubStore:
        """On a box of its own, some days after everything came in unless its clock says otherwise."""
        if clock is None:
            clock = HandClock(MONDAY)
            clock.forward(days=DAYS_LATER)
        made = open_hub_store(address, self.folder / name, clock=clock, calendar=shipped_calendar())
        self.desks.append(made)
        return made


@contextmanager
def ground(more: str = "") -> Iterator[Ground]:
    """`more`: further settings of the server."""
    cluster = new_cluster()
    if isinstance(cluster, str):
        raise SystemExit(cluster)
    try:
        cluster.stop()
        cluster.set(OTHER_SETTINGS + more)
        cluster.start()
        with tempfile.TemporaryDirectory() as folder:
            made = Ground(cluster, Path(folder))
            yield made
            for desk in made.desks:
                desk.close()
    finally:
        cluster.throw_away()


def fill(owner: psycopg.Connection[Any], centres: list[str], open_cases: int, finished: int = 0) -> None:
    """Cases of these centres, in turn, each with the first line of its history. Call it once for a hub."""
    owner.execute("SET session_replication_role = replica")
    for kind, count, states in (("o", open_cases, OPEN_STATES), ("f", finished, ("closed",))):
        values = {"kind": kind, "count": count, "centres": centres, "states": list(states)}
        owner.execute(
            FILL_CASES, {**values, "at": MONDAY.isoformat(timespec="microseconds"), "day": "2026-11-05"}
        )
    owner.execute(FILL_EVENTS)
    owner.execute("RESET session_replication_role")
    owner.execute("VACUUM (ANALYZE) office.cases, office.event")


def in_turns(acts: dict[str, Callable[[], float]], runs: int, warm_up: int = 5) -> dict[str, list[float]]:
    """Milliseconds of each; whoever else is at work weighs on all alike."""
    times: dict[str, list[float]] = {name: [] for name in acts}
    for run in range(runs + warm_up):
        names = list(acts)
        for name in names[run % len(names) :] + names[: run % len(names)]:
            took = acts[name]()
            if run >= warm_up:
                times[name].append(took)
    return times


def milliseconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def median(times: list[float]) -> float:
    return statistics.median(times)


def load() -> str:
    """For beside the figures."""
    return "load " + " ".join(f"{one:.1f}" for one in os.getloadavg())
