"""A helper's walk in a real terminal on a virtual screen: as large as a visit is, and larger by its key."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.display.tables import faces, panels
from kiosk.display.type_size import fits
from tests.journeys.test_letters_on_glass import SETTINGS, _larger
from tests.journeys.virtual_screen import needed, virtual_screen, world_on

PANEL = panels()["15.6"]

pytestmark = pytest.mark.slow


def test_the_walk_that_comes_first_is_as_large_as_a_visit(tmp_path: Path) -> None:
    """Begun from another screen, shown by `kiosk launch`; afterwards the kiosk is as it always begins."""
    needed("kitty")
    usual, large = fits(PANEL, faces()["kitty"])[1:3]
    (tmp_path / "kiosk.toml").write_text(SETTINGS, encoding="utf-8")
    with virtual_screen(PANEL, tmp_path) as screen:
        world = world_on(screen, tmp_path)
        kiosk_command = [sys.executable, "-m", "kiosk.cli"]
        asked = [*kiosk_command, "check", "--guided", "--next-start"]
        subprocess.run(asked, env=world, check=True, stdout=subprocess.DEVNULL)
        command = [*kiosk_command, "launch", "--terminal", "kitty"]
        with subprocess.Popen(command, env=world, stderr=subprocess.DEVNULL) as kiosk:
            try:
                screen.until(lambda: screen.shows(usual), "the first page at the usual size")
                screen.press_on("1", "the keys to press")
                _larger(screen, large)
                # a walk that is left before anything was tried makes room for everybody
                screen.press("ctrl+q")
                screen.until(lambda: screen.shows(usual), "the first page of a visit, as every visit begins")
            finally:
                kiosk.terminate()
