"""A visit in a browser page: what stands on it, and a finger that touches what is to be chosen."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.identity.people import load_people
from tests.journeys.kiosk_terminal import F10
from tests.journeys.resident import words
from tests.serve.chromium import PATIENCE, NeverThere, Page

_LINES = """(() => {
  const lines = [];
  for (let row = 0; row < terminal.rows; row++) {
    const line = terminal.buffer.active.getLine(row);
    const cell = (at) => at.getChars() || " ".repeat(at.getWidth());
    lines.push(Array.from({ length: terminal.cols }, (_, column) => cell(line.getCell(column))));
  }
  return { lines, state: document.body.dataset.state };
})()"""
ZHANG = 1
FIRST = words("language.heading")[:8]
GREETED = load_people()[ZHANG - 1].name[0] + "**"
_APART = 0.2
"""Seconds between two touches; sooner ones count as one that trembles."""
_PRESS_AGAIN = 5.0
_KEYS = {"\r": ("Enter", 13, "\r"), "\x1b[21~": ("F10", 121, "")}


class Glass:
    """As `KioskTerminal`, as far as a resident needs it. A choice is touched, not pressed."""

    ended = False

    def __init__(self, page: Page) -> None:
        self.page = page
        self.raw = bytearray()
        self._touched_at = 0.0

    @property
    def cells(self) -> list[list[str]]:
        """Each line, cell by cell; nothing while no visit is there."""
        told = self.page.value(_LINES)
        lines: list[list[str]] = told["lines"] if told and told["state"] == "sitting" else []
        return lines

    @property
    def text(self) -> str:
        """The screen without its spaces."""
        return "".join("".join(line) for line in self.cells).replace(" ", "")

    @property
    def too_soon(self) -> float:
        """Seconds until the next touch may come."""
        return self._touched_at + _APART - time.monotonic()

    def take(self, timeout: float = 0.02) -> None:
        """Whatever comes meanwhile, the page draws."""
        if timeout > 0:
            self.page.browser.listen(timeout)

    def shows(self, *words: str) -> None:
        """Wait until any of these stands on the screen."""
        wanted = ["".join(word.split()) for word in words]
        end = time.monotonic() + PATIENCE
        while not any(word in self.text for word in wanted):
            if time.monotonic() > end:
                raise NeverThere(f"{words} never came; there is:\n{self.picture()}")
            self.take()

    def sees(self, seen: Callable[[str], object]) -> bool:
        """Look for as long as people do before they press again."""
        end = time.monotonic() + _PRESS_AGAIN
        while not seen(self.text):
            if time.monotonic() > end:
                return False
            self.take()
        return True

    def tap(self, key: str) -> None:
        """A number is touched where it stands; what has no place there is a key, as in a demo's menu."""
        while self.too_soon > 0:
            self.take(self.too_soon)
        place = self.place_of(key) if key.isdigit() and words("demo.heading") not in self.text else None
        if place is not None:
            self.page.touch(place)
        else:
            self.type(key)
        self._touched_at = time.monotonic()

    def type(self, key: str) -> None:
        """As on a keyboard beside it."""
        name, code, text = _KEYS.get(key, (key, ord(key[0].upper()), key))
        self.page.press(name, code, text)

    def type_until(self, key: str, expression: str, seen: Callable[[Any], object]) -> None:
        """As often as people do: a page that has just come takes no key that is older than itself."""
        end = time.monotonic() + PATIENCE
        while True:
            self.type(key)
            try:
                self.page.until(expression, seen, _PRESS_AGAIN)
                return
            except NeverThere:
                if time.monotonic() > end:
                    raise

    def place_of(self, number: str) -> tuple[float, float] | None:
        """Pixels of a choice's number: the one with nothing but its mark before it, and words after it."""
        for row, line in enumerate(self.cells):
            for column, cell in enumerate(line):
                before, after = line[max(0, column - 2) : column], "".join(line[column + 1 : column + 4])
                if cell == number and after.startswith(" ") and all(one == " " for one in before[-1:]):
                    return self.pixels(column + 0.5, row + 0.5)
        return None

    def pixels(self, column: float, row: float) -> tuple[float, float]:
        """Of a place in cells."""
        told = self.page.value(
            "(({left, top, width, height}) => [left, top, width / terminal.cols, height / terminal.rows])"
            "(glass().getBoundingClientRect())"
        )
        left, top, wide, high = told
        return left + column * wide, top + row * high

    def picture(self) -> str:
        """For a failure's message."""
        return (
            "\n".join("".join(line).rstrip() for line in self.cells)
            + "\n"
            + str(self.page.value("document.body.dataset.state"))
        )

    def keep_picture(self, file: Path) -> None:
        """To be looked at."""
        self.page.picture(file)


def at_the_first_page(page: Page) -> Glass:
    glass = Glass(page)
    glass.shows(FIRST)
    return glass


def come_with_card(page: Page) -> Glass:
    """By the demo's menu; a page that has just come takes no key that is older than itself."""
    glass = at_the_first_page(page)
    menu, home = words("demo.heading"), words("home.heading")
    end = time.monotonic() + PATIENCE
    while home not in glass.text:
        assert time.monotonic() < end, glass.picture()
        if menu in glass.text:
            glass.type(str(ZHANG))
            glass.sees(lambda text: home in text)
        else:
            glass.type(F10)
            glass.sees(lambda text: menu in text or home in text)
    assert GREETED in glass.text
    return glass
