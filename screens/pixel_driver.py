"""A finger's way in fractions of a cell, from terminals that tell pixels (mode 1016: kitty, foot, xterm).

Textual asks for pixels only where the terminal also reports its size in band (mode 2048), which these do not
in the versions of Debian 12. This driver asks for 1016 itself and believes only an answer: pixels are taken
for pixels once the terminal has said that it sends them, so that no tap lands top left.
A terminal that is silent (tmux, a serial line) goes on telling cells.
"""

from __future__ import annotations

import fcntl
import re
import struct
import termios
from collections.abc import Callable, Iterable
from functools import partial

from textual.drivers import linux_driver
from textual.message import Message

from screens.prompt_driver import PromptDriver
from screens.tolerant_driver import TolerantParser

ASK = "\x1b[?1016$p"
TURN_ON = "\x1b[?1016h"
TURN_OFF = "\x1b[?1016l"
_ANSWER = re.compile(r"\x1b\[\?1016;([0-4])\$y")
_LONGEST = len("\x1b[?1016;1$y")
_OFF, _ON, _ALWAYS_ON = "2", "1", "3"

WindowSize = tuple[int, int, int, int]
"""Columns, rows, width and height in pixels; nought where the terminal does not tell."""


def window_size(terminal: int) -> WindowSize:
    """Of the terminal behind this file descriptor, by the system; noughts where there is none."""
    try:
        told = fcntl.ioctl(terminal, termios.TIOCGWINSZ, b"\0" * 8)
    except OSError:
        return 0, 0, 0, 0
    rows, columns, width, height = struct.unpack("HHHH", told)
    return columns, rows, width, height


class PixelParser(TolerantParser):
    """Textual's parser, which takes a place for pixels only while the terminal says that it sends them."""

    def __init__(
        self,
        debug: bool = False,
        *,
        size: Callable[[], WindowSize],
        say: Callable[[str], None],
        tell: Callable[[bool], None] = lambda _: None,
    ):
        super().__init__(debug)
        self._size, self._say, self._tell = size, say, tell
        self._sends_pixels = False
        self._asked_for = False
        self._end = ""

    def feed(self, data: str) -> Iterable[Message]:
        """An answer may come in two pieces, and between the fingers' reports."""
        seen = self._end + data
        fed, answered = len(self._end), 0
        for answer in _ANSWER.finditer(seen):
            answered = answer.end()
            yield from super().feed(seen[fed:answered])
            fed = answered
            self._heard(answer[1])
        self._end = seen[max(answered, len(seen) - _LONGEST + 1) :]
        # Nothing at all is how the driver says that the input has ended.
        if fed < len(seen) or not data:
            yield from super().feed(seen[fed:])

    def parse_mouse_code(self, code: str) -> Message | None:
        columns, rows, width, height = size = self._size()
        self.mouse_pixels = self._sends_pixels and all(size)
        if self.mouse_pixels:
            self.terminal_size, self.terminal_pixel_size = (columns, rows), (width, height)
        return super().parse_mouse_code(code)

    def _heard(self, state: str) -> None:
        self._sends_pixels = state in (_ON, _ALWAYS_ON)
        _, _, width, height = self._size()
        self._tell(self._sends_pixels and width > 0 and height > 0)
        if state == _OFF and width > 0 and height > 0 and not self._asked_for:
            # Asked again, so that pixels are expected from where they begin in what the terminal sends.
            self._asked_for = True
            self._say(TURN_ON + ASK)


class PixelDriver(PromptDriver):
    """Asks for pixels when it starts, and takes them back when it ends."""

    asks = True
    tells_pixels = False
    """The terminal has said that it sends them."""

    def run_input_thread(self) -> None:
        size = partial(window_size, self.fileno)
        linux_driver.XTermParser = partial(PixelParser, size=size, say=self._say, tell=self._told)  # type: ignore[attr-defined, assignment]
        super().run_input_thread()

    def _say(self, words: str) -> None:
        self.write(words)
        self.flush()

    def _told(self, pixels: bool) -> None:
        self.tells_pixels = pixels

    def _enable_mouse_pixels(self) -> None:
        """Not when Textual would: only `PixelParser` knows when pixels are meant."""

    def _request_terminal_sync_mode_support(self) -> None:
        super()._request_terminal_sync_mode_support()
        if self.asks and self.input_tty and self._mouse:
            self.write(ASK)
            self.flush()

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write(TURN_OFF)
        super()._disable_mouse_support()


class CellDriver(PixelDriver):
    """Never asks, and so gets cells from every terminal: for one that counts its pixels wrongly."""

    asks = False
