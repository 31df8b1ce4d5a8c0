"""A network between a browser and the kiosk that can be made slow, or stand still."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

_PIECE = 512
"""Bytes at a time."""


class SlowLine:
    """Carries bytes both ways; those to the browser as fast as a test says."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.open = threading.Event()
        """Cleared: nothing comes to the browser, and nothing from it."""
        self.open.set()
        self.bytes_a_second = 0
        """0: as fast as it goes."""
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """As when the router falls."""
        self.open.set()
        for end in (self._listening, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                browser, _ = self._listening.accept()
                # little may wait in the line itself: it is the line that is slow
                kiosk = socket.socket()
                kiosk.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                kiosk.connect(("127.0.0.1", self._port))
                self._ends += [browser, kiosk]
                for way in ((browser, kiosk, False), (kiosk, browser, True)):
                    threading.Thread(target=self._carry, args=way, daemon=True).start()

    def _carry(self, source: socket.socket, to: socket.socket, to_browser: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                self.open.wait()
                to.sendall(piece)
                if to_browser and self.bytes_a_second:
                    time.sleep(len(piece) / self.bytes_a_second)
        with suppress(OSError):
            to.shutdown(socket.SHUT_WR)
