"""At the screen: codes from a scanner on a line and from one that types, and keys that stay keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Key

from kiosk.config import DeviceSettings
from kiosk.devices.emulator import Emulator
from kiosk.devices.scanner.emulated import Behaviour, EmulatedScanner
from kiosk.flow.sitting import Sitting
from tests.flow.residents import EVERY_KIND, TRIAL, begun, led
from tests.screens.sitting_room import BY_HAND, STOPWATCH, Hand, Room

BREATH = 0.004
"""Seconds between two keys of a scanner."""
RECEIPT = "2026-1122-48203915"
PHONE = "13900000000"


def with_devices(room: Room, *devices: DeviceSettings) -> Room:
    return replace(room, settings=replace(room.settings, device=devices))


@pytest.fixture
def typing(room: Room) -> Room:
    """A kiosk with a scanner that types."""
    return with_devices(room, DeviceSettings("code", "keyboard"))


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[Emulator]:
    """A scanner that looks for codes only when it is told to."""
    with Emulator(EmulatedScanner(Behaviour.TOLD), tmp_path / "scanner", baud=115200) as plugged:
        yield plugged


def on_a_line(room: Room, scanner: Emulator) -> Room:
    return with_devices(room, DeviceSettings("code", "scanner", scanner.path, 115200, trigger="gm65"))


def at_phone() -> Sitting:
    """At a page with a field for digits."""
    return led(begun(None, EVERY_KIND, TRIAL), {}, until="question:phone", world=TRIAL)


def scans(hand: Hand, code: str, end: str | None = "enter") -> None:
    """The scanner types a code in one breath."""
    STOPWATCH.skipped += BY_HAND
    keys = [Key("minus" if sign == "-" else sign, sign) for sign in code]
    for key in (*keys, *([Key(end, "\r")] if end else [])):
        STOPWATCH.skipped += BREATH
        key.time = STOPWATCH.get_time()
        hand.app.post_message(key)


async def test_a_scanned_number_stands_in_no_field_until_it_was_said_yes_to(typing: Room) -> None:
    async with typing.app(at_phone()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("question:phone")
        scans(hand, PHONE)
        await hand.until(lambda: "扫到的是" in hand.seen, "what was scanned")
        assert PHONE not in hand.seen
        await hand.presses("1")
        await hand.until(lambda: hand.place != "question:phone", "the next page")


async def test_a_scanner_triggers_no_menu_keys(typing: Room) -> None:
    """Every sign of this code chooses or calls something when a person presses it."""
    async with typing.app(Sitting(place="home")).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("home")
        scans(hand, "1s2hl50")
        await hand.until(lambda: "这里用不着扫码" in hand.seen, "that no code is needed")
        assert hand.place == "home"


async def test_a_code_without_an_end_counts_too(typing: Room) -> None:
    async with typing.app(Sitting(place="home")).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("home")
        scans(hand, RECEIPT, end=None)
        await hand.sees("query-number")
        assert "没有找到这个编号" in hand.seen


async def test_a_persons_keys_choose_and_type_as_ever_beside_a_scanner_that_types(typing: Room) -> None:
    async with typing.app(at_phone()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("question:phone")
        await hand.types("139")
        await hand.until(lambda: hand.field == "139", "what was typed")
    async with typing.app(Sitting(place="home")).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("home")
        await hand.presses("1")
        await hand.sees("do")


async def test_without_such_a_scanner_no_key_waits_and_fast_keys_are_typed(room: Room) -> None:
    async with room.app(at_phone()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("question:phone")
        scans(hand, "1390", end=None)
        await hand.settle()
        assert hand.field == "1390"
        assert hand.app._typed_codes is None


async def test_a_scanner_on_a_line_looks_where_a_code_helps(room: Room, scanner: Emulator) -> None:
    async with on_a_line(room, scanner).app(at_phone()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("question:phone")
        scanner.lay(PHONE.encode())
        await hand.until(lambda: "扫到的是" in hand.seen, "what was scanned")


async def test_a_scanner_rests_where_a_code_is_of_no_use_and_looks_on_the_next_page(
    room: Room, scanner: Emulator
) -> None:
    async with on_a_line(room, scanner).app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        scanner.lay(RECEIPT.encode())
        await hand.presses("1")
        await hand.sees("query-number")


async def test_a_scanner_that_was_pulled_out_looks_again_once_it_is_back(
    room: Room, scanner: Emulator
) -> None:
    async with on_a_line(room, scanner).app(at_phone()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("question:phone")
        scanner.unplug()
        scanner.plug()
        scanner.lay(PHONE.encode())
        await hand.until(lambda: "扫到的是" in hand.seen, "what was scanned")


@pytest.mark.parametrize("size", [(40, 10), (57, 12), (80, 24)])
async def test_nothing_in_a_code_reaches_the_terminal_as_a_command(
    room: Room, scanner: Emulator, size: tuple[int, int]
) -> None:
    async with on_a_line(room, scanner).app(at_phone()).run_test(size=size) as pilot:
        hand = Hand(pilot)
        await hand.sees("question:phone")
        scanner.lay("\x1b[2J\x1b]0;owned\x07139\u202e0000 0000".encode())
        await hand.until(lambda: "扫到的是" in hand.seen, "what was scanned")
        assert "owned" not in hand.seen
