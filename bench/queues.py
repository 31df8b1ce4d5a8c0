"""Submit, claim and save beside raw sqlite3 and two Python queues, taking turns; then eight writers at once.

    .venv/bin/python -m bench.queues [--json] [--queues] [--runs 400] [--folder FOLDER]

Ours is the store as the kiosk has it: encrypted, sealed, chained, each submit signed. The peers keep the same
bytes as one row and know neither states nor history. `--queues` installs persist-queue and litequeue in
a folder of its own that is thrown away; without it only sqlite3 stands beside ours.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from fcntl import LOCK_EX, LOCK_SH, LOCK_UN, flock
from functools import partial
from pathlib import Path

from kiosk.store import Store, StoreTrouble, open_store
from kiosk.store.body import to_json
from tests.store.children import Say, start
from tests.store.people import WANG, WallClock, application, draft, shipped_calendar

PEER = Path(__file__).with_name("queue_peer.py")
QUEUES = ("persist-queue==1.1.0", "litequeue==0.9")
ALWAYS, INSTALLED = ("raw sqlite3",), ("persist-queue", "litequeue", "litequeue, durable")
ACTS = {"put": "submit", "take": "claim", "done": "save"}
WARM_UP = 100
WRITERS = 8
PAUSE = 0.2
"""Seconds: forty acts a second in one centre, where people make one in some minutes."""
MOST_P99 = 50.0
"""Milliseconds, with eight writers."""
OURS = "ours"


@dataclass
class Line:
    """One act of one program, in milliseconds."""

    who: str
    act: str
    times: list[float] = field(default_factory=list, repr=False)
    goal: float | None = None
    busy: int = 0
    """Faults that somebody would have been shown."""

    @property
    def figures(self) -> dict[str, float]:
        cut = statistics.quantiles(self.times, n=100)
        return {"p50_ms": cut[49], "p99_ms": cut[98], "per_second": 1000 / statistics.mean(self.times)}

    @property
    def kept(self) -> bool:
        return self.goal is None or (self.figures["p99_ms"] <= self.goal and not self.busy)

    def __str__(self) -> str:
        p50, p99, rate = self.figures.values()
        verdict = f"  {self.busy} busy (goal p99 {self.goal:g}, 0 busy)" if self.goal else ""
        kept = ("  kept" if self.kept else "  MISSED") if self.goal else ""
        shown = f"{self.who:<20} {self.act:<7} p50 {p50:7.2f}  p99 {p99:7.2f} ms  {rate:7.0f}/s"
        return shown + verdict + kept


class Peer:
    """A queue of somebody else, in a process and perhaps a Python of its own."""

    def __init__(self, python: str, name: str, folder: Path) -> None:
        self._process = subprocess.Popen(
            [python, str(PEER), name, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def does(self, act: str, body: str = "") -> float:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{act} {body}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline()) * 1000

    def close(self) -> None:
        self._process.communicate()


class Ours:
    """The store, asked for the same."""

    def __init__(self, store: Store) -> None:
        self._store, self._case, self._epoch = store, "", 0

    def does(self, act: str, _: str = "") -> float:
        if act == "put":
            sent = application()
            self._store.save_draft(draft(sent.id))
            self._case = sent.id
            return _milliseconds(partial(self._store.submit, sent))
        if act == "take":
            return self._claimed()
        return _milliseconds(partial(self._store.complete, self._case, WANG, self._epoch, "批准"))

    def _claimed(self) -> float:
        begun = time.perf_counter()
        claim = self._store.claim(self._case, WANG)
        spent = (time.perf_counter() - begun) * 1000
        self._epoch = claim.epoch
        return spent

    def close(self) -> None:
        self._store.close()


def _milliseconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def opened(folder: Path) -> Store:
    return open_store(folder, clock=WallClock(), calendar=shipped_calendar())


def in_turns(folder: Path, runs: int, python: str | None) -> Iterator[Line]:
    with ExitStack() as running:
        names = [*ALWAYS, *(INSTALLED if python else ())]
        programs: dict[str, Peer | Ours] = {OURS: Ours(opened(folder / "state"))}
        programs |= {name: Peer(python or sys.executable, name, folder) for name in names}
        for program in programs.values():
            running.callback(program.close)
        lines = {(who, act): Line(who, ACTS[act]) for act in ACTS for who in programs}
        order = list(programs)
        for run in range(runs + WARM_UP):
            body = to_json(application())
            order.append(order.pop(0))
            for act in ACTS:
                for who in order:
                    spent = programs[who].does(act, body)
                    if run >= WARM_UP:
                        lines[who, act].times.append(spent)
    yield from lines.values()


def at_once(folder: Path, runs: int, pause: float) -> Iterator[Line]:
    """Eight processes; `pause`: seconds that each rests between two acts, more or less."""
    opened(folder).close()
    with (folder / "begin").open("w") as gate:
        flock(gate, LOCK_EX)
        writers = [start(partial(_write, folder, runs, pause)) for _ in range(WRITERS)]
        for writer in writers:
            writer.lines.readline()
        # by name: the children hold this very lock, too
        flock(gate, LOCK_UN)
    said = [line.split() for writer in writers for line in writer.finish()]
    for act in ACTS.values():
        times = [float(spent) for name, spent in said if name == act]
        busy = sum(1 for name, what in said if name == "trouble" and what == act)
        yield Line(f"{WRITERS} {'at a pace' if pause else 'without rest'}", act, times, MOST_P99, busy)


def _write(folder: Path, runs: int, pause: float, say: Say) -> None:
    ours = Ours(opened(folder))
    for act in ACTS:
        # the first of each loads libraries, which a sitting finds loaded
        ours.does(act)
    say("ready")
    with (folder / "begin").open() as gate:
        # all begin together, when the last has opened the store
        flock(gate, LOCK_SH)
    for _ in range(runs):
        for act, name in ACTS.items():
            time.sleep(random.uniform(0.5, 1.5) * pause)
            try:
                say(f"{name} {ours.does(act)}")
            except StoreTrouble:
                say(f"trouble {name}")
                break
    ours.close()


def installed(folder: Path) -> str:
    """A Python that has the queues."""
    venv.create(folder / "venv", with_pip=True)
    python = str(folder / "venv" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", *QUEUES], check=True)
    return python


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=400, help="jobs of each (default %(default)s)")
    parser.add_argument("--queues", action="store_true", help="install the two queues for this run")
    parser.add_argument("--folder", type=Path, help="where to write (default: the system's temporary folder)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    kept = True
    with tempfile.TemporaryDirectory(dir=options.folder) as made:
        folder = Path(made)
        python = installed(folder) if options.queues else None
        measured = list(in_turns(folder, options.runs, python))
        for pause in (PAUSE, 0.0):
            measured += at_once(folder / f"eight {pause}", options.runs // 4, pause)
    for line in measured:
        kept &= line.kept
        told = {key: value for key, value in asdict(line).items() if key != "times"} | line.figures
        print(json.dumps(told | {"kept": line.kept}) if options.json else line)
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
