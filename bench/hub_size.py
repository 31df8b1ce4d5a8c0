"""Next, board and search at a hub with a thousand open cases, a million, and a million that are finished.

    .venv/bin/python -m bench.hub_size        # about five minutes; --json, --many, --runs

Hubs of their own in one server, asked in turns: *thousand* is one centre with 1,000 open cases; *one centre*
has a million of its own; *spread* a million over a thousand centres, of which one is asked; *finished* has a
thousand open and a million that are over. *next* is one key at the desk: found, claimed and kept on the disk;
giving it back is not timed. *board* is what a desk reads every five seconds.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from bench.hub_ground import Figure, Ground, fill, ground, in_turns, load, median, milliseconds
from kiosk.cases.board import Heap
from kiosk.cases.search import Search
from kiosk.cases.states import Actor, Role
from kiosk.hub.store import HubStore

FEW = 1_000
MOST_RATIO = 1.3
SHORT = 10
WANG = Actor("王丽", Role.STAFF)
PEER = "thousand"


def layouts(many: int) -> dict[str, tuple[int, int, int]]:
    """Centres, open cases, finished cases."""
    spread = max(1, many // FEW)
    return {
        PEER: (1, FEW, 0),
        "one centre": (1, many, 0),
        "spread": (spread, many, 0),
        "finished": (1, FEW, many),
    }


def desk_of(floor: Ground, name: str, centres: int, waiting: int, finished: int) -> HubStore:
    hub = floor.hub(name.replace(" ", "_"))
    address = hub.centre(f"{name[:4].strip()}_0")
    desk = floor.desk(address, name)
    with hub.owner() as owner:
        others = [f"{name[:4].strip()}_{n}" for n in range(1, centres)]
        owner.cursor().executemany("INSERT INTO hub.centre (centre) VALUES (%s)", [(one,) for one in others])
        fill(owner, [f"{name[:4].strip()}_0", *others], waiting, finished)
    return desk


def next_case(desk: HubStore) -> float:
    begun = time.perf_counter()
    claim = desk.next_case(WANG)
    took = time.perf_counter() - begun
    if claim is None:
        raise AssertionError("a queue without a case")
    desk.release(claim.case_id, WANG, claim.epoch, "")
    return took * 1000


def board(desk: HubStore, heap: Heap) -> float:
    # read anew: where nothing has happened a desk keeps what it has read
    desk._last_look = None
    return milliseconds(partial(desk.board, heap))


ACTS: dict[str, Callable[[HubStore], float]] = {
    "next": next_case,
    "board": partial(board, heap=Heap.ALL),
    "board, what is late": partial(board, heap=Heap.LATE),
    "search by ticket": lambda desk: milliseconds(partial(desk.search, Search(ticket=17))),
    "search by number": lambda desk: milliseconds(partial(desk.search, Search(number="20261101-o00000000"))),
    "search by person": lambda desk: milliseconds(partial(desk.search, Search(), "o0".zfill(64))),
}
BOUND = {(act, layout) for act in ACTS for layout in ("spread", "finished")} | {
    (act, "one centre") for act in ("next", "search by number", "search by person")
}
"""What has a goal. No centre has a million open cases: for that one the rest is only told."""


def measure(floor: Ground, many: int, runs: int) -> list[Figure]:
    desks = {name: desk_of(floor, name, *size) for name, size in layouts(many).items()}
    figures = []
    for what, act in ACTS.items():
        # a search is short: many of them, or a busy machine is all that is seen
        turns = runs * SHORT if what.startswith("search by") else runs
        times = in_turns({name: partial(act, desk) for name, desk in desks.items()}, turns)
        peer = median(times[PEER])
        figures.append(Figure(f"{what}: {PEER}", peer, "ms"))
        for name in desks.keys() - {PEER}:
            goal = MOST_RATIO if (what, name) in BOUND else None
            figures.append(Figure(f"{what}: {name}, times the {PEER}", median(times[name]) / peer, "", goal))
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=41)
    given = parser.parse_args()
    with ground() as floor:
        figures = measure(floor, given.many, given.runs)
    for figure in figures:
        print(json.dumps({**asdict(figure), "kept": figure.kept}) if given.json else figure)
    if not given.json:
        print(load())
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
