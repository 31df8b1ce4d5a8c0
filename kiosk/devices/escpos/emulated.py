"""A receipt printer's far end of the line: answers questions, keeps what it prints. No port, no thread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.devices.escpos.command import Question
from kiosk.devices.escpos.framing import Asked, HostFraming
from kiosk.devices.line import NEVER

_COMMANDS = re.compile(rb"\x1b@|\x1c[&.]|[\x1b\x1d]!.|\x1b[dt].|\x1dV[\x00\x01]|\x1dV[AB].", re.DOTALL)
"""What is for the printer, not for the paper."""
_PICTURE, _PICTURE_HEAD = b"\x1dv0", 8
_LEFT_AT_THE_END = 120
"""Bytes that the last of the paper holds."""


class Behaviour(StrEnum):
    """Which questions it answers."""

    ALL = "a"
    CLONE = "b"
    """None of the numbered ones, only those about paper that are answered in turn."""
    ONLINE_ONLY = "c"
    """Only whether it is online."""


@dataclass(frozen=True, slots=True)
class _State:
    paper_out: bool = False
    paper_low: bool = False
    cover_open: bool = False
    error: bool = False
    silent: bool = False
    online_only: bool = False
    ends: bool = False

    @property
    def offline(self) -> bool:
        return self.paper_out or self.cover_open or self.error


STATES: Mapping[str, _State] = {
    "paper-out": _State(paper_out=True),
    "paper-low": _State(paper_low=True),
    "paper-ends": _State(ends=True),
    "cover-open": _State(cover_open=True),
    "error": _State(error=True),
    "silent": _State(silent=True),
    "online-only": _State(online_only=True),
}
"""What can be done to it. "paper-ends": there is enough for a few more lines."""


class EmulatedPrinter:
    """A printer with paper in it, until something is done to it."""

    def __init__(self, behaviour: Behaviour = Behaviour.ALL) -> None:
        self._behaviour = behaviour
        self._state = _State()
        self._framing = HostFraming(paper=True)
        self.printed = bytearray()
        """All bytes for the paper since it was switched on."""

    @property
    def deadline(self) -> float:
        """It sends nothing by itself."""
        return NEVER

    @property
    def on_paper(self) -> str:
        """What a person reads on the paper."""
        return _COMMANDS.sub(b"", b"".join(_parts(bytes(self.printed), of_pictures=False))).decode("gb18030")

    @property
    def pictures(self) -> list[bytes]:
        """The orders by which pictures were printed."""
        return list(_parts(bytes(self.printed), of_pictures=True))

    def hear(self, received: bytes, now: float) -> list[bytes]:
        """Its answers to what arrived."""
        replies = []
        for event in self._framing.feed(received):
            if isinstance(event, Asked):
                replies += self._answer(event.question)
            else:
                self._print(event.byte)
        return replies

    def tick(self, now: float) -> list[bytes]:
        """Nothing."""
        return []

    def lay(self, content: bytes, now: float) -> None:
        """Something is done to it: one of STATES. Anything else is nothing to a printer."""
        self._state = STATES.get(content.decode("ascii", "replace"), self._state)

    def lift(self) -> None:
        """Somebody put it right."""
        self._state = _State()

    def reset(self) -> None:
        """The power went off and on: half a question is forgotten. What is on paper stays there."""
        self._framing = HostFraming(paper=True)

    def wrong_length(self, reply: bytes) -> bytes:
        """An answer has no length; a second one comes with it."""
        return reply * 2

    def _print(self, byte: int) -> None:
        self.printed.append(byte)
        if self._state.ends and len(self.printed) >= _LEFT_AT_THE_END:
            self._state = _State(paper_out=True)

    def _answer(self, question: Question) -> list[bytes]:
        state = self._state
        online_only = state.online_only or self._behaviour is Behaviour.ONLINE_ONLY
        if state.silent or (online_only and question is not Question.PRINTER):
            return []
        if question.number is None:
            # in turn: what stands still does not come to it, but a clone looks up at once
            stuck = state.offline and self._behaviour is not Behaviour.CLONE
            return [] if stuck else [bytes([0x0F if state.paper_out else 0x03 if state.paper_low else 0])]
        return [] if self._behaviour is Behaviour.CLONE else [bytes([0x12 | _bits(state, question)])]


def _parts(printed: bytes, *, of_pictures: bool) -> Iterator[bytes]:
    """The pictures among what was printed, or what lies between: a picture says itself how long it is."""
    start = 0
    while (found := printed.find(_PICTURE, start)) >= 0:
        across = int.from_bytes(printed[found + 4 : found + 6], "little")
        down = int.from_bytes(printed[found + 6 : found + 8], "little")
        end = found + _PICTURE_HEAD + across * down
        yield printed[found:end] if of_pictures else printed[start:found]
        start = end
    if not of_pictures:
        yield printed[start:]


def _bits(state: _State, question: Question) -> int:
    match question:
        case Question.PRINTER:
            return 0x08 if state.offline else 0
        case Question.OFFLINE_CAUSE:
            return 0x04 * state.cover_open | 0x20 * state.paper_out | 0x40 * state.error
        case Question.ERROR_CAUSE:
            return 0x20 * state.error
        case _:
            return 0x0C * (state.paper_low or state.paper_out) | 0x60 * state.paper_out
