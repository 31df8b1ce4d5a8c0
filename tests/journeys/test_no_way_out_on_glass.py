"""Every key and button of a real keyboard and mouse, before real terminals as `kiosk launch` starts them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, combinations
from pathlib import Path

import pytest

from kiosk.display.tables import panels
from tests.journeys.outside import Outside
from tests.journeys.virtual_screen import PATIENCE, VirtualScreen, needed, virtual_screen

ROOT = Path(__file__).resolve().parents[2]
PANEL = panels()["15.6"]
SETTINGS = """
[site]
name = { zh = "幸福路社区服务中心", en = "Xingfu Road Community Centre" }
phone = "000-12345"
[screen]
display = "15.6"
"""
HELD = ("ctrl", "alt", "shift", "super")
TOGETHER = [*chain.from_iterable(combinations(HELD, many) for many in range(len(HELD) + 1))]
KEYCODES = range(10, 256)
"""All that an X keyboard has but two: a number of one digit would be the key with that digit."""
SYMBOLS = ("Escape", "F1", "F2", "F5", "F11", "F12", "BackSpace", "Delete", "Insert", "Home", "Menu", "Print")
BUTTONS = range(1, 12)
PLACES = ((1, 1), (960, 540), (1919, 1079))
OTHER_SIZES = frozenset({28, 53, 69})
"""T, X and F3. Another size is another xterm, and version 379 falls now and then (a segment fault) where a
thousand keys a second come upon one that opens. `test_another_terminal` presses them.
"""

pytestmark = pytest.mark.slow


class Hands:
    """On keyboard and mouse before a screen, by XTest as a driver would send it."""

    def __init__(self, screen: VirtualScreen) -> None:
        self._world = {**os.environ, "DISPLAY": screen.display}

    def do(self, *words: str) -> None:
        # it says so where the server has no such button
        subprocess.run(["xdotool", *words], env=self._world, check=False, stderr=subprocess.DEVNULL)

    def windows(self) -> set[str]:
        """The windows that can be seen, without those inside others."""
        tree = self._asked("xwininfo", "-root", "-children")
        found = re.findall(r"^\s+(0x[0-9a-f]+) ", tree, re.MULTILINE)
        return {one for one in found if "IsViewable" in self._asked("xwininfo", "-id", one)}

    def _asked(self, *words: str) -> str:
        told = subprocess.run(words, env=self._world, check=False, capture_output=True, text=True)
        return told.stdout


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[VirtualScreen]:
    with virtual_screen(PANEL, tmp_path) as screen:
        yield screen


def family(pid: int) -> list[int]:
    """The process and all that it has started, however far down."""
    found = [pid]
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += family(int(child))
    return found


def press_every_key(hands: Hands, without: frozenset[int]) -> None:
    for held in TOGETHER:
        named = [*(str(code) for code in KEYCODES if code not in without), *SYMBOLS]
        hands.do("key", "--delay", "0", *("+".join((*held, key)) for key in named))


def press_every_button(hands: Hands) -> None:
    """Three times each, as what selects words or lines is pressed."""
    for held in TOGETHER:
        down = [word for name in held for word in ("keydown", name)]
        up = [word for name in held for word in ("keyup", name)]
        clicks = [
            word for button in BUTTONS for word in ("click", "--repeat", "3", "--delay", "0", str(button))
        ]
        for x, y in PLACES:
            hands.do("mousemove", str(x), str(y), *down, *clicks)
            hands.do("mousemove", str(x), str(y), *up)


def assert_no_menu(hands: Hands) -> None:
    """Looked for while a button is held down, which is as long as such a menu is open."""
    for held in TOGETHER:
        down = [word for name in held for word in ("keydown", name)]
        up = [word for name in held for word in ("keyup", name)]
        for button in ("1", "2", "3"):
            hands.do("mousemove", "960", "540", *down, "mousedown", button, "mousemove", "980", "700")
            seen = hands.windows()
            hands.do("mouseup", button, *up)
            assert len(seen) == 1, (held, button)


def tabs_of_kitty(folder: Path) -> int:
    """As kitty itself tells them on its own socket."""
    socket = next(folder.glob("bangban-*/terminal"))
    told = subprocess.run(
        ["kitty", "@", "--to", f"unix:{socket}", "ls"], capture_output=True, check=True, timeout=PATIENCE
    ).stdout
    return sum(len(tab["windows"]) for window in json.loads(told) for tab in window["tabs"])


@pytest.mark.parametrize("terminal", ["kitty", "xterm"])
def test_every_key_and_button(terminal: str, screen: VirtualScreen, tmp_path: Path) -> None:
    """One window, no other program, no file: and the next resident presses a key and is heard."""
    needed(terminal, "xwininfo")
    outside, hands = Outside(tmp_path / "outside"), Hands(screen)
    (tmp_path / "kiosk.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    world = {
        **{name: value for name, value in os.environ.items() if not re.match("KIOSK_|TEXTUAL|XDG_", name)},
        **outside.world,
        "DISPLAY": screen.display,
        "KIOSK_SOUND": "off",
        "KIOSK_DATA": str(tmp_path / "data"),
        "KIOSK_CONFIG": str(tmp_path / "kiosk.toml"),
        "TMPDIR": str(tmp_path / "tmp"),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }
    command = [sys.executable, "-m", "kiosk.cli", "launch", "--terminal", terminal]
    with subprocess.Popen(command, env=world, cwd=outside.home, stderr=subprocess.DEVNULL) as launch:
        try:
            screen.until(lambda: screen.row() > 0, "the first page")
            screen.press_on("Return", "the welcome page")
            before, windows, first = family(launch.pid), hands.windows(), _terminal(launch.pid)
            outside.begin(before)
            press_every_key(hands, OTHER_SIZES if terminal == "xterm" else frozenset())
            outside.see(family(launch.pid))
            press_every_button(hands)
            outside.see(family(launch.pid))
            screen.at_rest()
            screen.until(lambda: len(hands.windows()) == 1, "one window")
            assert_no_menu(hands)
            assert launch.poll() is None
            if terminal == "kitty":  # with xterm another size is another terminal
                assert (hands.windows(), _terminal(launch.pid)) == (windows, first)
                assert tabs_of_kitty(tmp_path / "tmp") == 1
            screen.press_on("F4", "other colours")
            outside.assert_untouched()
            log = (tmp_path / "data" / "kiosk.log").read_text()
            assert "fell" not in log and "unexpected" not in log, log
        finally:
            launch.terminate()
            assert launch.wait(PATIENCE) == 0


def _terminal(launch: int) -> list[str]:
    """What `kiosk launch` has started, by process."""
    return Path(f"/proc/{launch}/task/{launch}/children").read_text().split()
