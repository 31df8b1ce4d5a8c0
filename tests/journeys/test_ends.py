"""How the kiosk ends, and how it goes on: signals, kills, falls."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from kiosk.catalogue import load_catalogue
from tests.journeys.conftest import StartKiosk
from tests.journeys.kiosk_terminal import CTRL_Q, ROOT, KioskTerminal, gone
from tests.journeys.resident import Resident, words

ALTERNATE_SCREEN, CURSOR, PASTE = 1049, 25, 2004
MOUSE = (1000, 1002, 1003, 1006)
BROKEN = (sys.executable, str(Path(__file__).with_name("broken.py")), "run")


def assert_clean(terminal: KioskTerminal) -> None:
    """As a shell wants it."""
    modes = terminal.modes()
    assert modes[CURSOR]
    assert not any(modes[mode] for mode in (ALTERNATE_SCREEN, PASTE, *MOUSE))
    cooked = termios.ICANON | termios.ECHO | termios.ISIG
    assert terminal.local_modes() & cooked == cooked


def first_page(terminal: KioskTerminal) -> None:
    terminal.shows(words("language.heading")[:8])


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_told_to_end_it_ends_and_leaves_the_terminal_clean(sign: signal.Signals, kiosk: StartKiosk) -> None:
    terminal = kiosk("--demo")
    first_page(terminal)
    family = terminal.tree()
    terminal.send(sign)
    assert terminal.wait_end() == 0
    assert_clean(terminal)
    assert all(gone(pid) for pid in family)


def test_told_to_end_while_it_starts_it_ends(kiosk: StartKiosk) -> None:
    terminal = kiosk()
    terminal.until(lambda _: terminal.sittings(), what="a sitting")
    terminal.send(signal.SIGTERM)
    assert terminal.wait_end() == 0
    assert_clean(terminal)


def test_who_gives_a_demo_can_end_it(kiosk: StartKiosk) -> None:
    terminal = kiosk("--demo")
    first_page(terminal)
    terminal.rest()
    terminal.tap(CTRL_Q)
    assert terminal.wait_end() == 0
    assert_clean(terminal)


def test_a_killed_kiosk_leaves_no_sitting_behind_and_the_next_start_works(kiosk: StartKiosk) -> None:
    """K44: the terminal is not held by a sitting that nobody watches over."""
    terminal = kiosk("--demo")
    first_page(terminal)
    family = terminal.tree()
    assert len(family) == 3, "supervisor, emulated reader, sitting"
    terminal.send(signal.SIGKILL)
    assert all(gone(pid, 10.0) for pid in family)
    again = kiosk("--demo")
    first_page(again)
    Resident(again).go_to("home.heading")


def test_three_falls_in_a_minute_and_it_pauses_but_still_obeys(kiosk: StartKiosk) -> None:
    """A kiosk that cannot stand says whom to call, does not flicker, and can be ended."""
    terminal = kiosk("--demo")
    for _ in range(2):
        first_page(terminal)
        assert Resident(terminal).fall() < 15
    first_page(terminal)
    terminal.kill_sitting()
    for key in ("heading", "people", "safe", "wait", "switch", "call"):
        terminal.shows(load_catalogue("box")[f"out_of_order.{key}"].show("zh"))
        terminal.shows(load_catalogue("box")[f"out_of_order.{key}"].show("en"))
    terminal.type("x\x1a\x1c1111")
    terminal.rest(quiet=3.0)
    assert not terminal.sittings()
    assert "1111" not in terminal.text
    terminal.send(signal.SIGTERM)
    assert terminal.wait_end(5.0) == 0
    assert_clean(terminal)


def test_an_exception_is_a_log_line_of_type_and_place_and_the_kiosk_goes_on(
    folder: Path, kiosk: StartKiosk
) -> None:
    """K46: no traceback on the terminal, no value anywhere."""
    terminal = kiosk("--demo", program=BROKEN)
    first_page(terminal)
    (faulty,) = terminal.sittings()
    # A key before the visit is open is not heard: it is pressed again, as people do.
    for _ in range(20):
        terminal.tap("2")
        if gone(faulty, limit=0.5):
            break
    assert gone(faulty)
    terminal.until(lambda _: terminal.sittings() not in ([faulty], []), what="the next sitting")
    first_page(terminal)
    Resident(terminal).go_to("home.heading")
    assert b"Traceback" not in terminal.raw and "张桂芳".encode() not in terminal.raw
    log = (folder / "kiosk.log").read_text()
    assert "ValueError at" in log and "broken.py:" in log
    assert "张桂芳" not in log and "990101" not in log and "Traceback" not in log


def test_a_fall_before_the_first_page_is_no_traceback_and_no_success(folder: Path, kiosk: StartKiosk) -> None:
    """It stands in the log, too: a terminal that was opened for the kiosk is gone with it."""
    program = (sys.executable, str(Path(__file__).with_name("broken_early.py")), "run")
    terminal = kiosk(program=program)
    assert terminal.wait_end() == 1
    assert b"RuntimeError at" in terminal.raw
    assert b"Traceback" not in terminal.raw and "张桂芳".encode() not in terminal.raw
    log = (folder / "kiosk.log").read_text()
    assert "RuntimeError at" in log and "张桂芳" not in log


def run_without_terminal(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk.cli", "run", *words]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_without_a_terminal_it_says_what_to_do() -> None:
    done = run_without_terminal()
    assert done.returncode == 1
    assert "needs a terminal" in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_speech_log_is_refused_outside_a_demo(folder: Path, kiosk: StartKiosk) -> None:
    """K46: it would hold what people say."""
    wanted = folder / "heard.jsonl"
    terminal = kiosk(more={"KIOSK_SPEECH_LOG": str(wanted)})
    assert terminal.wait_end() == 2
    assert "KIOSK_SPEECH_LOG" in terminal.text
    assert not wanted.exists()
