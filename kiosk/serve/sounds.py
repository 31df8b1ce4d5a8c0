"""Carries sound from the voice of a visit to its page, and nowhere else: two sockets that have no name."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress

from kiosk.serve.stream import LONGEST, Heard, is_sound, may_be_late

_WAITING = 1 << 16
"""Bytes that may wait for a slow page; samples beyond that are left out, which the page's captions do not
mind. That is 1.5 s, and more than a voice sends ahead of what is heard."""


class Sounds:
    """From before the program starts until its visit is over. Belongs to the loop."""

    def __init__(self, send: Callable[[bytes], None], waiting: Callable[[], int]) -> None:
        """`send` hands a message to the page; `waiting`: bytes that it has not taken yet. Raises OSError."""
        self._send, self._waiting = send, waiting
        self._ours, self._voice = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._ours.setblocking(False)

    @property
    def descriptor(self) -> int:
        """The voice's end, which the program that is started next has, too."""
        self._voice.set_inheritable(True)
        return self._voice.fileno()

    def begin(self) -> None:
        """The program has been started: it alone has the voice's end from now on."""
        self._voice.close()
        asyncio.get_running_loop().add_reader(self._ours, self._carry)

    def tell(self, heard: Heard) -> None:
        """The page has told how far it is. A voice that does not listen has no need of it."""
        with suppress(OSError):
            self._ours.send(heard.packed())

    def close(self) -> None:
        """Not a sample more comes to the page."""
        asyncio.get_running_loop().remove_reader(self._ours)
        self._ours.close()
        self._voice.close()

    def _carry(self) -> None:
        try:
            packet = self._ours.recv(LONGEST + 1)
        except BlockingIOError:
            return
        except OSError:
            packet = b""
        if not packet:
            asyncio.get_running_loop().remove_reader(self._ours)
        elif is_sound(packet) and not (may_be_late(packet) and self._waiting() > _WAITING):
            self._send(packet)
