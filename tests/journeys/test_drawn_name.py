"""A character drawn with a finger, in a real terminal."""

from __future__ import annotations

import re
from pathlib import Path

from bench.terminal import CELL_HEIGHT_PX, CELL_WIDTH_PX
from screens.pixel_driver import ASK
from tests.handwriting.copybook import COPYBOOK, in_cells
from tests.journeys.conftest import StartKiosk
from tests.journeys.kiosk_terminal import ENTER, KioskTerminal
from tests.journeys.resident import ZHANG, Resident
from tests.journeys.test_written_name import place_of, press, touch


def draw(terminal: KioskTerminal, character: str) -> None:
    """With a finger, on the dots."""
    rows = [number for number, line in enumerate(terminal.lines) if "····" in line]
    first = terminal.lines[rows[0]]
    for stroke in in_cells(character, first.index("·"), rows[0], first.count("·"), len(rows)):
        for n, (column, row) in enumerate(stroke):
            terminal.type(f"\x1b[<{32 if n else 0};{column + 1};{row + 1}M")
        column, row = stroke[-1]
        terminal.type(f"\x1b[<0;{column + 1};{row + 1}m")
        terminal.rest()


def take(terminal: KioskTerminal, character: str) -> None:
    """What was drawn, once it is offered, by its number."""
    offer = rf"\d{character}"
    terminal.until(lambda text: ">1" in text and re.search(offer, text), what="what it may be")
    touch(terminal, "".join(re.findall(offer, terminal.text)[:1]))


def test_somebody_who_knows_no_pinyin_draws_her_surname(folder: Path, kiosk: StartKiosk) -> None:
    """K27: what she drew is in no log."""
    terminal = kiosk("--demo", columns=80, rows=24)
    asked = Resident(terminal, ZHANG | {"birth_date": "1945 3 6"}).go_to("您叫什么名字？", "老人叫什么名字？")
    touch(terminal, "手写")
    for character in "王大":
        draw(terminal, character)
        take(terminal, character)
    terminal.shows("王大")
    terminal.press_until(ENTER, lambda text: asked not in text, "the next page")
    assert not re.search("[王大]", (folder / "kiosk.log").read_text())


def told(column: float, row: float, kind: int = 0, end: str = "M") -> str:
    """A finger at this place of the grid, as a terminal tells it in pixels."""
    return f"\x1b[<{kind};{round(column * CELL_WIDTH_PX) + 1};{round(row * CELL_HEIGHT_PX) + 1}{end}"


def test_where_the_terminal_tells_pixels_fewer_rows_are_enough(kiosk: StartKiosk) -> None:
    """A quarter of a cell counts, so a surname is read on eight rows."""
    terminal = kiosk("--demo", columns=82, rows=17)
    terminal.resize(82, 17)
    terminal.until(lambda _: ASK.encode() in terminal.raw, what="the question whether it tells pixels")
    # The terminal of the tests has answered by then that it does not.
    terminal.shows("请选择语言", "中文")
    terminal.rest(0.5)
    terminal.type("\x1b[?1016;1$y")
    Resident(terminal, ZHANG | {"birth_date": "1945 3 6"}).go_to("您叫什么名字？", "老人叫什么名字？")
    column, row = place_of(terminal, "手写")
    press(terminal, told(column - 0.5, row - 0.5) + told(column - 0.5, row - 0.5, end="m"))
    dots = [(number, line) for number, line in enumerate(terminal.lines) if "····" in line]
    (top, line), high = dots[0], len(dots)
    left, wide = line.index("·"), line.count("·")
    for stroke in COPYBOOK["王"]:
        (x, y), (to_x, to_y) = stroke
        for n in range(9):
            part_x, part_y = x + (to_x - x) * n / 8, y + (to_y - y) * n / 8
            here = (left + 1 + part_x * (wide - 2), top + 0.5 + part_y * (high - 1))
            terminal.type(told(*here, kind=32 if n else 0))
        terminal.type(told(*here, end="m"))
        terminal.rest()
    terminal.until(lambda text: re.search(r"\d王", text), what="what it may be")
