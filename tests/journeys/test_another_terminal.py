"""A terminal that takes no size while it runs is opened anew, and when it falls, around the same visit."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kiosk.display.tables import faces, panels
from kiosk.display.type_size import Fit, fits
from tests.journeys.kiosk_terminal import alive
from tests.journeys.virtual_screen import PATIENCE, PRESS_AGAIN, VirtualScreen, needed, virtual_screen
from tests.slowness import slowness

ROOT = Path(__file__).resolve().parents[2]
PANEL = panels()["15.6"]
SMALL, USUAL, LARGE, LARGEST = fits(PANEL, faces()["xterm"])
COMES_BACK = 5.0
"""Seconds within which another terminal is there after a fall."""
SETTINGS = """
[site]
name = { zh = "幸福路社区服务中心", en = "Xingfu Road Community Centre" }
phone = "000-12345"
[screen]
display = "15.6"
"""
TO_THE_DATE_OF_BIRTH = {
    "welcome": "1",
    "card": "1",
    "home": "1",
    "do": "1",
    "do:@elderly": "1",
    "consent:use": "2",
    "proof:card": "1",
    "question:who": "1",
    "question:birth_date": "1",
}
"""Each page, and the key that leads to it."""

pytestmark = pytest.mark.slow


class Launched:
    """The real kiosk in an xterm that takes no size, before somebody who types and looks at the clock."""

    def __init__(self, process: subprocess.Popen[bytes], screen: VirtualScreen, log: Path) -> None:
        self.process, self.screen, self._log = process, screen, log

    @property
    def page(self) -> str:
        """The one that was spoken of last; the log may end in the middle of a line, or of a character."""
        lines = self._log.read_bytes().split(b"\n")[:-1] if self._log.exists() else []
        return str(json.loads(lines[-1])["screen"]) if lines else ""

    def goes_to(self, page: str, key: str) -> None:
        """Press until it is there."""
        self.screen.press_until(key, lambda: self.page == page, page)

    def types(self, *keys: str) -> None:
        """One after another, each when the last one is to be seen."""
        for key in keys:
            self.screen.press_on(key, f"the key {key}")

    def terminals(self) -> list[int]:
        """Those that are there."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in children if _name_of(pid) == "xterm"]

    def changes_to(self, fit: Fit) -> tuple[float, float]:
        """The key for larger letters: the seconds until they are there, and those in which nothing was."""
        row, patience = self.screen.row(), 4 * PRESS_AGAIN * slowness()
        begun, empty = time.monotonic(), 0.0
        self.screen.press("F3")
        last = pressed = time.monotonic()
        while not self.screen.shows(fit):
            now = time.monotonic()
            if now > pressed + patience and self.screen.row() == row:
                self.screen.press("F3")
                pressed = now
            empty += now - last if not self.screen.row() else 0.0
            last = now
            assert now < begun + PATIENCE, f"{fit.size!r} never came"
            time.sleep(0.002)
        self.screen.until(lambda: len(self.terminals()) == 1, "the last terminal goes")
        return last - begun, empty


def _name_of(pid: str) -> str:
    """Empty where it has just gone."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/comm").read_text().strip()
    return ""


@contextmanager
def launched(screen: VirtualScreen, folder: Path) -> Iterator[Launched]:
    """Until the end of the block at the latest."""
    (folder / "kiosk.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "tmp").mkdir()
    log = folder / "said.log"
    command = [sys.executable, "-m", "kiosk.cli", "launch", "--demo", "--terminal", "xterm"]
    world = {
        **{name: value for name, value in os.environ.items() if not re.match("KIOSK_|TEXTUAL", name)},
        "DISPLAY": screen.display,
        "KIOSK_SOUND": "off",
        "KIOSK_SPEECH_LOG": str(log),
        "KIOSK_DATA": str(folder / "data"),
        "KIOSK_CONFIG": str(folder / "kiosk.toml"),
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(folder / "tmp"),
        "LANG": "C.UTF-8",
    }
    with subprocess.Popen(command, env=world, stderr=subprocess.PIPE) as process:
        try:
            yield Launched(process, screen, log)
        finally:
            process.terminate()


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Launched]:
    needed("xterm")
    with virtual_screen(PANEL, tmp_path) as screen, launched(screen, tmp_path) as kiosk:
        yield kiosk


def test_sizes_and_a_fall_in_the_middle_of_a_date(kiosk: Launched, tmp_path: Path) -> None:
    """K15, K44: half a date of birth stays through three sizes and the death of the terminal."""
    screen = kiosk.screen
    screen.until(lambda: screen.shows(USUAL), "the first page")
    for page, key in TO_THE_DATE_OF_BIRTH.items():
        kiosk.goes_to(page, key)
    waits = []
    kiosk.types("1", "9")
    waits.append(kiosk.changes_to(LARGE))
    kiosk.types("4", "4", "3")
    waits.append(kiosk.changes_to(LARGEST))
    kiosk.types("2")
    waits.append(kiosk.changes_to(SMALL))
    (terminal,) = kiosk.terminals()
    before = screen.at_rest()
    os.kill(terminal, signal.SIGKILL)
    screen.until(lambda: screen.row() == 0, "the fall", every=0.002)
    back = screen.until(lambda: screen.shows(SMALL), "another terminal", every=0.002)
    assert back < COMES_BACK
    screen.until(lambda: screen.upper_part() == before, "the date as far as it was typed")
    kiosk.types("7")
    kiosk.goes_to("question:hukou", "Return")
    for (wait, empty), size in zip(waits, ("large", "largest", "small"), strict=True):
        print(f"{size}: there after {wait:.2f} s, {empty:.2f} s of it nothing")
    print(f"after the fall: there again after {back:.2f} s")
    (terminal,) = kiosk.terminals()
    assert screen.press_until_ended("ctrl+q", kiosk.process) == 0
    assert not alive(terminal)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_three_falls_are_enough(kiosk: Launched) -> None:
    """It says so to whoever is in charge, and ends."""
    screen = kiosk.screen
    for _ in range(3):
        screen.until(lambda: screen.shows(USUAL), "the page")
        (terminal,) = kiosk.terminals()
        os.kill(terminal, signal.SIGKILL)
        screen.until(lambda: screen.row() == 0, "the fall", every=0.002)
    assert kiosk.process.wait(PATIENCE) == 1
    assert kiosk.process.stderr is not None
    said = kiosk.process.stderr.read().decode()
    assert "三次" in said and "kiosk launch" in said
