"""The search for frames that begin with a mark, in a stream that may hold anything. No port and no clock."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from kiosk.devices.line import Problem, ProblemKind

Found = TypeVar("Found")

_SLICE = 4096
"""Bytes taken in at a time, so that memory stays bounded whatever is fed."""


class MarkedFraming(ABC, Generic[Found]):
    """Turns pieces of a byte stream into the same events, however it is cut.

    After any bad frame the search goes on one byte after its mark began, so a good frame swallowed by a
    wrong length is found again.
    """

    def __init__(self, mark: bytes, filling: bytes = b"") -> None:
        """`filling`: bytes that may stand between frames and are no garbage."""
        self._mark, self._filling = mark, filling
        self._buffer = bytearray()
        self._in_garbage = False

    @property
    def waiting(self) -> bool:
        """True while a frame may have begun and is not complete: silence should end it with `idle`."""
        return bool(self._buffer.strip(self._filling))

    @property
    def held(self) -> int:
        """Bytes kept for later; never more than one frame."""
        return len(self._buffer)

    def feed(self, received: bytes) -> list[Found | Problem]:
        """Take what arrived; return the frames and problems that are now certain."""
        events: list[Found | Problem] = []
        for start in range(0, len(received), _SLICE):
            self._buffer += received[start : start + _SLICE]
            events += self._scan()
        return events

    def idle(self) -> list[Found | Problem]:
        """The line fell silent: give up a half frame and search again behind its first byte."""
        events: list[Found | Problem] = []
        while self._buffer.startswith(self._mark):
            events.append(self._refuse(ProblemKind.TIMEOUT))
            events += self._scan()
        if self.waiting and not events:
            events.append(self._refuse(ProblemKind.TIMEOUT))
        events += self._drop(len(self._buffer))
        return events

    @abstractmethod
    def _take(self) -> Found | Problem | None:
        """What the mark at the beginning of the buffer leads to: `_accept` or `_refuse` it.

        None while that is not certain.
        """

    def _accept(self, end: int, event: Found) -> Found:
        """The frame at the beginning of the buffer is whole and ends there."""
        del self._buffer[:end]
        self._in_garbage = False
        return event

    def _refuse(self, kind: ProblemKind) -> Problem:
        """Give up the frame at the beginning of the buffer, but only its first byte."""
        del self._buffer[:1]
        self._in_garbage = False
        return Problem(kind)

    def _scan(self) -> list[Found | Problem]:
        events: list[Found | Problem] = []
        while True:
            events += self._drop(self._before_mark())
            event = self._take()
            if event is None:
                return events
            events.append(event)

    def _before_mark(self) -> int:
        """How many bytes at the beginning can no longer begin a frame."""
        found = self._buffer.find(self._mark)
        if found >= 0:
            return found
        for kept in range(min(len(self._mark) - 1, len(self._buffer)), 0, -1):
            if self._buffer.endswith(self._mark[:kept]):
                return len(self._buffer) - kept
        return len(self._buffer)

    def _drop(self, count: int) -> list[Problem]:
        dropped = bytes(self._buffer[:count])
        del self._buffer[:count]
        if self._in_garbage or not dropped.strip(self._filling):
            return []
        self._in_garbage = True
        return [Problem(ProblemKind.GARBAGE)]
