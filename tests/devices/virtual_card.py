"""A social security card in a virtual reader: answers over the socket of the virtual card service."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Mapping
from typing import ClassVar

VIRTUAL_READER = ("127.0.0.1", 0x8C7B)
"""As it is installed. Its port is one that the system also gives to whoever asks for any."""
OWN_READER = ("127.0.0.1", 0x6C7B)
APPLICATION = bytes.fromhex("7378312e73682ec9e7bbe1b1a3d5cf")
ATR = bytes.fromhex("3b6d00000080318065b08311c0c883009000")
DONE, NOT_FOUND, NO_RECORD, NOT_ALLOWED = b"\x90\x00", b"\x6a\x82", b"\x6a\x83", b"\x69\x82"
_POWER_OFF, _POWER_ON, _RESET, _ATR = 0, 1, 2, 4

Files = Mapping[int, Mapping[int, bytes]]
"""Records by file and number, without tag and length."""


def card_files(number: str, name: str, *, at: tuple[int, int] = (8, 9)) -> Files:
    """What a card of this fictional person holds."""
    return {
        0xEF05: {7: b"A00000001"},
        0xEF06: {at[0]: number.encode(), at[1]: name.encode("gb18030").ljust(30, b"\x00")},
    }


class ChipCard:
    """The chip: answers one command after another. With `closed`, its person is behind a PIN."""

    def __init__(
        self, files: Files, *, closed: bool = False, two_steps: bool = False, other: bool = False
    ) -> None:
        """`two_steps`: answers as T=0 cards do, in a second command. `other`: a card of another kind."""
        self._files, self._closed, self._two_steps, self._other = files, closed, two_steps, other
        self._selected = 0
        self._kept = b""

    def answer(self, command: bytes) -> bytes:
        """The answer to a command, status last."""
        match command[:4]:
            case b"\x00\xa4\x04\x00":
                return NOT_FOUND if self._other or command[5:] != APPLICATION else DONE
            case b"\x00\xa4\x02\x00":
                self._selected = int.from_bytes(command[5:7], "big")
                return DONE if self._selected in self._files else NOT_FOUND
            case b"\x00\xc0\x00\x00":
                return self._kept + DONE
        if command[:2] == b"\x00\xb2":
            return self._read(command)
        return b"\x6d\x00"

    def _read(self, command: bytes) -> bytes:
        if self._closed and self._selected == 0xEF06:
            return NOT_ALLOWED
        content = self._files[self._selected].get(command[2])
        if content is None:
            return NO_RECORD
        record = bytes((command[2], len(content))) + content
        if not self._two_steps:
            return record + DONE
        if command[4] != len(record):
            return bytes((0x6C, len(record)))
        self._kept = record
        return bytes((0x61, len(record)))


class VirtualCard:
    """A chip card put into the virtual reader, until it is pulled out."""

    reader: ClassVar[tuple[str, int]] = VIRTUAL_READER
    """Where the reader listens that cards go into."""

    def __init__(self, chip: ChipCard) -> None:
        self._chip = chip
        self._line = _connected(self.reader)
        self._thread = threading.Thread(target=self._serve, name="virtual-card", daemon=True)
        self._thread.start()

    def pull(self) -> None:
        """Take it out."""
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        self._line.close()
        self._thread.join()

    def _serve(self) -> None:
        with contextlib.suppress(OSError, EOFError):
            while True:
                (length,) = struct.unpack(">H", self._take(2))
                reply = self._reply(self._take(length))
                if reply is not None:
                    self._line.sendall(struct.pack(">H", len(reply)) + reply)

    def _reply(self, received: bytes) -> bytes | None:
        if len(received) > 1:
            return self._chip.answer(received)
        return ATR if received[0] == _ATR else None

    def _take(self, count: int) -> bytes:
        taken = b""
        while len(taken) < count:
            more = self._line.recv(count - len(taken))
            if not more:
                raise EOFError
            taken += more
        return taken


def _connected(reader: tuple[str, int]) -> socket.socket:
    """The service opens its socket anew after every card; until then it refuses."""
    until = time.monotonic() + 10.0
    while True:
        try:
            return socket.create_connection(reader, timeout=None)
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            threading.Event().wait(0.05)
