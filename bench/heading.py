"""A heading in characters of half blocks, as a terminal shows it whose font nobody can change.

    .venv/bin/python -m bench.heading [--json]

bench/README.md says how to read the answers.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable

from rich.segment import Segment
from textual.strip import Strip

from screens.glyphs import glyph_lines
from screens.spans import Look
from screens.theme import DARK

HEADINGS = ("请您选一件要办的事", "把身份证放在这里吧", "老年人津贴怎么申请")
"""Nine characters each; the first eight are drawn."""
SIGNS = 8
MOST_MS = 1.0
TIMES, ROUNDS = 20, 15


def draw(words: str, plain: bool) -> list[Strip]:
    """Rows as the page view hands them to Textual; `plain`: one row, as the terminal's own font draws it."""
    lines = [words] if plain else glyph_lines(words)
    if lines is None:
        raise ValueError("a character has no large shape")
    return [Strip([Segment(line, DARK.style(Look.STRONG))]) for line in lines]


def milliseconds(work: Callable[[str], object], words: str) -> float:
    """Processor time of one, of the middle round of many."""
    work(words)
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(TIMES):
            work(words)
        rounds.append(1000 * (time.process_time() - start) / TIMES)
    return statistics.median(rounds)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args()
    headings = [heading[:SIGNS] for heading in HEADINGS]
    start = time.process_time()
    draw(headings[0], plain=False)
    first = 1000 * (time.process_time() - start)
    large = statistics.median(milliseconds(lambda words: draw(words, plain=False), one) for one in headings)
    plain = statistics.median(milliseconds(lambda words: draw(words, plain=True), one) for one in headings)
    kept = large <= MOST_MS
    found = {"first": first, "large": large, "plain": plain, "goal": MOST_MS, "kept": kept}
    if options.json:
        print(json.dumps(found))
    else:
        print(f"a heading of {SIGNS} characters: first {first:.1f} ms, plain {plain:.3f} ms")
        print(f"  large {large:.3f} ms  (goal {MOST_MS:g})  {'kept' if kept else 'MISSED'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
