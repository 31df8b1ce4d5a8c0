"""What a QR or barcode engine sends: codes as lines, and the answers of engines that are told what to do.

No port and no clock. A code ends with a terminator or with silence; an engine's answer may be glued to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kiosk.devices.line import Problem, ProblemKind
from kiosk.devices.scanner import gm65
from kiosk.devices.scanner.text import clean, decoded

NEWLINE = b"\r\n"
"""Either of them ends a code; between them lies an empty one, which is nothing."""
TAB = b"\t"
LONGEST = 4096
"""Bytes of a code; longer ones are given up."""

_AT_ONCE = 4096
"""Bytes taken in at a time, so that memory stays bounded whatever is fed."""
_HEADS = (gm65.ACKNOWLEDGED, *gm65.COMMANDS)
_HEAD = len(gm65.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was read."""

    text: str = field(repr=False)
    """All of it. It may hold what a terminal obeys: `line` is for whoever shows or uses it."""
    encoding: str
    """`ascii`, `utf-8` or `gb18030`."""

    @property
    def line(self) -> str:
        """The text as one line without control characters, still untrusted."""
        return clean(self.text)

    def harmless(self) -> str:
        return f"a code, {len(self.text)} characters, {self.encoding}"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A code that is no text."""

    raw: bytes = field(repr=False)

    def harmless(self) -> str:
        return f"a code that is no text, {len(self.raw)} bytes"


@dataclass(frozen=True, slots=True)
class Overlong:
    """A code longer than any that is of use here."""

    def harmless(self) -> str:
        return "a code that is too long"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The engine has done as it was told."""

    values: bytes

    def harmless(self) -> str:
        return "done as told"


@dataclass(frozen=True, slots=True)
class Told:
    """What a host tells an engine."""

    kind: int
    address: bytes
    values: bytes
    computed: bool
    """The CRC is a real one, not left out."""

    def harmless(self) -> str:
        return "a host's command"


Event = Code | Unreadable | Overlong | Acknowledged | Told | Problem


class ScannerFraming:
    """Turns pieces of a byte stream into the same events, however it is cut.

    An engine's answer ends the code before it and is never part of one. Behind a damaged answer the rest
    of its line is given up, too: no code is better than a wrong one.
    """

    def __init__(self, terminators: bytes = NEWLINE) -> None:
        """Each of these bytes ends a code."""
        heads = b"|".join(re.escape(head) for head in _HEADS)
        self._stop = re.compile(b"[" + re.escape(terminators) + b"]|" + heads)
        self._held = bytearray()
        self._looked = 0
        """Bytes of what is held that are known to end nothing."""
        self._overlong = False
        self._spoilt = False
        """The rest of this line is given up."""

    @property
    def waiting(self) -> bool:
        """True while a code or an answer has begun and has not ended."""
        return bool(self._held) or self._overlong or self._spoilt

    @property
    def held(self) -> int:
        """Bytes kept for later."""
        return len(self._held)

    def feed(self, received: bytes) -> list[Event]:
        """Take what arrived; return what has ended by now."""
        events: list[Event] = []
        for start in range(0, len(received), _AT_ONCE):
            self._held += received[start : start + _AT_ONCE]
            events += self._scan()
        return events

    def idle(self) -> list[Event]:
        """The line fell silent: that ends a code; half an answer is given up."""
        events: list[Event] = []
        while self._at_frame():
            events += [self._refuse(ProblemKind.TIMEOUT, _HEAD), *self._scan()]
        last = bytes(self._held)
        self._drop(len(last))
        return [*events, *self._ended(last)]

    def _scan(self) -> list[Event]:
        events: list[Event] = []
        while True:
            self._skip_nothing()
            if self._at_frame():
                frame = self._frame()
                if frame is None:
                    return events
                events.append(frame)
                continue
            found = self._stop.search(self._held, self._looked)
            if found is None:
                self._keep_bounded()
                return events
            line = bytes(self._held[: found.start()])
            self._drop(_after(found))
            events += self._ended(line)

    def _skip_nothing(self) -> None:
        """NULs before a code are nothing, and do not make it longer."""
        if self._held.startswith(b"\x00") and not self._lost:
            self._held = self._held.lstrip(b"\x00")
            self._looked = 0

    @property
    def _lost(self) -> bool:
        """What is held belongs to a line that is given up."""
        return self._spoilt or self._overlong

    def _at_frame(self) -> bool:
        return not self._lost and self._held.startswith(_HEADS)

    def _frame(self) -> Event | None:
        """The frame that what is held begins with; None while it is not complete."""
        length = gm65.frame_length(self._held)
        if length == 0:
            return self._refuse(ProblemKind.LENGTH, _HEAD)
        if length is None or len(self._held) < length:
            return None
        frame = bytes(self._held[:length])
        if not gm65.sound(frame):
            return self._refuse(ProblemKind.CHECKSUM, length)
        self._drop(length)
        if frame.startswith(gm65.ACKNOWLEDGED):
            return Acknowledged(frame[4:-2])
        return Told(frame[2], frame[4:6], frame[6:-2], computed=frame[-2:] != gm65.NOT_COMPUTED)

    def _refuse(self, kind: ProblemKind, behind: int) -> Problem:
        """Give up this frame, and what follows it on its line."""
        found = self._stop.search(self._held, behind)
        self._spoilt = found is None
        self._drop(_after(found) if found else behind)
        if self._spoilt:
            self._keep_bounded()
        return Problem(kind)

    def _ended(self, line: bytes) -> list[Event]:
        """A line has ended, by whatever."""
        overlong, spoilt = self._overlong or len(line) > LONGEST, self._spoilt
        self._overlong = self._spoilt = False
        if spoilt:
            return []
        return [Overlong()] if overlong else _code(line)

    def _keep_bounded(self) -> None:
        """Of a line that is given up, only what may begin an answer is kept."""
        self._overlong = not self._spoilt and (self._overlong or len(self._held) > LONGEST)
        if self._lost:
            del self._held[: -(_HEAD - 1)]
        self._looked = max(0, len(self._held) - (_HEAD - 1))

    def _drop(self, count: int) -> None:
        del self._held[:count]
        self._looked = 0


def _after(found: re.Match[bytes]) -> int:
    """Where to go on behind what ended a line: a terminator is done with, an answer is yet to be read."""
    return found.start() if found[0] in _HEADS else found.end()


def _code(line: bytes) -> list[Event]:
    """What a line holds; NULs and nothing are nothing."""
    line = line.strip(b"\x00")
    if not line:
        return []
    read = decoded(line)
    if read is None:
        return [Unreadable(line)]
    code = Code(*read)
    return [code] if code.line.strip() else []
