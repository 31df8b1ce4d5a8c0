"""The real kiosk in real terminals on a virtual screen: the key changes how large it is written (K15)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.display.launching import STARTS
from kiosk.display.tables import faces, panels
from kiosk.display.type_size import Fit, fits
from tests.journeys.virtual_screen import PATIENCE, VirtualScreen, needed, virtual_screen, world_on

PANEL = panels()["15.6"]
SETTINGS = """
[site]
name = { zh = "幸福路社区服务中心", en = "Xingfu Road Community Centre" }
phone = "000-12345"
[screen]
display = "15.6"
"""

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("terminal", "more"), [("kitty", []), ("xterm", ["--no-restart"])], ids=["kitty", "xterm"]
)
def test_f3_on_the_real_screen(terminal: str, more: list[str], tmp_path: Path) -> None:
    """A row is as high as computed at the usual size, and again after the key at the next one."""
    needed(terminal)
    usual, large = fits(PANEL, faces()[terminal])[1:3]
    (tmp_path / "kiosk.toml").write_text(SETTINGS, encoding="utf-8")
    command = [sys.executable, "-m", "kiosk.cli", "launch", "--demo", "--terminal", terminal, *more]
    with virtual_screen(PANEL, tmp_path) as screen:
        world = world_on(screen, tmp_path)
        with subprocess.Popen(command, env=world, stderr=subprocess.DEVNULL) as kiosk:
            try:
                screen.until(lambda: screen.shows(usual), "the first page at the usual size")
                screen.press_on("Return", "the welcome page")
                _larger(screen, large)
                assert screen.press_until_ended("ctrl+q", kiosk) == 0
            finally:
                kiosk.terminate()


def _larger(screen: VirtualScreen, fit: Fit) -> None:
    """F3 until it is obeyed: keys are dropped while the visit is still opening."""
    limit = time.monotonic() + PATIENCE
    while not screen.shows(fit):
        assert time.monotonic() < limit, (screen.row(), fit)
        screen.press("F3")
        for _ in range(10):
            if screen.shows(fit):
                return
            time.sleep(0.3)


_TELLS = """
import fcntl, os, struct, sys, termios, time
size = lambda: struct.unpack("HHHH", fcntl.ioctl(1, termios.TIOCGWINSZ, b" " * 8))
seen = size()
while time.sleep(0.3) or seen != (seen := size()):
    pass
with open(sys.argv[1] + ".new", "w") as file:
    print(*seen, file=file)
os.rename(sys.argv[1] + ".new", sys.argv[1])
time.sleep(600)
"""
"""Rows, columns and pixels of the terminal's window, once it keeps them."""


@pytest.mark.parametrize("inches", ["10.1", "13.3", "15.6", "21.5"])
@pytest.mark.parametrize("terminal", ["kitty", "xterm"])
def test_all_rows_and_columns_of_each_size_are_on_the_glass(
    terminal: str, inches: str, tmp_path: Path
) -> None:
    """K16: none is cut off at its edge, and there are as many as every page was laid out for."""
    needed(terminal)
    panel, face = panels()[inches], faces()[terminal]
    with virtual_screen(panel, tmp_path) as screen:
        for fit in fits(panel, face):
            told = tmp_path / f"told-{fit.size}"
            program = [sys.executable, "-c", _TELLS, str(told)]
            start = STARTS[terminal](panel, face, fit, "", program)
            with subprocess.Popen(
                start, env={**os.environ, "DISPLAY": screen.display}, stderr=subprocess.DEVNULL
            ) as opened:
                screen.until(told.exists, "its size")
                opened.terminate()
            rows, columns, across, down = map(int, told.read_text().split())
            assert rows >= fit.rows and columns >= fit.columns, (fit, rows, columns)
            assert across <= panel.across and down <= panel.down, (fit, across, down)
