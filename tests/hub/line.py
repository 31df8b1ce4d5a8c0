"""A line between two programs of this machine that can be cut, before, between or after what it carries."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

_PIECE = 65536


class Line:
    """Carries each connection to `port` of this machine until it has brought so many bytes back."""

    def __init__(self, port: int, cut_after: int | None = None) -> None:
        """`cut_after`: bytes of answers after which a connection ends; None: it holds."""
        self.port_behind, self.cut_after = port, cut_after
        self.cuts = 0
        self.carried = 0
        """How many connections came."""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._dead = False

    @property
    def port(self) -> int:
        """Where to come in."""
        return int(self._listening.getsockname()[1])

    def cut(self) -> None:
        """Every connection that is open, now."""
        with self._lock:
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            self._open.clear()
            self.cuts += 1

    def __enter__(self) -> Self:
        self._begin(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._dead = True
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.cut()
        for thread in self._threads:
            thread.join()

    def _begin(self, work: object, *given: object) -> None:
        assert callable(work)
        thread = threading.Thread(target=work, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._dead:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.port_behind))
            except OSError:
                near.close()
                continue
            with self._lock:
                self._open += [near, far]
                self.carried += 1
            self._begin(self._carry, near, far, None)
            self._begin(self._carry, far, near, self.cut_after)

    def _carry(self, source: socket.socket, target: socket.socket, most: int | None) -> None:
        left = most
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                if left is not None and len(piece) >= left:
                    target.sendall(piece[:left])
                    self.cuts += 1
                    break
                target.sendall(piece)
                left = None if left is None else left - len(piece)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
