"""Many kiosks and one hub, both ways to it, and everything between them is killed again and again.

Kiosks by the process, the programs that answer over HTTPS, the database itself, and the lines. What people
were told is handed in must be in the hub once, in its kiosk's order, at one desk only, and its outcome back
at the kiosk.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from kiosk.cases.moves import MOVES, Act
from kiosk.cases.states import State
from kiosk.config import Hub as Setting
from kiosk.hub.members import Kind, role_of
from kiosk.hub.opening import open_link
from kiosk.hub.sending import Courier
from kiosk.sitting.lifeline import end_with
from kiosk.store import open_store
from tests.hub.desk_at_work import RESULT, DeskAtWork
from tests.hub.front import Front, front
from tests.hub.https_hub import HOST, Office, open_office
from tests.hub.hubs import Hub
from tests.hub.kiosk_crowd import One, told_in, write_crowd
from tests.hub.line import Line
from tests.store.people import WallClock, shipped_calendar

CENTRES = ("east", "west")
FRONTS = 2
WINDOWS = 2
"""People at the desks of each centre."""


@dataclass
class Crowd:
    """Kiosks in one process."""

    file: Path
    kiosks: Sequence[One]
    _program: subprocess.Popen[str] | None = None

    def start(self) -> None:
        write_crowd(self.file, self.kiosks)
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.hub.kiosk_crowd", str(self.file)],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=partial(end_with, os.getpid()),  # noqa: PLW1509
        )

    @property
    def runs(self) -> bool:
        assert self._program is not None
        return self._program.poll() is None

    def kill(self) -> None:
        assert self._program is not None
        self._program.kill()
        self._program.communicate()

    def done(self) -> None:
        """Waits until each has handed in everything and the hub has it."""
        assert self._program is not None
        _, said = self._program.communicate()
        assert self._program.returncode == 0, said


@dataclass
class Day:
    """All of it."""

    hub: Hub
    office: Office
    stack: ExitStack
    crowds: list[Crowd] = field(default_factory=list)
    fronts: list[Front] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    desks: list[DeskAtWork] = field(default_factory=list)
    kills: dict[str, int] = field(default_factory=dict)

    def open(self) -> None:
        for centre in CENTRES:
            address, folder = self.hub.centre(centre), self.hub.files / f"desk_{centre}"
            self.desks += [DeskAtWork(f"{centre}{n}", address, folder) for n in range(WINDOWS)]
        self.fronts = [front(self.hub, self.office, f"front_{n}") for n in range(FRONTS)]
        for one in self.fronts:
            one.begin()
        for one in self.fronts:
            one.is_ready()
        ports = [self.hub.cluster.port, *(one.port for one in self.fronts)]
        self.lines = [self.stack.enter_context(Line(port)) for port in ports]
        for desk in self.desks:
            desk.start()

    def let_in(self, kiosks: int, processes: int, cases: int) -> None:
        """Every other one over HTTPS."""
        ones = [self._one(number, cases) for number in range(kiosks)]
        for n in range(processes):
            self.crowds.append(Crowd(self.hub.files / f"crowd_{n}.json", ones[n::processes]))
            self.crowds[-1].start()

    def _one(self, number: int, cases: int) -> One:
        name = f"box_{number}"
        direct = self.hub.kiosk(name, CENTRES[number % len(CENTRES)])
        folder = self.hub.files / name
        if number % 2:
            line = self.lines[1 + number // 2 % FRONTS]
            papers = self.office.papers(role_of(Kind.KIOSK, name))
            given = {
                "address": f"https://{HOST}:{line.port}",
                "certificate": str(papers.certificate),
                "key": str(papers.key),
                "authority": str(papers.authority),
                "receipt_key": papers.hub_key.hex(),
            }
        else:
            behind, before = f":{self.hub.cluster.port}/", f":{self.lines[0].port}/"
            given = {"address": direct.replace(behind, before)}
        return One(name, str(folder), given, cases)

    def break_something(self, chance: random.Random) -> None:
        what = chance.choices(("line", "kiosks", "front", "database"), (4, 2, 1, 1))[0]
        self.kills[what] = self.kills.get(what, 0) + 1
        match what:
            case "line":
                line = chance.choice(self.lines)
                line.cut_after = chance.choice((None, chance.randrange(1, 20_000)))
                line.cut()
            case "kiosks":
                running = [one for one in self.crowds if one.runs]
                if running:
                    crowd = chance.choice(running)
                    crowd.kill()
                    crowd.start()
            case "front":
                one = chance.choice(self.fronts)
                one.kill()
                one.start()
            case _:
                self.hub.cluster.kill()
                self.hub.cluster.start()

    def close(self) -> None:
        """From now on nothing is broken any more."""
        for line in self.lines:
            line.cut_after = None
            line.cut()
        for crowd in self.crowds:
            crowd.done()
        for desk in self.desks:
            desk.finish()

    @property
    def kiosks(self) -> list[One]:
        return [one for crowd in self.crowds for one in crowd.kiosks]


@pytest.fixture
def day(hub: Hub, tmp_path: Path) -> Iterator[Day]:
    with ExitStack() as stack:
        opened = Day(hub, open_office(tmp_path / "office"), stack)
        opened.open()
        yield opened
        for crowd in opened.crowds:
            if crowd.runs:
                crowd.kill()
        for one in opened.fronts:
            one.kill()


def arrived(hub: Hub) -> dict[str, list[tuple[int, str]]]:
    """By kiosk: number and case, in the order in which they arrived."""
    found: dict[str, list[tuple[int, str]]] = {}
    with hub.owner() as owner:
        for kiosk, kseq, case_id in owner.execute("SELECT kiosk, kseq, case_id FROM hub.parcel ORDER BY n"):
            found.setdefault(kiosk, []).append((kseq, case_id))
    return found


def all_is_there_once(day: Day) -> int:
    """How many cases there are."""
    found, total = arrived(day.hub), 0
    for one in day.kiosks:
        told, came = told_in(Path(one.folder)), found.get(one.name, [])
        assert [kseq for kseq, _ in came] == list(range(1, len(came) + 1)), one.name
        cases = [case_id for _, case_id in came]
        assert len(set(cases)) == len(cases), one.name
        assert not set(told) - set(cases), one.name
        assert [case_id for case_id in cases if case_id in set(told)] == told, one.name
        total += len(cases)
        all_was_decided(one, cases)
    assert set(found) <= {one.name for one in day.kiosks}
    with day.hub.owner() as owner:
        for table in ("alarm", "quarantine"):
            assert owner.execute(f"SELECT count(*) FROM hub.{table}").fetchone() == (0,), table
    return total


def all_was_decided(one: One, cases: Sequence[str]) -> None:
    """And the resident reads it where it was handed in."""
    store = open_store(Path(one.folder), clock=WallClock(), calendar=shipped_calendar())
    link = open_link(Setting(**one.hub))
    Courier(store, link, WallClock()).round()
    assert not store.parcels_waiting(1)
    read = store._db.execute("SELECT id, state, result FROM cases").fetchall()
    assert {row[0]: (row[1], row[2]) for row in read} == dict.fromkeys(cases, (State.DECIDED, RESULT)), (
        one.name
    )
    link.close()
    store.close()


def each_was_at_one_desk(day: Day, total: int) -> None:
    """Whoever claimed it decided it, once."""
    assert not [said for desk in day.desks for said in desk.strange]
    with day.hub.owner() as owner:
        rows = owner.execute(
            "SELECT count(DISTINCT actor) FILTER (WHERE kind = %s), count(*) FILTER (WHERE kind = %s)"
            " FROM office.event GROUP BY centre, case_id",
            (MOVES[Act.CLAIM].event, MOVES[Act.COMPLETE].event),
        ).fetchall()
    assert rows == [(1, 1)] * total


def _a_day(day: Day, kiosks: int, processes: int, cases: int, breaks: int, seed: int) -> None:
    chance = random.Random(seed)
    begun = time.monotonic()
    day.let_in(kiosks, processes, cases)
    for _ in range(breaks):
        if not any(one.runs for one in day.crowds):
            break
        day.break_something(chance)
        time.sleep(chance.uniform(0.0, 0.6))  # a part of what is random here: when the next thing breaks
    day.close()
    seconds = time.monotonic() - begun
    total = all_is_there_once(day)
    each_was_at_one_desk(day, total)
    print(
        f"\n{kiosks} kiosks, {total} cases, each once, in order, at one desk, in {seconds:.0f} s,"
        f" seed {seed}; broken meanwhile: {dict(sorted(day.kills.items()))},"
        f" connections {sum(line.carried for line in day.lines)}"
    )


@pytest.mark.slow
def test_some_kiosks_lose_nothing_whatever_is_killed(day: Day) -> None:
    _a_day(day, kiosks=4, processes=2, cases=12, breaks=8, seed=8)


@pytest.mark.soak
def test_fifty_kiosks_lose_nothing_whatever_is_killed(day: Day) -> None:
    _a_day(day, kiosks=50, processes=5, cases=20, breaks=80, seed=random.randrange(10**6))
