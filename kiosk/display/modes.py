"""What a program has told its terminal to be, so that the next terminal can be told the same. Pure."""

from __future__ import annotations

import re

_TOLD = re.compile(rb"\x1b\[(?:\?([0-9;]+)([hl])|(>[0-9]+|<[0-9]*)u)")
_ASKED = re.compile(rb"\x1b\[\?[0-9]+\$p")
_ANSWERED = re.compile(rb"\x1b\[\?[0-9]+;[0-4]\$y")
_LONGEST = 64
"""Bytes of a sequence that may have come in two pieces."""
_OTHER_SCREEN, _FRAME = 1049, 2026


class Modes:
    """Private modes (the mouse, the cursor, the second screen) and how keys are to be told, as last set."""

    def __init__(self) -> None:
        self._on: dict[int, bool] = {}
        self._keys = b""
        self._asked: list[bytes] = []
        self._end = b""

    def hear(self, written: bytes, *, shown: bool = True) -> None:
        """The next bytes that the program has written. Where no terminal was `shown` them, it waits."""
        if not shown:
            self._asked += _ASKED.findall(written)
        seen = self._end + written
        for told in _TOLD.finditer(seen):
            if told[1]:
                self._on.update(dict.fromkeys(map(int, filter(None, told[1].split(b";"))), told[2] == b"h"))
            else:
                self._keys = told[3] if told[3].startswith(b">") else b""
        self._end = seen[-_LONGEST:]

    def again(self) -> bytes:
        """All of it for a terminal that has heard nothing, and what no terminal has answered.

        The second screen comes first, as the way in which keys are told belongs to a screen. A frame that was
        begun has gone with the terminal that it was begun on.
        """
        modes = sorted(self._on.items(), key=lambda mode: mode[0] != _OTHER_SCREEN)
        told = [b"\x1b[?%d%c" % (mode, b"h" if on else b"l") for mode, on in modes if mode != _FRAME]
        keys = [b"\x1b[%su" % self._keys] if self._keys else []
        asked, self._asked = self._asked, []
        return b"".join([*told, *keys, *asked])


def answers_among(keys: bytes) -> bytes:
    """What a terminal has answered the program, without anything that was pressed."""
    return b"".join(_ANSWERED.findall(keys))
