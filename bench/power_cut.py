"""The plug is pulled at a thousand moments of each write path, and each time the store is opened again.

    .venv/bin/python -m bench.power_cut [--json] [--states 1000] [--rounds 40]

A run of submit, claim and save is watched once with strace: every write, cut and sync of the store and its
log. Then moments are drawn within each act. What was synced by then is on the disk; of what came later,
all, nothing or any torn part of it (sectors of 512 bytes). Each such disk is opened as by the kiosk and read
through as by `kiosk verify`. Lost: promised and not there. Half: there in part, or with wrong books.

The last line is the same run without the sync that makes a commit durable: it must lose, or this is blind.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from bench.written import Act, Call, Kept, calls_of, marked
from kiosk.security.device_key import device_key
from kiosk.store import Store, StoreTrouble, open_store
from kiosk.store.store import FILE_NAME
from kiosk.store.verifying import Trusted
from tests.store.people import WANG, WallClock, application, draft, shipped_calendar
from tests.store.raw import raw
from tests.store.syncs import strace_refuses

ROOT = Path(__file__).resolve().parents[1]
WATCHED = "trace=write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat"
ACTS = ("submit", "claim", "save")
LEAVES = {"submit": "submitted", "claim": "claimed", "save": "completed"}
"""The line that each act leaves in the book of its case."""
IN_MEMORY = Path("/dev/shm")


@dataclass
class Answer:
    """Of one write path."""

    act: str
    states: int = 0
    promised: int = 0
    """Acts that had been promised, over all states."""
    lost: int = 0
    half: int = 0
    corrupt: int = 0
    durable: bool = True

    def __str__(self) -> str:
        name = self.act if self.durable else f"{self.act}, no sync"
        found = f"{self.lost} lost, {self.half} half, {self.corrupt} corrupt"
        return f"{name:<18} {self.states} states, {self.promised} promises: {found}  {self.verdict}"

    @property
    def verdict(self) -> str:
        return "kept" if self.kept else "MISSED"

    @property
    def kept(self) -> bool:
        """Nothing is missing; without syncs something has to be."""
        return self.lost == self.half == self.corrupt == 0 if self.durable else self.lost > 0


@dataclass(frozen=True)
class Run:
    """What was watched: the folder as it was before, and what was done to the store in it."""

    before: Path
    paths: list[str]
    calls: list[Call] = field(repr=False)


def opened(folder: Path) -> Store:
    return open_store(folder, clock=WallClock(), calendar=shipped_calendar())


def perform(folder: Path, rounds: int, durable: bool) -> None:
    """In a process of its own: acts between marks that strace sees."""
    store = opened(folder)
    if not durable:
        store._db.execute("PRAGMA synchronous = NORMAL")
    for _ in range(rounds):
        sent = application()
        store.save_draft(draft(sent.id))
        marked("submit", sent.id, lambda: store.submit(sent))  # noqa: B023 - called at once
        epoch = marked("claim", sent.id, lambda: store.claim(sent.id, WANG)).epoch  # noqa: B023
        marked("save", sent.id, lambda: store.complete(sent.id, WANG, epoch, "批准"))  # noqa: B023
    # the log stays as it is: a program that ends in order would fold it back
    os._exit(0)


def watched(folder: Path, rounds: int, *, durable: bool) -> Run:
    state, before, trace = folder / "state", folder / "before", folder / "trace"
    opened(state).close()
    shutil.copytree(state, before)
    program = [sys.executable, "-m", "bench.power_cut", "--perform", str(state), "--rounds", str(rounds)]
    strace = ["strace", "-f", "-y", "-xx", "-s", "1000000", "-e", WATCHED, "-o", str(trace)]
    subprocess.run(
        [*strace, *program, *([] if durable else ["--not-durable"])],
        check=True, cwd=ROOT, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    paths = [str(state / name) for name in (FILE_NAME, f"{FILE_NAME}-wal")]
    return Run(before, paths, calls_of(trace, paths))


def moments(calls: list[Call], act: str, count: int, chance: random.Random) -> list[int]:
    """As many places within acts of this kind, in order: after so many calls the plug is pulled."""
    within, now = [], ""
    for place, call in enumerate(calls):
        if isinstance(call, Act):
            now = call.name
        elif now == act:
            within.append(place)
    return sorted(chance.choices(within, k=count))


def replayed(run: Run, act: str, states: int, *, durable: bool = True) -> Answer:
    answer, chance = Answer(act, durable=durable), random.Random(f"{act} {durable}")
    files = {path: run.before / Path(path).name for path in run.paths}
    kept = Kept.of({path: file.read_bytes() for path, file in files.items() if file.exists()})
    done, at = set[tuple[str, str]](), 0
    place = tempfile.mkdtemp(dir=IN_MEMORY if IN_MEMORY.is_dir() else None)
    for moment in moments(run.calls, act, states, chance):
        for call in run.calls[at : moment + 1]:
            if isinstance(call, Act):
                done |= {(call.name, call.of)} if call.done else set()
            else:
                kept.happens(call)
        at = moment + 1
        shutil.rmtree(place)
        shutil.copytree(run.before, place)
        for path, content in kept.after_a_cut(chance):
            (Path(place) / Path(path).name).write_bytes(content)
        _look(Path(place), done, answer)
    shutil.rmtree(place)
    return answer


def _look(folder: Path, done: set[tuple[str, str]], answer: Answer) -> None:
    answer.states += 1
    answer.promised += len(done)
    try:
        with closing(opened(folder)) as store:
            own = device_key(folder)
            answer.half += bool(store.verify(Trusted({own.id: own.public})).faults)
        with closing(raw(folder)) as db:
            there = {tuple(row) for row in db.execute("SELECT case_id, kind FROM event")}
            answer.half += bool(db.execute(_HALF).fetchone()[0])
    except StoreTrouble:
        answer.corrupt += 1
        return
    answer.lost += sum((case, LEAVES[act]) not in there for act, case in done)


_HALF = """
SELECT count(*) FROM cases
WHERE (SELECT count(*) FROM consent WHERE case_id = cases.id) <> 2
   OR (SELECT count(*) FROM event WHERE case_id = cases.id AND kind = 'submitted') <> 1
   OR id IN (SELECT id FROM draft)
"""


def measure(states: int, rounds: int) -> Iterator[Answer]:
    with tempfile.TemporaryDirectory() as folder:
        run = watched(Path(folder), rounds, durable=True)
        yield from map(partial(replayed, run, states=states), ACTS)
    with tempfile.TemporaryDirectory() as folder:
        run = watched(Path(folder), rounds, durable=False)
        yield replayed(run, "submit", max(1, states // 5), durable=False)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--states", type=int, default=1000, help="for each write path (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=40, help="cases that are watched (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--perform", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--not-durable", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.perform:
        perform(options.perform, options.rounds, not options.not_durable)
    if refused := strace_refuses():
        raise SystemExit(refused)
    kept = True
    for one in measure(options.states, options.rounds):
        kept &= one.kept
        if options.json:
            print(json.dumps(asdict(one) | {"kept": one.kept}), flush=True)
        else:
            print(one, flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
