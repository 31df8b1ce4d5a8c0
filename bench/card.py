"""From a card laid on the reader to its person's page on the screen, on the real program.

    .venv/bin/python -m bench.card [--json]

The emulated reader answers at the pace of a 115200 line. The peer is the wire itself: the bytes of find,
select and read, and nothing else. bench/README.md says how to read it.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.terminal import Terminal, visible_text
from bench.tui import KIOSK, KIOSK_READY, START_LIMIT, clean_environment
from kiosk.devices.emulator import sdt_emulator, wire_seconds
from kiosk.identity.people import load_people

HOME = re.compile(r"您想做什么")
EXCHANGE_BYTES = 10 + 15 + 10 + 19 + 10 + 1295
"""Requests and replies of find, select and read (text and photo), preambles included."""
MARGIN = 0.3
QUIET, LIMIT = 1.5, 10.0


def laid_to_shown(size: tuple[int, int]) -> float:
    """Seconds from the card to the words of the home page, in a new sitting at rest."""
    with tempfile.TemporaryDirectory() as folder, sdt_emulator(link=Path(folder) / "reader") as reader:
        command = [*KIOSK, "--port", str(Path(folder) / "reader")]
        terminal = Terminal(command, *size, clean_environment() | {"KIOSK_DATA": folder})
        try:
            if terminal.until_shown(KIOSK_READY, START_LIMIT).matched is None:
                raise SystemExit("the kiosk's first page never came")
            terminal.until_quiet(time.monotonic(), QUIET, LIMIT)
            laid = time.monotonic()
            reader.lay(load_people()[0].text_block())
            written = bytearray()
            while not HOME.search(visible_text(bytes(written))):
                if time.monotonic() - laid > LIMIT:
                    raise SystemExit("the home page never came")
                written += terminal.until_quiet(time.monotonic(), 0.0, 0.02).written
            return time.monotonic() - laid
        finally:
            terminal.close()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7, help="cards laid (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args()
    times = sorted(laid_to_shown((80, 24)) for _ in range(options.runs))
    wire = wire_seconds(EXCHANGE_BYTES)
    line = {
        "wire_s": round(wire, 3),
        "shown_median_s": round(statistics.median(times), 3),
        "shown_most_s": round(times[-1], 3),
        "goal_s": round(wire + MARGIN, 3),
        "kept": times[-1] <= wire + MARGIN,
    }
    if options.json:
        print(json.dumps(line))
    else:
        verdict = "kept" if line["kept"] else "MISSED"
        print(
            f"card laid to page shown   wire {line['wire_s']} s   median {line['shown_median_s']} s   "
            f"most {line['shown_most_s']} s   (goal {line['goal_s']} s)  {verdict}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
