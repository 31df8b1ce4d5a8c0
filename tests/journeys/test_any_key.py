"""Whatever a keyboard, a mouse or a paste can send: the kiosk goes on, and a stuck key hands nothing in."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.text import LANGUAGES
from tests.journeys import soak
from tests.journeys.conftest import OpenStore, StartKiosk
from tests.journeys.kiosk_terminal import BRISK, CTRL_Q, ENTER, F9, F10, PATIENCE, KioskTerminal
from tests.journeys.resident import Resident, words
from tests.journeys.wanderer import Wanderer

CONTROL = [bytes([code]) for code in (*range(32), 127)]
FUNCTION = [
    *(b"\x1bO" + letter for letter in (b"P", b"Q", b"R", b"S")),
    *(b"\x1b[%d~" % code for code in range(1, 35)),
    *(b"\x1b[%d;%d%s" % (1, modifier, letter) for modifier in range(2, 9) for letter in (b"A", b"H", b"P")),
    *(b"\x1b[%d;%du" % (code, modifier) for code in (13, 27, 97, 57_344) for modifier in (1, 5)),
]
ALT = [b"\x1b" + bytes([code]) for code in range(97, 123)]
MOUSE = [
    *(
        b"\x1b[<%d;%d;%d%s" % (b, x, y, e)
        for b in (0, 2, 35, 64)
        for x, y in ((1, 1), (40, 12))
        for e in (b"M", b"m")
    ),
    *(b"\x1b[<0;99999;99999M", b"\x1b[<-1;0;0M", b"\x1b[M !!", b"\x1b[I", b"\x1b[O"),
]
PASTE = b"\x1b[200~" + ("你a\x1b[31m\x07\r\n\x00" * 1500).encode()[:10_000] + b"\x1b[201~"
BROKEN = [b"\x1b[", b"\x1b[<", b"\x1b]0;", b"\x1bP", b"\xff\xfe", "永".encode()[:2], b"\x1b[200~never closed"]
ENOUGH = 1200.0
"""Seconds after which a walk at random has come to all of these."""
SEEN_BY_WHO_WANDERS_FOR_LONG = {
    "record",
    "repeat",
    "address",
    "many",
    "ask",
    "rate",
    "query",
    "look",
    "receipt",
}
EVERYBODY = range(1, 8)
"""The people of the demo."""
EVERYTHING = [*CONTROL, *FUNCTION, *ALT, *MOUSE, PASTE, *BROKEN]


def send_everything(terminal: KioskTerminal, leave_out: bytes = b"") -> None:
    for sequence in EVERYTHING:
        if sequence != leave_out:
            terminal.type(sequence)
            terminal.take(0.005)
    terminal.type("\x1b[201~\x07\x1b\\")
    terminal.rest(0.5)


def assert_at_work(terminal: KioskTerminal, folder: Path) -> None:
    """In a sitting that answers (the keys may have led to goodbye and a new one), and none has fallen."""
    heading = load_catalogue("resident")["called.heading"]
    called = ["".join(heading.show(language).split()) for language in LANGUAGES]
    until = time.monotonic() + PATIENCE
    while not any(words in terminal.text for words in called) and time.monotonic() < until:
        terminal.tap(F9)
        terminal.rest()
    terminal.shows(*called)
    assert len(terminal.sittings()) == 1
    assert "fell" not in (log := (folder / "kiosk.log").read_text()) and "unexpected" not in log, log


@pytest.mark.parametrize("page", ["welcome.heading", "home.heading"])
def test_no_key_ends_the_kiosk_nor_the_sitting(page: str, folder: Path, kiosk: StartKiosk) -> None:
    """Outside a demo not even Ctrl+Q, Ctrl+C, Ctrl+Z or Ctrl+Backslash."""
    terminal = kiosk()
    Resident(terminal).go_to(page)
    send_everything(terminal)
    assert_at_work(terminal, folder)


def test_no_key_ends_it_on_a_page_to_type_on(folder: Path, kiosk: StartKiosk) -> None:
    terminal = kiosk("--demo")
    Resident(terminal).go_to("您的出生日期是哪一天？")
    send_everything(terminal, leave_out=CTRL_Q.encode())
    assert_at_work(terminal, folder)


def test_a_key_pressed_twice_at_the_demos_cards_ends_no_sitting(folder: Path, kiosk: StartKiosk) -> None:
    """The second one comes before the menu has gone."""
    terminal = kiosk("--demo")
    Resident(terminal).go_to("welcome.heading")
    for twice in ("00", "\r\r", "0\x1b[<0;40;12M\x1b[<0;40;12m"):
        terminal.tap(F10)
        terminal.shows(words("demo.heading"))
        terminal.type(twice)
        terminal.until(lambda text: words("demo.heading") not in text, what="the page below")
    assert_at_work(terminal, folder)


@pytest.mark.slow
def test_a_held_enter_goes_through_a_whole_sitting_and_hands_in_nothing(
    store: OpenStore, kiosk: StartKiosk
) -> None:
    """K13: on every page before, and for ten seconds from the last check on."""
    terminal = kiosk("--demo")
    resident = Resident(terminal)
    for page in ("home.heading", "您给谁办？", "您叫什么名字？", "check.heading"):
        resident.go_to(page)
        hold_enter(terminal, 2.0)
    resident.go_to("submit.heading")
    hold_enter(terminal, 10.0)
    assert store().all_cases(datetime.now(UTC)) == []
    resident.go_to("receipt.heading")
    assert len(store().all_cases(datetime.now(UTC))) == 1


def hold_enter(terminal: KioskTerminal, seconds: float) -> None:
    """As a keyboard repeats a key that is held down."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        terminal.type(ENTER)
        terminal.take(0.03)
    terminal.rest()


def test_a_terminal_of_any_size_and_back_again_keeps_the_page_and_what_was_typed(
    folder: Path, kiosk: StartKiosk
) -> None:
    terminal = kiosk("--demo")
    Resident(terminal).go_to("您的出生日期是哪一天？")
    terminal.type("19")
    terminal.shows("19")
    too_small = "".join(load_catalogue("resident")["bar.too_small"].show("zh").split())
    for columns, rows in ((20, 5), (1, 1), (300, 100), (39, 9)):
        terminal.resize(columns, rows)
        terminal.rest(0.3)
        if (columns, rows) == (20, 5):
            terminal.shows(too_small[:5])
        terminal.resize(80, 24)
        terminal.shows("您的出生日期是哪一天？")
        terminal.shows("19")
    assert_at_work(terminal, folder)


@pytest.mark.soak
def test_hours_of_random_keys(folder: Path, store: OpenStore, kiosk: StartKiosk) -> None:
    """Two hours, or KIOSK_SOAK_SECONDS, at every door and in every service: no fall, and every case whole."""
    chance = random.Random(soak.seed())
    odd = [sequence for sequence in EVERYTHING if sequence != CTRL_Q.encode()]
    terminal = kiosk("--demo", program=BRISK)
    terminal.shows(words("language.heading")[:8])
    wanderer = Wanderer(terminal, chance, cards=EVERYBODY, odd_keys=odd)
    until = time.monotonic() + soak.SECONDS
    while time.monotonic() < until:
        wanderer.wander(20.0)
        press_blindly(terminal, chance, odd)
        log = (folder / "kiosk.log").read_text()
        assert "fell" not in log and "unexpected" not in log, log
    store().check()
    print(f"{dict(wanderer.saw)}, {len(store().all_cases(datetime.now(UTC)))} cases")
    assert soak.SECONDS < ENOUGH or wanderer.saw.keys() >= SEEN_BY_WHO_WANDERS_FOR_LONG


def press_blindly(terminal: KioskTerminal, chance: random.Random, odd: list[bytes]) -> None:
    """Keys of somebody, or something, that does not look at the screen."""
    likely = [*(str(number).encode() for number in range(10)), b"\r", b"\x1b[A", b"\x1b[B", b"\x1b"]
    for _ in range(chance.randint(0, 60)):
        terminal.type(chance.choice(likely if chance.random() < 0.9 else odd))
        terminal.take(chance.uniform(0.0, 0.2))
    del terminal.raw[:-100_000]
