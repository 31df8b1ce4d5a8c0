"""A screen in memory for real terminals: what is on it, and keys pressed before it."""

from __future__ import annotations

import mmap
import os
import re
import shutil
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.display.panel import Panel
from kiosk.display.type_size import Fit
from tests.slowness import slowness

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0
PRESS_AGAIN = 4.0
"""Seconds after which a key that did nothing is pressed again, longer where all is slow: keys are dropped
while a page opens."""
_HEADER = ">25I"
_BYTES = 4
"""A pixel has."""
_ROWS = 8
"""No size has fewer."""
_EDGE = 4
"""Pixels from the left edge: nothing is written there, and the bar on top shows its colour."""


def needed(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")


class VirtualScreen:
    """As many pixels large as a panel. What is on it is read from its memory, within a millisecond."""

    def __init__(self, panel: Panel, display: str, memory: Path) -> None:
        self._panel, self.display = panel, display
        with memory.open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        header = struct.unpack_from(_HEADER, self._memory)
        self._begin, self._line = header[0] + header[19] * 12, header[12]

    def press(self, key: str) -> None:
        """To the terminal there is; the pointer stays in the lower half."""
        world = {**os.environ, "DISPLAY": self.display}
        subprocess.run(["xdotool", "mousemove", "900", "900", "key", key], env=world, check=True)

    def press_on(self, key: str, what: str) -> None:
        """Press until another page is there: none takes keys while the visit is still opening."""
        before = self.at_rest()
        self.press_until(key, lambda: self.upper_part() != before, what)

    def press_until(self, key: str, seen: Callable[[], bool], what: str) -> None:
        """Press it again, as people do, but not so soon that it would answer the next page."""
        again = 0.0

        def done() -> bool:
            nonlocal again
            if seen():
                return True
            if time.monotonic() > again:
                self.press(key)
                again = time.monotonic() + PRESS_AGAIN * slowness()
            return False

        self.until(done, what)

    def press_until_ended(self, key: str, program: subprocess.Popen[bytes]) -> int:
        """What it says in the end. Keys are dropped while the letters grow, as all older ones are."""
        limit = time.monotonic() + PATIENCE
        while True:
            self.press(key)
            try:
                return program.wait(PRESS_AGAIN)
            except subprocess.TimeoutExpired:
                assert time.monotonic() < limit, _what_lives(program.pid)

    def at_rest(self) -> bytes:
        """The upper part, once nothing changes in it any more; captions come and go below."""
        seen = [b"", b""]

        def still() -> bool:
            seen[:] = [seen[1], self.upper_part()]
            return seen[0] == seen[1]

        self.until(still, "an end of all changes", every=0.5)
        return seen[1]

    def upper_part(self) -> bytes:
        """Its colours, as far down as the pointer never is: it leaves marks that are not the kiosk's."""
        part = self._panel.down * 2 // 5 * self._line
        seen = bytearray(self._memory[self._begin : self._begin + part])
        # What lies between two pixels means nothing and changes.
        del seen[_BYTES - 1 :: _BYTES]
        return bytes(seen)

    def row(self) -> int:
        """Pixels of the bar on top, which is one row high; nought where there is none.

        Neither on an empty screen, nor on an empty terminal before one that is not.
        """
        first = self._begin + _EDGE * _BYTES
        column = [
            self._memory[at : at + _BYTES - 1]
            for at in range(first, first + self._panel.down * self._line, self._line)
        ]
        height = next((y for y, colour in enumerate(column) if colour != column[0]), 0)
        return height if height < self._panel.down // _ROWS else 0

    def shows(self, fit: Fit) -> bool:
        """Is the bar as high as a row of this size, within 5 %: the measure of K15?"""
        row = self.row() / self._panel.per_mm
        return abs(row - fit.pitch.height) <= 0.05 * fit.pitch.height

    def until(self, seen: Callable[[], bool], what: str, every: float = 0.05) -> float:
        """The seconds that it took."""
        begun = time.monotonic()
        while not seen():
            assert time.monotonic() < begun + PATIENCE, what
            time.sleep(every)
        return time.monotonic() - begun

    def close(self) -> None:
        self._memory.close()


def _what_lives(first: int) -> str:
    """The program and what it has started, each with its state: a run that fails says who did not end."""
    listed = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,stat=,wchan:24=,comm="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    family, lines = {first}, []
    for line in listed:
        pid, parent = map(int, line.split()[:2])
        if pid in family or parent in family:
            family.add(pid)
            lines.append(line)
    return "it does not end:\n" + "\n".join(lines)


@contextmanager
def virtual_screen(panel: Panel, folder: Path) -> Iterator[VirtualScreen]:
    """As long as the block lasts."""
    needed("Xvfb", "xdotool")
    read, write = os.pipe()
    size = f"{panel.across}x{panel.down}x24"
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
    command += ["-fbdir", str(folder)]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            screen = VirtualScreen(panel, f":{os.read(read, 16).decode().strip()}", folder / "Xvfb_screen0")
            yield screen
            screen.close()
        finally:
            os.close(read)
            server.terminate()


def world_on(screen: VirtualScreen, folder: Path) -> dict[str, str]:
    """The environment of a silent kiosk on this screen, with its settings and data in the folder."""
    return {
        **{name: value for name, value in os.environ.items() if not re.match("KIOSK_|TEXTUAL", name)},
        "DISPLAY": screen.display,
        "KIOSK_SOUND": "off",
        "KIOSK_DATA": str(folder / "data"),
        "KIOSK_CONFIG": str(folder / "kiosk.toml"),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }
