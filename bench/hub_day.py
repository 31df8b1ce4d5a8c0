"""A province's day on one node: what each act costs the server, and how many cores the worst minute wants.

    .venv/bin/python -m bench.hub_day        # about three minutes; --json, --finished, --runs

The server's own processor time is counted, act by act, from its processes: desks and kiosks are other
computers. A million cases are finished and 500 centres have cases open. The province is the one of the
arithmetic: 20 million people over 60, four applications a year each, ten times the mean in the rush, 34,000
communities with one and a half desks, 50,000 kiosks. What has no goal is told: the extrapolation to other
machines is arithmetic, no measurement.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path

from bench.hub_ground import Figure, Ground, fill, ground, load
from kiosk.cases.parcels import MOST
from kiosk.cases.states import Actor, Role
from kiosk.hub.direct import DirectLink, Entry, entering
from kiosk.hub.glancing import GOOD_FOR_S
from kiosk.hub.report import Report
from kiosk.hub.store import HubStore
from kiosk.store import Store, open_store
from tests.store.people import MONDAY, HandClock, application, shipped_calendar

CENTRES = 500
OPEN_CASES = 50_000
WANG = Actor("王丽", Role.STAFF)
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")

PEOPLE, APPLICATIONS, WORK_SECONDS, RUSH = 20_000_000, 4, 250 * 8 * 3600, 10
DESKS, KIOSKS = 51_000, 50_000
COMMUNITIES, ACTS = 34_000, 7
"""Acts on a case in its life: each changes the boards of its community."""
BOARD_EVERY, CALLS_EVERY, SYNC_EVERY = 5, 2, 60
"""Seconds: a desk looks at its board, listens for calls; a kiosk asks, and tells how it is."""

SUBMITTED = PEOPLE * APPLICATIONS / WORK_SECONDS * RUSH
"""A second, in the rush."""
A_SECOND = {
    "handed in": SUBMITTED,
    "taken in": SUBMITTED,
    "claimed, read and decided": SUBMITTED,
    "decision heard": SUBMITTED,
    "board, where nothing happened": DESKS / BOARD_EVERY,
    "board, read anew": DESKS * (1 / GOOD_FOR_S + SUBMITTED * ACTS / COMMUNITIES),
    "what stands above the board": DESKS / BOARD_EVERY,
    "calls and account of a desk": DESKS / CALLS_EVERY,
    "kiosk asks and tells": KIOSKS / SYNC_EVERY,
}


@dataclass
class Box:
    """A kiosk with its store, and the desk of its centre."""

    desk: HubStore
    store: Store
    link: DirectLink
    clock: HandClock
    """Of the desk."""
    waiting: list[str] = field(default_factory=list)
    """Handed in and not decided yet."""

    def handed_in(self) -> None:
        # the store of the kiosk is no process of the server
        self.waiting.append(self.store.submit(application()).case_id)
        self.store.parcels_sent(self.link.offer(self.store.parcels_waiting()))

    def taken_in(self) -> None:
        self.desk.take_in()

    def decided(self) -> None:
        # the next one would be of those that were only copied in, without anything sealed
        self.desk.up_next(WANG)
        case = self.waiting.pop()
        claim = self.desk.claim(case, WANG)
        self.desk.case(case)
        self.desk.complete(case, WANG, claim.epoch, "每月一百元")

    def heard(self) -> None:
        ids = [one.id for one in self.link.mail()]
        assert ids
        self.link.acknowledge(ids, self.store.news_taken())

    def glanced_at(self) -> None:
        self.desk.board()

    def read_anew(self) -> None:
        # what the last look kept is no longer good
        self.clock.forward(seconds=GOOD_FOR_S + 1)
        self.desk.board()

    def looked_above(self) -> None:
        self.desk.whence(())
        self.desk.open_calls()
        self.desk.calls_under_way(timedelta(minutes=5))
        self.desk.rating_tasks(WANG)
        self.desk.wishes(WANG)
        self.desk.count_requests()

    def listened(self) -> None:
        self.desk.open_calls()
        self.desk.account(WANG.name)

    def asks_and_tells(self) -> None:
        self.link.mail(MOST, 0, self.store.news_taken())
        self.link.tell(Report("1.0", MONDAY, 0, None, 0))


def processor_time(postmaster: int) -> float:
    """Seconds of the server's processes until now, those that have ended among them."""
    ticks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(folder.name) == postmaster:
            ticks += sum(int(one) for one in fields[11:15])
        elif int(fields[1]) == postmaster:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS_A_SECOND


def cost(postmaster: int, act: Callable[[], None], times: int) -> float:
    """Milliseconds of the server, each."""
    before = processor_time(postmaster)
    for _ in range(times):
        act()
    return (processor_time(postmaster) - before) / times * 1000


def box(floor: Ground, finished: int) -> Box:
    hub = floor.hub("day")
    names = [f"centre_{n}" for n in range(CENTRES)]
    at_desk = HandClock(MONDAY)
    at_desk.forward(days=1)
    desk = floor.desk(hub.centre(names[0]), "desk", at_desk)
    with hub.owner() as owner:
        others = [(one,) for one in names[1:]]
        owner.cursor().executemany("INSERT INTO hub.centre (centre) VALUES (%s)", others)
        fill(owner, names, OPEN_CASES, finished)
    clock = HandClock(MONDAY)
    clock.forward(days=1)
    store = open_store(floor.folder / "kiosk", clock=clock, calendar=shipped_calendar())
    store.send_to_hub()
    link = DirectLink(entering(Entry(hub.kiosk("kiosk_1", names[0]))))
    key = link.key()
    assert key is not None
    store.take_key(key)
    return Box(desk, store, link, at_desk)


def measure(floor: Ground, finished: int, runs: int) -> list[Figure]:
    here = box(floor, finished)
    server = int((floor.cluster.files / "postmaster.pid").read_text().split()[0])
    # connections, plans
    for turn in range(2):
        costs: dict[str, list[float]] = {name: [] for name in A_SECOND}
        for _ in range(3 if turn == 0 else runs):
            for name, spent in _day(here, server).items():
                costs[name].append(spent)
    here.link.close()
    here.store.close()
    means = {name: sum(all_of) / len(all_of) for name, all_of in costs.items()}
    figures = [Figure(f"{name}: the server", spent, "ms") for name, spent in means.items()]
    wanted = {name: means[name] / 1000 * often for name, often in A_SECOND.items()}
    figures += [Figure(f"rush of the province, {name}", cores, "cores") for name, cores in wanted.items()]
    rush = sum(wanted.values())
    mean = rush - sum(wanted[name] for name in list(wanted)[:4]) * (1 - 1 / RUSH)
    cores = os.cpu_count() or 1
    return [
        *figures,
        Figure("rush of the province", rush, "cores"),
        Figure("mean of its day", mean, "cores"),
        Figure(
            f"headroom of this node ({cores} cores), a prefecture of 21, rush", cores / (rush / 21), "times"
        ),
        Figure("arithmetic: headroom of 32 such cores, the province, rush", 32 / rush, "times"),
    ]


def _day(here: Box, server: int) -> dict[str, float]:
    some = 20

    return {
        "handed in": cost(server, here.handed_in, some),
        "taken in": cost(server, here.taken_in, 1) / some,
        "claimed, read and decided": cost(server, here.decided, some),
        "decision heard": cost(server, here.heard, 1) / some,
        "board, where nothing happened": cost(server, here.glanced_at, some * 2),
        "board, read anew": cost(server, here.read_anew, some),
        "what stands above the board": cost(server, here.looked_above, some),
        "calls and account of a desk": cost(server, here.listened, some * 2),
        "kiosk asks and tells": cost(server, here.asks_and_tells, some * 2),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--finished", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=10)
    given = parser.parse_args()
    with ground() as floor:
        figures = measure(floor, given.finished, given.runs)
    for figure in figures:
        print(json.dumps({**asdict(figure), "kept": figure.kept}) if given.json else figure)
    if not given.json:
        print(load())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
