"""The real `kiosk check --guided` in a real terminal: a helper walks from the first page to the report."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.devices.emulator import Emulator
from kiosk.devices.escpos.emulated import EmulatedPrinter
from tests.journeys.conftest import StartKiosk
from tests.journeys.kiosk_terminal import (
    CTRL_Q,
    PATIENCE,
    PRESS_AGAIN,
    EmulatedReader,
    KioskTerminal,
    NeverShown,
)
from tests.journeys.resident import words
from tests.journeys.test_staff_leave import NAME, NUMBER, command, enter, knock

CHECK = (sys.executable, "-m", "kiosk.cli", "check", "--guided")
NUMBER_BLOCK = (*"1234567890/*-+", "\r")
SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'
NOTE = "Note it, and go on"
CORNERS = ((1, 1), (80, 1), (80, 24), (1, 24))
"""Columns and rows of a screen of 80x24, as a terminal counts them."""


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[EmulatedPrinter]:
    emulated = EmulatedPrinter()
    with Emulator(emulated, tmp_path / "printer", baud=9600):
        yield emulated


def settings(tmp_path: Path, reader: Path) -> dict[str, str]:
    devices = (
        f'[[device]]\npurpose = "identity_card"\nprotocol = "sdt"\nport = "{reader}"\n'
        f'[[device]]\npurpose = "printer"\nprotocol = "escpos"\nport = "{tmp_path / "printer"}"\n'
    )
    config = tmp_path / "my.toml"
    config.write_text(SITE + devices, encoding="utf-8")
    return {"KIOSK_CONFIG": str(config)}


def finger(terminal: KioskTerminal, column: int, row: int) -> None:
    terminal.type(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")


def touch(terminal: KioskTerminal, label: str, comes: str) -> None:
    """Where these words stand; once more where a second touch of the same place came too soon."""
    wanted, after = ("".join(one.split()) for one in (label, comes))
    terminal.shows(label)
    limit = time.monotonic() + PATIENCE
    while after not in terminal.text:
        row = next((n for n, line in enumerate(terminal.lines, 1) if wanted in "".join(line.split())), None)
        if row is not None:
            finger(terminal, 12, row)
        with suppress(NeverShown):
            terminal.shows(comes, limit=PRESS_AGAIN)
        if terminal.ended or time.monotonic() > limit:
            raise NeverShown(f"{comes!r} never came; there is:\n" + terminal.picture())


def begin(terminal: KioskTerminal) -> None:
    terminal.shows("把这台机器走一遍")
    terminal.press_for("1", "请按这个键：")


def report_in(folder: Path) -> dict[str, Any]:
    (path,) = (folder / "tried").glob("*.json")
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def states(told: dict[str, Any]) -> dict[str, str]:
    """How it is with each thing; a walk that took too long is told as well, and a busy machine is slow."""
    return {one["part"]: one["state"] for one in told["findings"] if one["part"] != "time"}


def test_a_helper_walks_through_all_of_it(
    kiosk: StartKiosk, folder: Path, tmp_path: Path, printer: EmulatedPrinter
) -> None:
    """Keys, sound, headphones, a card, paper, four corners: each is found good or said to be missing."""
    link = tmp_path / "reader"
    with EmulatedReader(link) as reader:
        terminal = kiosk(program=CHECK, more=settings(tmp_path, link))
        begin(terminal)
        terminal.shows("第1样，共6样")
        terminal.tap(*NUMBER_BLOCK)
        terminal.shows("听得清吗")
        terminal.tap("2")
        terminal.shows("声音：太轻。请调大喇叭的音量")
        terminal.tap("2")
        terminal.shows("请插上耳机")
        terminal.tap("s")
        terminal.shows("为什么跳过耳机")
        terminal.tap("1")
        terminal.shows("请放一张卡：身份证读卡器")
        reader.press("1")
        terminal.shows("纸出来了吗")
        terminal.until(lambda _: "试印" in printer.on_paper, what="the strip")
        terminal.tap("1")
        for n, (column, row) in enumerate(CORNERS, 1):
            terminal.shows(f"第{n}个，共4个")
            finger(terminal, column, row)
        terminal.until(lambda text: "试完了" in text and "声音：太轻" in text, what="the end")
        terminal.tap("\r")
        assert terminal.wait_end() == 0
    told = report_in(folder)
    assert states(told) == {
        "keypad": "good", "sound": "look", "headphones": "good", "identity_card": "good", "printer": "good",
        "touch": "good",
    }  # fmt: skip
    assert told["state"] == "look"
    assert told["each"].keys() == states(told).keys()
    assert told["seconds"] >= max(told["each"].values()) and told["whole"]


def read_a_card(terminal: KioskTerminal, reader: EmulatedReader) -> None:
    """Past keys, sound and the like to the reader, and a card onto it."""
    for _ in range(3):
        terminal.tap("s")
        terminal.shows("为什么跳过")
        terminal.tap("2")
    terminal.shows("请放一张卡")
    reader.press("1")
    terminal.shows("纸出来了吗")


def test_nothing_of_the_card_is_shown_or_kept(kiosk: StartKiosk, folder: Path, tmp_path: Path) -> None:
    """The card of somebody who helps is as private as anybody's."""
    from kiosk.devices.family import family

    link = tmp_path / "reader"
    names = [thing.label.split()[0] for thing in family("sdt").things(None)]
    with EmulatedReader(link) as reader:
        terminal = kiosk(program=CHECK, more=settings(tmp_path, link))
        begin(terminal)
        read_a_card(terminal, reader)
        terminal.tap("s")
        terminal.shows("为什么跳过")
        terminal.tap("2")
        terminal.shows("亮着的角")
        terminal.tap("1")
        terminal.shows("这一样还不行")
        terminal.tap("2")
        terminal.shows("试完了")
    seen = terminal.raw.decode(errors="replace")
    seen += "".join(one.read_text(errors="replace") for one in folder.rglob("*") if one.is_file())
    assert states(report_in(folder))["identity_card"] == "good"
    assert not [name for name in names if name in seen]


def test_by_touch_alone_with_a_reader_and_a_printer_that_are_not_there(
    kiosk: StartKiosk, folder: Path, tmp_path: Path
) -> None:
    terminal = kiosk("--lang", "en", program=CHECK, more=settings(tmp_path, tmp_path / "gone"))
    terminal.shows("Let us try this kiosk")
    for label, comes in (
        ("Begin", "Press this key: 1"),
        ("Touch here", "These keys did nothing"),
        ("They are there, and broken", "This does not work yet"),
        (NOTE, "Do you hear"),
        ("Yes, clearly", "Plug in the headphones"),
        ("They are on: speak", "Where do you hear this"),
        ("In the headphones only", "Please lay a card: Identity card reader"),
    ):
        touch(terminal, label, comes)
    terminal.shows("not connected")
    touch(terminal, "nothing happens", "This does not work yet")
    touch(terminal, NOTE, "Does paper come out")
    terminal.until(lambda text: "Doespaper" in text and "notconnected" in text, what="why no paper comes")
    touch(terminal, "No paper comes", "This does not work yet")
    touch(terminal, NOTE, "1 of 4: top left")
    finger(terminal, 40, 20)
    terminal.shows("That was elsewhere")
    touch(terminal, "does not take my finger", "This does not work yet")
    touch(terminal, NOTE, "That was all")
    found = {one["part"]: one for one in report_in(folder)["findings"]}
    assert {part for part, one in found.items() if one["state"] == "bad"} == {
        "keypad", "identity_card", "printer", "touch",
    }  # fmt: skip
    assert str(tmp_path / "gone") in found["identity_card"]["en"]
    assert "not connected" in found["printer"]["en"]
    assert "Calibrate" in found["touch"]["en"]


def test_whoever_leaves_before_anything_was_tried_has_kept_nothing(
    kiosk: StartKiosk, folder: Path, tmp_path: Path
) -> None:
    terminal = kiosk(program=CHECK, more=settings(tmp_path, tmp_path / "gone"))
    begin(terminal)
    terminal.tap(CTRL_Q)
    assert terminal.wait_end() == 1
    assert "没有记下来" in terminal.text
    assert not (folder / "tried").exists()


def leave_by_page(terminal: KioskTerminal) -> None:
    terminal.tap("s")
    terminal.shows("到此为止")
    terminal.tap("3")
    terminal.shows("先试到这里")


def leave_by_key(terminal: KioskTerminal) -> None:
    terminal.tap(CTRL_Q)
    assert terminal.wait_end() == 0


def end_from_outside(terminal: KioskTerminal) -> None:
    terminal.send(signal.SIGTERM)
    assert terminal.wait_end() == 0


@pytest.mark.parametrize("leave", [leave_by_page, leave_by_key, end_from_outside])
def test_whoever_stops_half_way_has_kept_what_was_tried(
    kiosk: StartKiosk, folder: Path, tmp_path: Path, leave: Callable[[KioskTerminal], None]
) -> None:
    terminal = kiosk(program=CHECK, more=settings(tmp_path, tmp_path / "gone"))
    begin(terminal)
    terminal.tap(*NUMBER_BLOCK)
    terminal.shows("听得清吗")
    leave(terminal)
    told = report_in(folder)
    assert states(told) == {
        "keypad": "good", "sound": "look", "headphones": "look", "identity_card": "look", "printer": "look",
        "touch": "look",
    }  # fmt: skip
    assert not told["whole"] and told["each"].keys() == {"keypad"}


@pytest.mark.parametrize("size", [(40, 10), (57, 12), (160, 50)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_key_can_be_read_at_every_size(
    kiosk: StartKiosk, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    """Which key to press, which came, and the way on stand on one part of the page."""
    columns, rows = size
    site = settings(tmp_path, tmp_path / "gone")
    texts = load_catalogue("guided")
    terminal = kiosk(
        "--lang",
        language,
        program=CHECK,
        columns=columns,
        rows=rows,
        more=site,
    )
    on = "".join(texts["keypad_asked.to_rest"].show(language).split())
    terminal.shows(texts["start.heading"].show(language))
    terminal.press_for("1", "请按这个键：", "Press this key:")
    terminal.tap("7")
    terminal.until(lambda text: all(one in text for one in ("[", "✓7", "Enter", on)), what="one page")


def test_asked_for_from_elsewhere_it_comes_once_on_the_kiosks_own_screen(
    kiosk: StartKiosk, folder: Path, tmp_path: Path
) -> None:
    """Who looks after an installed box is not at its keys: the walk comes first, and then the kiosk."""
    site = settings(tmp_path, tmp_path / "gone")
    asked = kiosk("--next-start", "--lang", "en", program=CHECK, more=site)
    assert asked.wait_end() == 0
    terminal = kiosk(more=site)
    terminal.shows("Let us try this kiosk")
    terminal.press_for("2", words("language.heading")[:8])
    terminal.send(signal.SIGTERM)
    assert terminal.wait_end() == 0
    again = kiosk(more=site)
    again.shows(words("language.heading")[:8])
    assert "Let us try" not in again.raw.decode(errors="replace")


def test_staff_start_it_at_the_kiosk_itself_and_then_it_is_for_everybody(
    kiosk: StartKiosk, folder: Path, tmp_path: Path
) -> None:
    """With card and PIN, on a box where nobody has a keyboard or a second screen."""
    link = tmp_path / "reader"
    pin = command(folder, "account", "add", NAME).split("PIN ")[1][:6]
    command(folder, "account", "card", NAME, typed=f"{NUMBER}\n")
    with EmulatedReader(link) as reader:
        terminal = kiosk(more=settings(tmp_path, link))
        knock(terminal)
        reader.press("1")
        terminal.shows(words("staff.pin"))
        enter(terminal, pin)
        terminal.shows(words("staff.walk"))
        reader.press("0")
        terminal.press_until("2", lambda text: "把这台机器走一遍" in text, "the first page of the walk")
        begin(terminal)
        terminal.tap(*NUMBER_BLOCK)
        terminal.shows("听得清吗")
        terminal.tap("1")
        terminal.shows("请插上耳机")
        leave_by_page(terminal)
        terminal.press_for("1", words("language.heading")[:8])
        assert len(terminal.sittings()) == 1
    assert {"keypad", "sound"} == report_in(folder)["each"].keys()


def test_a_card_that_a_helper_forgets_is_nobody_s_visit(
    kiosk: StartKiosk, folder: Path, tmp_path: Path
) -> None:
    """The next person is told of it, and the kiosk does not take it for theirs."""
    link = tmp_path / "reader"
    site = settings(tmp_path, link)
    assert kiosk("--next-start", program=CHECK, more=site).wait_end() == 0
    with EmulatedReader(link) as reader:
        terminal = kiosk(more=site)
        begin(terminal)
        read_a_card(terminal, reader)
        leave_by_page(terminal)
        terminal.shows("请拿走读卡器上的卡")
        terminal.press_for("1", words("language.heading")[:8])
        terminal.shows(words("card.take_card_first")[:8])
        reader.press("0")
        terminal.until(lambda text: words("card.take_card_first")[:8] not in text, what="the card gone")
