"""The identity card reader's line: how fast frames are found, what noise costs, how soon an event comes.

    .venv/bin/python -m bench.reader [--json] [--megabytes 100] [--cards 200]

bench/README.md says how to read it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
import tracemalloc
import tty
from collections.abc import Callable
from functools import reduce
from operator import xor

from kiosk.config import DeviceSettings
from kiosk.devices.device import Device
from kiosk.devices.events import CardRead, DeviceEvent
from kiosk.devices.sdt import framing as sdt
from kiosk.devices.sdt.emulated import PHOTO, Behaviour, EmulatedModule
from kiosk.devices.sdt.framing import Frame, SdtFraming, checksum
from kiosk.identity.people import load_people

PIECE = 4096
"""Bytes at a time, as the port reads them."""
MEGABYTE = 1_000_000
LIMIT_MS = 5.0
TURNS = 5

Line = dict[str, float | int | str | bool]


def read_replies(size: int) -> bytes:
    """About this many bytes of read replies, one behind the other."""
    memory = load_people()[0].text_block()
    reply = sdt.reply("000090", b"\x01\x00\x04\x00" + memory + PHOTO)
    return reply * (size // len(reply))


def framed(stream: bytes) -> int:
    """Frames that our framing finds, fed as a port would."""
    framing, found = SdtFraming(), 0
    for start in range(0, len(stream), PIECE):
        found += sum(isinstance(event, Frame) for event in framing.feed(stream[start : start + PIECE]))
    return found


def plain(stream: bytes, sum_of: Callable[[bytes], int]) -> int:
    """The same work on the whole stream in memory: find the preamble, take the length, sum up."""
    found = at = 0
    while (at := stream.find(sdt.PREAMBLE, at)) >= 0:
        length = int.from_bytes(stream[at + 5 : at + 7], "big")
        body = stream[at + 5 : at + 7 + length]
        if len(body) == length + 2 and sum_of(body) == 0:
            found += 1
            at += 7 + length
        else:
            at += 1
    return found


def seconds(work: Callable[[], int], found: int) -> float:
    """Processor time of one turn, which must find so many frames."""
    begun = time.process_time()
    if work() != found:
        raise SystemExit("frames were lost: nothing to measure")
    return time.process_time() - begun


def throughput(name: str, stream: bytes) -> Line:
    """Our framing beside a plain loop, taking turns; medians."""
    found = plain(stream, checksum)
    ours, fast, slow = [], [], []
    for _ in range(TURNS):
        ours.append(seconds(lambda: framed(stream), found))
        fast.append(seconds(lambda: plain(stream, checksum), found))
        slow.append(seconds(lambda: plain(stream, lambda body: reduce(xor, body, 0)), found))
    took = statistics.median(ours)
    return {
        "line": name,
        "ours_mb_s": round(len(stream) / MEGABYTE / took, 1),
        "over_plain_loop": round(statistics.median(fast) / took, 2),
        "over_loop_byte_by_byte": round(statistics.median(slow) / took, 2),
    }


def noise(megabytes: int) -> Line:
    """Random bytes, and then a good frame."""
    chance = random.Random(20261122)
    good = sdt.reply("00009f", bytes(4))
    framing = SdtFraming()
    framing.feed(chance.randbytes(MEGABYTE))
    held = 0
    tracemalloc.start()
    spent = 0.0
    for _ in range(megabytes):
        junk = chance.randbytes(MEGABYTE)
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        begun = time.process_time()
        framing.feed(junk)
        spent += time.process_time() - begun
        held = max(held, tracemalloc.get_traced_memory()[1] - before)
    kept = tracemalloc.get_traced_memory()[0] - sys.getsizeof(junk)
    tracemalloc.stop()
    framing.idle()
    found = [event for event in framing.feed(good) if isinstance(event, Frame)]
    return {
        "line": f"{megabytes} MB of noise",
        "seconds_traced": round(spent, 2),
        "peak_kb": round(held / 1000, 1),
        "kept_kb": round(kept / 1000, 1),
        "frame_after_it_found": [frame.status for frame in found] == ["00009f"],
    }


class FarEnd:
    """A module on a pseudo-terminal; it holds back the last byte of each reply for a moment."""

    def __init__(self) -> None:
        self._near, slave = os.openpty()
        tty.setraw(slave)
        self.path = os.ttyname(slave)
        self.module = EmulatedModule(Behaviour.FINDS_AGAIN)
        self.last_byte_at = 0.0

    def serve_once(self) -> None:
        """Answer what is asked next."""
        for reply in self.module.hear(os.read(self._near, PIECE), time.monotonic()):
            os.write(self._near, reply[:-1])
            time.sleep(0.002)  # so that the reader has taken all but the last byte
            self.last_byte_at = time.perf_counter()
            os.write(self._near, reply[-1:])


def to_event(cards: int) -> Line:
    """From the last byte of the reply that completes a card to its event, in the reader's own thread."""
    far = FarEnd()
    took: list[float] = []

    def told(event: DeviceEvent) -> None:
        if isinstance(event, CardRead):
            took.append((time.perf_counter() - far.last_byte_at) * 1000)

    reader = Device(DeviceSettings("identity_card", "sdt", far.path), told)
    memories = [person.text_block() for person in load_people()[:2]]
    laid = -1
    reader.start()
    while len(took) < cards:
        if laid < len(took):  # the card before was read: another one in its place, missed by the first look
            laid = len(took)
            far.module.lay(memories[laid % 2])
        far.serve_once()
    reader.stop()
    took.sort()
    return {
        "line": f"last byte to event, {cards} cards",
        "median_ms": round(statistics.median(took), 2),
        "p99_ms": round(took[int(len(took) * 0.99) - 1], 2),
        "limit_ms": LIMIT_MS,
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=100, help="of noise (default %(default)s)")
    parser.add_argument("--cards", type=int, default=200, help="on the pseudo-terminal (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    junk = random.Random(1).randbytes(20 * MEGABYTE)
    measures: list[Callable[[], Line]] = [
        lambda: throughput("read replies", read_replies(5 * MEGABYTE)),
        lambda: throughput("junk", junk),
        lambda: noise(options.megabytes),
        lambda: to_event(options.cards),
    ]
    for measure in measures:
        line = measure()
        if options.json:
            print(json.dumps(line), flush=True)
        else:
            print(
                "   ".join(f"{key} {value}" for key, value in line.items()).removeprefix("line "), flush=True
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
