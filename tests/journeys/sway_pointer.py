"""A mouse at a Wayland session, by wlroots' virtual pointer protocol: as much of a client as that needs.

A request is the number of an object, then a word with its length and which request it is, then what goes with
it, all in words of 32 bits (the wire format of Wayland).
"""

from __future__ import annotations

import socket
import struct
from pathlib import Path

from tests.journeys.headless_sway import PANEL, SwaySession
from tests.journeys.virtual_screen import PATIENCE

_LEFT = 0x110
"""As the kernel has it."""
_DISPLAY, _REGISTRY, _DONE, _MANAGER, _POINTER = range(1, 6)
_MAKER = b"zwlr_virtual_pointer_manager_v1"


class Pointer:
    """Plugged in until it is unplugged."""

    def __init__(self, session: SwaySession) -> None:
        world = session.world
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._line.settimeout(PATIENCE)
        self._line.connect(str(Path(world["XDG_RUNTIME_DIR"]) / world["WAYLAND_DISPLAY"]))
        self._time = 0
        self._ask(_DISPLAY, 1, struct.pack("=I", _REGISTRY))
        self._ask(_DISPLAY, 0, struct.pack("=I", _DONE))
        name = self._number_of_the_maker()
        self._ask(_REGISTRY, 0, struct.pack("=I", name) + _text(_MAKER) + struct.pack("=II", 1, _MANAGER))
        self._ask(_MANAGER, 0, struct.pack("=II", 0, _POINTER))
        session.until(lambda: "pointer" in session.inputs(), "the mouse")

    def move(self, across: float, down: float) -> None:
        """To a part of the screen's width and height, from the upper left."""
        x, y = int(across * PANEL.across), int(down * PANEL.down)
        self._ask(_POINTER, 1, struct.pack("=IIIII", self._now(), x, y, PANEL.across, PANEL.down))
        self._ask(_POINTER, 4)

    def click(self) -> None:
        for down in (1, 0):
            self._ask(_POINTER, 2, struct.pack("=III", self._now(), _LEFT, down))
            self._ask(_POINTER, 4)

    def unplug(self) -> None:
        self._line.close()

    def _now(self) -> int:
        self._time += 10
        return self._time

    def _ask(self, number: int, request: int, more: bytes = b"") -> None:
        self._line.sendall(struct.pack("=II", number, (8 + len(more)) << 16 | request) + more)

    def _number_of_the_maker(self) -> int:
        """What the compositor calls what makes such pointers."""
        found = 0
        while True:
            number, told = struct.unpack("=II", self._hear(8))
            more = self._hear((told >> 16) - 8)
            if number == _REGISTRY and more[8:].startswith(_MAKER + b"\0"):
                (found,) = struct.unpack_from("=I", more)
            if number == _DONE:
                assert found, "this compositor has no virtual pointers"
                return found

    def _hear(self, count: int) -> bytes:
        heard = b""
        while len(heard) < count:
            more = self._line.recv(count - len(heard))
            assert more, "the compositor has hung up"
            heard += more
        return heard


def _text(words: bytes) -> bytes:
    """With its length, and its end, up to a whole word."""
    ended = words + b"\0"
    return struct.pack("=I", len(ended)) + ended + b"\0" * (-len(ended) % 4)
