"""Pages and the focus on them, beside a minimal Textual program, in the same run, taking turns.

    .venv/bin/python -m bench.pages [--json]

How long from a key until the frame is complete, how long until another page is, and how much memory a
thousand pages take. bench/README.md says how to read the answers.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import time
from collections.abc import Iterable

from bench.terminal import Terminal
from bench.tui import (
    KIOSK,
    KIOSK_READY,
    NO_GOAL,
    PEER,
    PEER_READY,
    DidNotStart,
    Line,
    Program,
    printed,
    running,
)
from screens.grid import Grid

STEPS = ("down", "up")
TO_HOME = ("1", "1", "1")
"""Chinese, begin, without a card."""
PAGES = ("h", "0", "1", "0")
"""From home to help and back, on to the services and back: each is another page."""
MOST_KEY_TO_FRAME, MOST_PAGE_TO_TAB, MOST_MS, MOST_MEMORY, MOST_GROWTH = 0.8, 3.0, 150.0, 2.0, 1.02
QUIET, LIMIT = 0.08, 3.0
MARKS = (100, 500, 1000)


class Measured:
    """A program on its terminal, and which rows of it only tell what is said."""

    def __init__(self, terminal: Terminal, captions: range = range(0)) -> None:
        self.terminal, self._captions = terminal, captions

    def milliseconds(self, key: str) -> float:
        """From the key until its last frame was there, waited for until nothing more came."""
        burst = self.terminal.until_quiet(self.terminal.press(key), QUIET, LIMIT, self._captions)
        complete = burst.complete(self._captions)
        if complete is None:
            raise DidNotStart(f"no answer to the key {key!r}")
        return 1000 * complete


def captions_of(columns: int, rows: int) -> range:
    """The rows with what is being said, counted from 1."""
    grid = Grid(columns, rows)
    first = rows - grid.bar_rows - grid.caption_rows + 1
    return range(first, first + grid.caption_rows)


def percentile(samples: Iterable[float], part: float) -> float:
    """The sample that this part of all stays within."""
    ordered = sorted(samples)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


def focus_and_pages(kiosk: Measured, peer: Measured, repeat: int) -> list[Line]:
    """An arrow key on home in both; another page beside the peer's arrow key."""
    moves: list[float] = []
    pages: list[float] = []
    tabs: list[float] = []
    for number, page in zip(range(repeat), itertools.cycle(PAGES), strict=False):
        step = STEPS[number % len(STEPS)]
        tabs.append(peer.milliseconds(step))
        # Only on home is there surely something above and below.
        if page == PAGES[0]:
            moves.extend(kiosk.milliseconds(key) for key in STEPS)
        pages.append(kiosk.milliseconds(page))
    tab = statistics.median(tabs)
    move, middle, late = statistics.median(moves), statistics.median(pages), percentile(pages, 0.95)
    return [
        Line("key to complete frame", move, tab, move / tab, MOST_KEY_TO_FRAME, "ms"),
        Line("new page complete", middle, tab, middle / tab, MOST_PAGE_TO_TAB, "ms"),
        Line("new page, 95 of 100", late, percentile(tabs, 0.95), late, MOST_MS, "ms"),
    ]


def memory(kiosk: Measured, peer: Measured, pages: int) -> list[Line]:
    """Resident memory at each mark; the last beside the peer's, and beside our own at the first."""
    ours: dict[int, float] = {}
    theirs: dict[int, float] = {}
    for number, page in zip(range(1, pages + 1), itertools.cycle(PAGES), strict=False):
        kiosk.milliseconds(page)
        peer.milliseconds(STEPS[number % len(STEPS)])
        if number in MARKS or number == pages:
            ours[number], theirs[number] = kiosk.terminal.resident_mib(), peer.terminal.resident_mib()
    first = min(ours)
    lines = [
        Line(
            f"memory after {number} pages",
            ours[number],
            theirs[number],
            ours[number] / theirs[number],
            goal,
            "MiB",
        )
        for number, goal in ((one, MOST_MEMORY if one == pages else NO_GOAL) for one in sorted(ours))
    ]
    growth = ours[pages] / ours[first]
    return [
        *lines,
        Line(f"growth since {first} pages", growth, theirs[pages] / theirs[first], growth, MOST_GROWTH, ""),
    ]


def measure(options: argparse.Namespace) -> list[Line]:
    columns, rows = map(int, options.size.split("x"))
    ours, minimal = Program("kiosk", [*KIOSK, "--demo"], KIOSK_READY), Program("peer", PEER, PEER_READY)
    with running(ours, columns, rows) as (kiosk, _, _), running(minimal, columns, rows) as (peer, _, _):
        # What is loaded in the background for the next sitting is not to be measured.
        kiosk.until_quiet(time.monotonic(), options.settle, options.settle)
        for key in TO_HOME:
            kiosk.until_quiet(kiosk.press(key), 0.5, LIMIT)
        both = Measured(kiosk, captions_of(columns, rows)), Measured(peer)
        return [*focus_and_pages(*both, options.repeat), *memory(*both, options.pages)]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", default="80x24", help="COLUMNSxROWS (default %(default)s)")
    parser.add_argument("--repeat", type=int, default=80, help="new pages timed (default %(default)s)")
    parser.add_argument("--pages", type=int, default=1000, help="pages for the memory (default %(default)s)")
    parser.add_argument(
        "--settle", type=float, default=8.0, help="seconds before the first key (default %(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    return printed(lambda: measure(options), as_json=options.json)


if __name__ == "__main__":
    sys.exit(main())
