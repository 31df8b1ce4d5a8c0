"""From the last key of one person to the first page of the next, on the real program.

    .venv/bin/python -m bench.next_sitting [--json] [--runs 15]

Each visit goes to home and is ended there, as after "I am done". What is timed begins with the key that ends
it: until the terminal is cleared of that visit, and until the whole first page of the next one is there. One
process ended meanwhile and another was forked. Reading the screen is in the figures.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.journeys.kiosk_terminal import CLEARED, KioskTerminal
from tests.journeys.resident import Resident, words

MOST = 0.5
"""Seconds to the next first page."""
LOADED = 6.0
"""What later sittings need is loaded while the first one runs."""


@dataclass(frozen=True)
class Answer:
    """Seconds."""

    cleared_median: float
    shown_median: float
    shown_most: float
    goal: float = MOST

    @property
    def kept(self) -> bool:
        return self.shown_median <= self.goal


def changes(runs: int) -> list[tuple[float, float]]:
    """Of each change: seconds until the terminal was cleared, and until the next first page was there."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        folder.mkdir(mode=0o700)
        with KioskTerminal(folder, "--demo") as terminal:
            terminal.shows(words("language.heading")[:8])
            until = time.monotonic() + LOADED
            while time.monotonic() < until:
                terminal.take()
            return [_change(terminal) for _ in range(runs)]


def _change(terminal: KioskTerminal) -> tuple[float, float]:
    resident = Resident(terminal)
    resident.go_to("home.heading")
    terminal.tap("0")
    resident.choose("leave.leave")
    terminal.shows(words("goodbye.heading"))
    before = len(terminal.raw)
    # once, and not until it is gone: that is when the terminal is cleared already
    resident.press_once("goodbye.done", 0.0)
    begun = time.monotonic()
    cleared = terminal.until(lambda _: CLEARED in terminal.raw[before:], what="a cleared terminal")
    terminal.shows(words("language.heading")[:8])
    return cleared, time.monotonic() - begun


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=15, help="changes (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args()
    cleared, shown = zip(*changes(options.runs), strict=True)
    answer = Answer(statistics.median(cleared), statistics.median(shown), max(shown))
    if options.json:
        print(json.dumps(asdict(answer) | {"kept": answer.kept}))
    else:
        verdict = "kept" if answer.kept else "MISSED"
        print(f"last key to a cleared terminal {answer.cleared_median:.2f} s in the middle")
        told = f"{answer.shown_median:.2f} s in the middle, {answer.shown_most:.2f} at the most"
        print(f"last key to the next first page {told}  (goal {MOST} in the middle)  {verdict}")
    return 0 if answer.kept else 1


if __name__ == "__main__":
    sys.exit(main())
