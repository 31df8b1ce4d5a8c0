"""Terminals that can be told how large to write while the program runs.

Nothing is asked of the terminal: `kiosk launch`, which started it, says what it is in `KIOSK_TERMINAL`.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Protocol

from kiosk.display.type_size import Face, Fit

VARIABLE = "KIOSK_TERMINAL"
"""Its name, and what it is reached by: "kitty /run/.../socket", "xterm", "foot again:/run/.../socket"."""
AGAIN = "again"
"""It is reached through `kiosk launch`, which starts it anew."""
POINTS_PER_PIXEL = 72 / 96
"""kitty and foot count in points, at 96 to the inch; `kiosk launch` sees to it."""
_PATIENCE = 0.5
_KITTY_VERSION = [0, 26, 0]


class TellsSize(Protocol):
    """A terminal that takes a type size."""

    def write_at(self, fit: Fit) -> None:
        """Ask for it; the new grid comes as a resize, or does not."""
        ...


class Kitty:
    """kitty, by its own socket: one message, no answer asked for."""

    def __init__(self, path: str) -> None:
        self._path = path

    def write_at(self, fit: Fit) -> None:
        points = round(fit.pixels * POINTS_PER_PIXEL, 2)
        command = {
            "cmd": "set-font-size",
            "version": _KITTY_VERSION,
            "no_response": True,
            "payload": {"size": points, "all": True},
        }
        _send(self._path, b"\x1bP@kitty-cmd" + json.dumps(command).encode() + b"\x1b\\")


class Xterm:
    """xterm, by control sequences: the font by its pixels, then the window to the grid that it gives.

    Without the second the window would grow over the edge of the screen.
    """

    def __init__(self, write: Callable[[str], None], face: Face) -> None:
        self._write, self._face = write, face

    def write_at(self, fit: Fit) -> None:
        font = f"xft:{self._face.family}:pixelsize={fit.pixels}"
        self._write(f"\x1b]50;{font}\x07\x1b[8;{fit.rows};{fit.columns}t")


class Again:
    """A terminal that takes no size while it runs: `kiosk launch` starts it anew around the same visit."""

    def __init__(self, path: str) -> None:
        self._path = path

    def write_at(self, fit: Fit) -> None:
        _send(self._path, f"size {int(fit.size)}\n".encode())


def _send(path: str, message: bytes) -> None:
    """A terminal that has gone is no trouble of the visit."""
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(_PATIENCE)
        line.connect(path)
        line.sendall(message)


def terminal_named(environment: Mapping[str, str]) -> tuple[str, str]:
    """Which terminal this is, and what it is reached by; empty where nobody has said."""
    name, _, reached = environment.get(VARIABLE, "").partition(" ")
    return name, reached


def terminal_for(name: str, reached: str, write: Callable[[str], None], face: Face) -> TellsSize | None:
    """How to tell it a size; None where it cannot be told."""
    way, _, path = reached.partition(":")
    if way == AGAIN and path:
        return Again(path)
    match name:
        case "kitty" if reached:
            return Kitty(reached)
        case "xterm":
            return Xterm(write, face)
        case _:
            return None
