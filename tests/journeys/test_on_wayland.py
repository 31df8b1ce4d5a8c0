"""The kiosk as `kiosk install --shell sway` starts it: sway on a screen in memory, and a real terminal."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, combinations
from pathlib import Path
from string import ascii_lowercase, digits

import pytest

from kiosk.display.tables import faces
from kiosk.display.type_size import fits, usual
from tests.journeys.conftest import OpenStore
from tests.journeys.headless_sway import PANEL, SwaySession, sway_session
from tests.journeys.outside import Outside
from tests.journeys.resident import Resident
from tests.journeys.sway_hands import Keyboard, KittyInSway
from tests.journeys.sway_pointer import Pointer
from tests.journeys.virtual_screen import PATIENCE, PRESS_AGAIN, needed
from tests.slowness import slowness

USUAL_SIZE, DISTANCE = 2, 500
ZHANG = 1
ON_THE_FIRST_CHOICE = (0.3, 0.42)
"""Of the page that every visit begins with: parts of the screen's width and height."""
HELD = ("ctrl", "alt", "shift", "logo")
TOGETHER = [*chain.from_iterable(combinations(HELD, many) for many in range(len(HELD) + 1))]
LETTERS = (*ascii_lowercase, *digits)
NAMED = (
    *("Escape", "Return", "Tab", "ISO_Left_Tab", "space", "BackSpace", "Delete", "Insert", "Home", "End"),
    *(
        "Prior",
        "Next",
        "Up",
        "Down",
        "Left",
        "Right",
        "KP_Add",
        "KP_Subtract",
        "KP_Enter",
        "KP_0",
        "KP_Delete",
    ),
    *(
        "plus",
        "minus",
        "equal",
        "comma",
        "period",
        "slash",
        "backslash",
        "grave",
        "bracketleft",
        "bracketright",
    ),
    *("Menu", "Print", "Sys_Req", "Pause", "Break", "Scroll_Lock", "Num_Lock", "Multi_key", "Help", "Undo"),
    *("Super_L", "Super_R", "Meta_L", "Hyper_L", "Alt_L", "Control_L", "ISO_Level3_Shift", "Codeinput"),
    *(f"F{number}" for number in range(1, 36)),
)
CONSOLES = tuple(f"XF86Switch_VT_{number}" for number in range(1, 13))
"""They lead to another console, where a compositor obeys them."""
OF_MACHINES = (
    *("PowerOff", "PowerDown", "Sleep", "Suspend", "Standby", "Hibernate", "WakeUp", "LogOff", "ScreenSaver"),
    *(
        "Terminal",
        "WWW",
        "HomePage",
        "Mail",
        "Explorer",
        "Calculator",
        "Search",
        "Launch0",
        "LaunchA",
        "MyComputer",
    ),
    *(
        "Eject",
        "Display",
        "Tools",
        "TaskPane",
        "New",
        "Open",
        "Close",
        "Save",
        "Copy",
        "Cut",
        "Paste",
        "Reload",
    ),
    *("AudioPlay", "AudioMute", "AudioRaiseVolume", "MonBrightnessUp", "KbdLightOnOff", "TouchpadToggle"),
    *("Ungrab", "ClearGrab", "Next_VMode", "Prev_VMode", "RotateWindows", "LogWindowTree", "LogGrabInfo"),
)

pytestmark = pytest.mark.slow


def fills_the_screen(session: SwaySession, terminal: str) -> bool:
    """One window, as large as the screen, which hears the keys."""
    windows = session.windows()
    return [
        (one["app_id"], one["focused"], one["fullscreen_mode"], one["rect"]["width"], one["rect"]["height"])
        for one in windows
    ] == [(terminal, True, 1, PANEL.across, PANEL.down)]


@contextmanager
def plugged_in(session: SwaySession) -> Iterator[Keyboard]:
    """A keyboard at a session that is ready."""
    session.ready()
    session.until(lambda: session.row() > 0, "the first page")
    keyboard = Keyboard(session)
    try:
        yield keyboard
    finally:
        keyboard.unplug()


@pytest.mark.parametrize("terminal", ["foot", "kitty"])
def test_the_first_page_is_there_and_no_key_is_bound(terminal: str, tmp_path: Path) -> None:
    """And all of it ends when the unit is stopped."""
    needed("sway", "grim", "unshare", "systemd-sysusers", terminal)
    with sway_session(tmp_path, terminal) as session:
        session.ready()
        session.until(lambda: session.row() > 0, "the first page")
        fit = usual(fits(PANEL, faces()[terminal], DISTANCE), USUAL_SIZE)
        assert fit is not None
        assert abs(session.row() / PANEL.per_mm - fit.pitch.height) <= 0.05 * fit.pitch.height
        assert fills_the_screen(session, terminal)
        assert session.bars() == [] and session.bindings() == []
        unit = session.processes()
        for pid in unit:
            os.kill(pid, signal.SIGTERM)
        assert session.ended(unit, PATIENCE) == 0
    assert [*(tmp_path / "tmp").iterdir()] == []


def test_sway_ends_with_the_kiosk(tmp_path: Path) -> None:
    """No empty screen stays behind: systemd begins the whole session anew."""
    needed("sway", "unshare", "systemd-sysusers", "foot")
    with sway_session(tmp_path, "foot") as session:
        session.ready()
        unit = session.processes()
        os.kill(session.launch, signal.SIGTERM)
        assert session.ended(unit, PATIENCE) == 0


def test_from_card_to_receipt_by_keys(tmp_path: Path, store: OpenStore) -> None:
    """A whole visit: every key goes through sway and kitty, and every word is read from kitty."""
    needed("sway", "grim", "wtype", "unshare", "systemd-sysusers", "kitty")
    with sway_session(tmp_path, "kitty", more="--demo") as session, plugged_in(session) as keyboard:
        resident = Resident(KittyInSway(session, keyboard, tmp_path / "tmp"))
        resident.go_to("welcome.heading")
        resident.lay(ZHANG)
        resident.go_to("goodbye.take_it")
        (receipt,) = resident.receipts
        resident.lift()
        resident.go_to("language.heading")
    assert store().case_id_of(receipt) is not None


def press_every_key(keyboard: Keyboard) -> None:
    machines = [f"XF86{name}" for name in OF_MACHINES]
    for held in TOGETHER:
        keyboard.press(*LETTERS, *NAMED, held=held)
        keyboard.press(*CONSOLES, *machines, held=held)


def leads_on(session: SwaySession, do: Callable[[], None], what: str) -> None:
    """Do it, again as people do, until another page is drawn."""
    before, again = session.at_rest(), 0.0

    def drawn() -> bool:
        nonlocal again
        if session.upper_part() != before:
            return True
        if time.monotonic() > again:
            do()
            again = time.monotonic() + PRESS_AGAIN * slowness()
        return False

    session.until(drawn, what)


def answers(session: SwaySession, keyboard: Keyboard) -> None:
    """Whoever comes next is heard."""
    leads_on(session, lambda: keyboard.press("F4"), "other colours")


def test_a_mouse_chooses(tmp_path: Path) -> None:
    needed("sway", "grim", "wtype", "unshare", "systemd-sysusers", "kitty")
    with sway_session(tmp_path, "kitty") as session, plugged_in(session) as keyboard:
        pointer = Pointer(session)
        answers(session, keyboard)

        def clicked() -> None:
            pointer.move(*ON_THE_FIRST_CHOICE)
            pointer.click()

        leads_on(session, clicked, "the welcome page")
        pointer.unplug()


@pytest.mark.parametrize("terminal", ["foot", "kitty"])
def test_no_key_leads_out(terminal: str, tmp_path: Path) -> None:
    """Whatever is held with whatever: one window, no other program, no file, and the kiosk goes on."""
    needed("sway", "grim", "wtype", "unshare", "systemd-sysusers", terminal)
    outside = Outside(tmp_path / "outside")
    with sway_session(tmp_path, terminal, around=outside.world) as session, plugged_in(session) as keyboard:
        answers(session, keyboard)
        windows, unit = session.windows(), session.processes()
        outside.begin(unit)
        press_every_key(keyboard)
        answers(session, keyboard)
        outside.see(session.processes())
        outside.assert_untouched()
        assert fills_the_screen(session, terminal)
        if terminal == "kitty":  # with foot another size is another window
            assert [one["pid"] for one in session.windows()] == [one["pid"] for one in windows]
            assert KittyInSway(session, keyboard, tmp_path / "tmp").tabs() == 1
        assert session.bars() == []
    log = (tmp_path / "data" / "kiosk.log").read_text(encoding="utf-8")
    assert "fell" not in log and "unexpected" not in log, log
