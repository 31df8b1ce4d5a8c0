"""The host's side of an SDT line, for whoever looks at a recording: what was asked, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.devices.line import Problem, ProblemKind
from kiosk.devices.sdt.framing import PREAMBLE, SHORTEST_REQUEST, Event, Frame, SdtFraming

_COMMAND = slice(len(PREAMBLE) + 2, len(PREAMBLE) + 4)


@dataclass(frozen=True, slots=True)
class Request:
    """A request that was seen on the line."""

    command: str
    """CMD PARA as four hex digits; empty where it is too short to hold both."""
    valid: bool

    def harmless(self) -> str:
        """All of it: a request holds nothing of a person."""
        return f"request {self.command}, {'sound' if self.valid else 'not sound'}"


class _Refusals(SdtFraming):
    """Requests, keeping the bytes that a refused frame began with."""

    def __init__(self) -> None:
        super().__init__(SHORTEST_REQUEST)
        self.commands: list[str] = []

    def _refuse(self, kind: ProblemKind) -> Problem:
        self.commands.append(self._buffer[_COMMAND].hex() if kind is ProblemKind.CHECKSUM else "")
        return super()._refuse(kind)


class RequestFraming:
    """A framing for `kiosk reader decode --requests`: a refused request is told, then why."""

    def __init__(self) -> None:
        self._framing = _Refusals()

    @property
    def waiting(self) -> bool:
        """True while a request has begun and is not complete."""
        return self._framing.waiting

    def feed(self, received: bytes) -> list[Request | Problem]:
        """Take what arrived; return what is now certain."""
        return self._told(self._framing.feed(received))

    def idle(self) -> list[Request | Problem]:
        """The line fell silent."""
        return self._told(self._framing.idle())

    def _told(self, events: list[Event]) -> list[Request | Problem]:
        told: list[Request | Problem] = []
        for event in events:
            if isinstance(event, Frame):
                told.append(Request(event.command, valid=True))
                continue
            if event.kind is not ProblemKind.GARBAGE:
                told.append(Request(self._framing.commands.pop(0), valid=False))
            told.append(event)
        return told
