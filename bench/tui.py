"""The kiosk's welcome page beside a minimal Textual program, in the same run, taking turns.

    .venv/bin/python -m bench.tui [--json]

Three questions: how much CPU until the first page is there, how long from a key to the first byte of the
answer, and what happens while nobody touches anything. bench/README.md says how to read the answers.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.terminal import Terminal

ROOT = Path(__file__).resolve().parents[1]
KIOSK = [str(Path(sys.executable).with_name("kiosk")), "run"]
PEER = [sys.executable, str(ROOT / "bench" / "minimal_app.py")]
KIOSK_READY = re.compile(r"中文|English")
PEER_READY = re.compile(r"Two")
STEPS = ("down", "up")
MOST_CPU_TO_PAINT, MOST_KEY_TO_BYTE, MOST_BYTES_AT_REST, MOST_CPU_AT_REST = 1.8, 2.0, 0, 0.5
MOST_WALL_TO_PAINT = 1.6
NO_GOAL = float("inf")
START_LIMIT, SETTLE, STEP_QUIET, STEP_LIMIT = 30.0, 0.5, 0.08, 3.0
AT_REST, REST_LIMIT = 5.0, 60.0
"""Seconds in which nothing was written or said, and how long that is waited for."""


@dataclass(frozen=True)
class Program:
    name: str
    command: list[str]
    ready: re.Pattern[str]


@dataclass(frozen=True)
class Line:
    """One number of ours, the peer's, and what we hold ourselves to."""

    what: str
    kiosk: float
    peer: float
    measure: float
    goal: float
    unit: str

    @property
    def kept(self) -> bool:
        return self.measure <= self.goal

    def __str__(self) -> str:
        verdict = f"(goal {self.goal:g})  {'kept' if self.kept else 'MISSED'}" if self.goal != NO_GOAL else ""
        return (
            f"{self.what:<28} kiosk {self.kiosk:9.2f}  peer {self.peer:9.2f} {self.unit:<6}"
            f"  -> {self.measure:6.2f}  {verdict}"
        )


class DidNotStart(Exception):
    """The program ended, or its first page never came: nothing can be said about it."""


def clean_environment() -> dict[str, str]:
    """This process's own, without settings of the programs, as in a terminal with all colours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KIOSK_", "TEXTUAL"))}
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


@contextmanager
def running(program: Program, columns: int, rows: int) -> Iterator[tuple[Terminal, float, float]]:
    """The program at rest on its first page; CPU seconds and wall seconds until that page was there."""
    with tempfile.TemporaryDirectory() as folder:
        environment = clean_environment() | {"KIOSK_DATA": folder}
        terminal = Terminal(program.command, columns, rows, environment)
        try:
            start = terminal.until_shown(program.ready, START_LIMIT)
            if start.matched is None or start.cpu_at_match is None:
                raise DidNotStart(f"{program.name}: the first page never came")
            terminal.until_quiet(time.monotonic(), SETTLE, START_LIMIT)
            yield terminal, start.cpu_at_match, start.matched
        finally:
            terminal.close()


def starts(programs: list[Program], size: tuple[int, int], runs: int) -> list[Line]:
    cpu: list[list[float]] = [[] for _ in programs]
    wall: list[list[float]] = [[] for _ in programs]
    for _ in range(runs):
        for index, program in enumerate(programs):
            with running(program, *size) as (_, cpu_used, waited):
                cpu[index].append(1000 * cpu_used)
                wall[index].append(1000 * waited)
    return [
        ratio_line("CPU to first paint", cpu, MOST_CPU_TO_PAINT),
        ratio_line("wall time to first paint", wall, MOST_WALL_TO_PAINT),
    ]


def ratio_line(what: str, samples: list[list[float]], goal: float) -> Line:
    ours, peers = (statistics.median(one) for one in samples)
    return Line(what, ours, peers, ours / peers, goal, "ms")


def key_times(terminals: list[Terminal], repeat: int) -> Line:
    first: list[list[float]] = [[] for _ in terminals]
    for number in range(repeat):
        key = STEPS[number % len(STEPS)]
        for index, terminal in enumerate(terminals):
            answer = terminal.until_quiet(terminal.press(key), STEP_QUIET, STEP_LIMIT)
            if answer.first is not None:
                first[index].append(1000 * answer.first)
    if not all(len(one) > repeat / 2 for one in first):
        raise DidNotStart("a program left most keys unanswered")
    return ratio_line("key to first byte", first, MOST_KEY_TO_BYTE)


def rest(terminals: list[Terminal], seconds: float) -> list[Line]:
    """What was being said is said first, and the next sitting's program loaded: then nobody does anything."""
    for terminal in terminals:
        until = time.monotonic() + REST_LIMIT
        while terminal.until_quiet(time.monotonic(), AT_REST, AT_REST).written and time.monotonic() < until:
            pass
    written, cpu = [], []
    for terminal in terminals:
        before = terminal.cpu_seconds()
        quiet = terminal.until_quiet(time.monotonic(), seconds, seconds)
        written.append(float(len(quiet.written)))
        cpu.append(100 * (terminal.cpu_seconds() - before) / seconds)
    return [
        Line("bytes written at rest", written[0], written[1], written[0], MOST_BYTES_AT_REST, "bytes"),
        Line("CPU at rest", cpu[0], cpu[1], cpu[0], MOST_CPU_AT_REST, "% core"),
    ]


def measure(options: argparse.Namespace) -> list[Line]:
    columns, rows = map(int, options.size.split("x"))
    programs = [Program("kiosk", KIOSK, KIOSK_READY), Program("peer", PEER, PEER_READY)]
    lines = starts(programs, (columns, rows), options.runs)
    ours, peer = programs
    with running(ours, columns, rows) as (kiosk, _, _), running(peer, columns, rows) as (minimal, _, _):
        lines.append(key_times([kiosk, minimal], options.repeat))
        lines.extend(rest([kiosk, minimal], options.rest))
    return lines


def printed(measured: Callable[[], Iterable[Line]], *, as_json: bool) -> int:
    """Every line as it is known; the exit code, 1 where a program did not start."""
    try:
        lines = measured()
    except DidNotStart as fault:
        print(fault, file=sys.stderr)
        return 1
    for line in lines:
        goal = line.goal if line.goal != NO_GOAL else None
        print(json.dumps({**asdict(line), "goal": goal, "kept": line.kept}) if as_json else line)
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", default="80x24", help="COLUMNSxROWS (default %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="starts of each program (default %(default)s)")
    parser.add_argument(
        "--repeat", type=int, default=40, help="keys pressed in each program (default %(default)s)"
    )
    parser.add_argument(
        "--rest", type=float, default=10.0, help="seconds watched at rest (default %(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    return printed(lambda: measure(options), as_json=options.json)


if __name__ == "__main__":
    sys.exit(main())
