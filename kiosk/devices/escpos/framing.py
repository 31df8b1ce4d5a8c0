"""The bytes that an ESC/POS printer sends, and those that ask it. No port and no clock.

0xx1xx10    the answer to DLE EOT n; it does not say to which n
0xx1xx00    begins an automatic status block; three bytes 0xx0xxxx follow
11, 13      go on, wait: flow control, anywhere
0xx0xxxx    by itself: the answer to GS r or ESC v, where one was asked for; else nothing
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kiosk.devices.escpos.command import NUMBERED, Question
from kiosk.devices.line import Problem, ProblemKind

GO_ON, WAIT = 0x11, 0x13
_BLOCK = 4


@dataclass(frozen=True, slots=True)
class Status:
    """An answer to DLE EOT n."""

    byte: int
    asked: int | None = None
    """n, where whoever listens knows it."""

    def harmless(self) -> str:
        """A printer's state is nobody's secret."""
        return f"status {self.byte:02x}"


@dataclass(frozen=True, slots=True)
class StatusBlock:
    """Four bytes that a printer sends by itself when its state changes."""

    content: bytes

    def harmless(self) -> str:
        """A printer's state is nobody's secret."""
        return f"status block {self.content.hex()}"


@dataclass(frozen=True, slots=True)
class PaperAnswer:
    """An answer to GS r 1 or ESC v."""

    byte: int

    def harmless(self) -> str:
        """A printer's state is nobody's secret."""
        return f"paper {self.byte:02x}"


@dataclass(frozen=True, slots=True)
class Flow:
    """The printer's buffer is full, or has room again."""

    wait: bool

    def harmless(self) -> str:
        """Which of the two."""
        return "wait" if self.wait else "go on"


Event = Status | StatusBlock | PaperAnswer | Flow | Problem

_GARBAGE = Problem(ProblemKind.GARBAGE)
_GO_ON, _WAIT = Flow(wait=False), Flow(wait=True)


def is_status(byte: int) -> bool:
    """Has it the form of an answer to DLE EOT?"""
    return byte & 0x93 == 0x12


_PLAIN = bytes(byte for byte in range(256) if byte & 0x90 == 0)
_TELLING = bytes(byte for byte in range(256) if byte & 0x93 in (0x10, 0x12)) + bytes((GO_ON, WAIT))
_NOTHING = re.compile(b"[^" + re.escape(_TELLING) + b"]+")
_NOTHING_NOR_PAPER = re.compile(b"[^" + re.escape(_TELLING + _PLAIN) + b"]+")


class EscposFraming:
    """What a printer sends. Each byte is looked at once: the same events however the stream is cut."""

    def __init__(self, *, paper_answers: bool = True, asked: tuple[int | None, ...] = (None,)) -> None:
        """With `paper_answers` a byte by itself may be one; without, it is garbage.

        A status is told once for each of `asked`, the questions that it may be the answer to.
        """
        self._garbage = _NOTHING_NOR_PAPER if paper_answers else _NOTHING
        self._told = {byte: [Status(byte, n) for n in asked] for byte in range(256) if is_status(byte)}
        self._block = bytearray()
        self._in_garbage = False

    @property
    def waiting(self) -> bool:
        """True inside a status block: silence should end it with `idle`."""
        return bool(self._block)

    def feed(self, received: bytes) -> list[Event]:
        """Take what arrived; return what it says. Never raises."""
        events: list[Event] = []
        at = 0
        while at < len(received):
            if not self._block and (run := self._garbage.match(received, at)):
                events += [] if self._in_garbage else [_GARBAGE]
                self._in_garbage = True
                at = run.end()
            else:
                self._take(received[at], events)
                at += 1
        return events

    def idle(self) -> list[Event]:
        """The line fell silent: half a status block is given up."""
        return [self._give_up(ProblemKind.TIMEOUT)] if self._block else []

    def _take(self, byte: int, events: list[Event]) -> None:
        """A byte that says something, or stands in a block."""
        if byte in (GO_ON, WAIT):
            events.append(_WAIT if byte == WAIT else _GO_ON)
            return
        plain = byte & 0x90 == 0
        if self._block and plain:
            self._go_on_with_block(byte, events)
            return
        if self._block:
            # nothing that can stand in a block means anything by itself: it is given up whole
            events.append(self._give_up(ProblemKind.LENGTH))
        self._in_garbage = False
        if byte in self._told:
            events += self._told[byte]
        elif byte & 0x93 == 0x10:
            self._block.append(byte)
        elif plain:
            events.append(PaperAnswer(byte))
        else:
            events.append(_GARBAGE)
            self._in_garbage = True

    def _go_on_with_block(self, byte: int, events: list[Event]) -> None:
        self._block.append(byte)
        if len(self._block) == _BLOCK:
            events.append(StatusBlock(bytes(self._block)))
            self._block.clear()

    def _give_up(self, kind: ProblemKind) -> Problem:
        self._block.clear()
        return Problem(kind)


@dataclass(frozen=True, slots=True)
class Asked:
    """The host asked a question."""

    question: Question

    def harmless(self) -> str:
        """Which."""
        return self.question.name


@dataclass(frozen=True, slots=True)
class Printed:
    """One byte for the paper. It may be of somebody's name."""

    byte: int = field(repr=False)

    def harmless(self) -> str:
        """Nothing of it."""
        return "a byte to print"


class HostFraming:
    """What a printer hears: questions, and bytes for the paper where they are wanted."""

    def __init__(self, *, paper: bool = False) -> None:
        self._paper = paper
        self._begun = b""

    @property
    def waiting(self) -> bool:
        """True while what came could become a question."""
        return bool(self._begun)

    def feed(self, received: bytes) -> list[Asked | Printed]:
        """Take what arrived; return what it says. Never raises."""
        events: list[Asked | Printed] = []
        for byte in received:
            self._begun += bytes([byte])
            while self._begun and not any(known.startswith(self._begun) for known in _QUESTIONS):
                events += self._for_paper(1)
            if question := _QUESTIONS.get(self._begun):
                events.append(Asked(question))
                self._begun = b""
        return events

    def idle(self) -> list[Asked | Printed]:
        """The line fell silent: what could have become a question is for the paper."""
        return self._for_paper(len(self._begun))

    def _for_paper(self, count: int) -> list[Asked | Printed]:
        done, self._begun = self._begun[:count], self._begun[count:]
        return [Printed(byte) for byte in done] if self._paper else []


_QUESTIONS = {question.value: question for question in (*NUMBERED.values(), *Question)}
