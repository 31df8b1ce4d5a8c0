"""What an SDT module answers, byte for byte, to each request. No port, no clock, no thread."""

from __future__ import annotations

from enum import StrEnum

from kiosk.devices.line import NEVER, Problem, ProblemKind
from kiosk.devices.sdt import command as sdt
from kiosk.devices.sdt.command import Command
from kiosk.devices.sdt.framing import PREAMBLE, SHORTEST_REQUEST, Event, Frame, SdtFraming, checksum, reply
from kiosk.identity.layout import BLOCK_SIZE

NUMBER = bytes.fromhex("05000300d5af340187d6120059000000")
"""A module number that names no reader in the world."""
PHOTO = bytes(1024)
"""Stands for the photo, which only closed decoders can show."""
_CODES = {command.value.hex(): command for command in Command}
_READ_WITH_FINGERPRINTS = "3010"
_CARD_MANAGEMENT = "3005"
_PATIENCE = 0.25
"""Seconds of silence after which half a request is given up."""


class Behaviour(StrEnum):
    """What find answers while a card that was read still lies there."""

    SILENT_AFTER_READ = "a"
    """No card, until it is lifted; its address can still be asked for."""
    FINDS_AGAIN = "b"
    """The same card, again and again."""
    NEEDS_RESET = "c"
    """No card and no address, until the module is reset."""


class EmulatedModule:
    """A module with at most one card in its field."""

    def __init__(
        self,
        behaviour: Behaviour = Behaviour.SILENT_AFTER_READ,
        *,
        first_find_misses: bool = True,
        photo: bytes = PHOTO,
    ) -> None:
        """With `first_find_misses`, the first find after a card is laid down answers "no card"."""
        self._behaviour = behaviour
        self._habit = first_find_misses
        self._photo = photo
        self._card: bytes | None = None
        self._appended = b""
        self._missing_once = False
        self._found = False
        self._selected = False
        self._open = False
        """Selected since the last find: its addresses can be asked for."""
        self._done = False
        """Read, and not lifted since."""
        self._framing = SdtFraming(SHORTEST_REQUEST)
        self._give_up_at = NEVER

    @property
    def deadline(self) -> float:
        """When half a request is given up."""
        return self._give_up_at

    def hear(self, received: bytes, now: float) -> list[bytes]:
        """The replies to what arrived."""
        replies = [reply for event in self._framing.feed(received) if (reply := self.answer(event))]
        self._give_up_at = now + _PATIENCE if self._framing.waiting else NEVER
        return replies

    def tick(self, now: float) -> list[bytes]:
        """Half a request that nobody finishes is forgotten."""
        if now < self._give_up_at:
            return []
        self._give_up_at = NEVER
        return [reply for event in self._framing.idle() if (reply := self.answer(event))]

    def wrong_length(self, reply: bytes) -> bytes:
        """The length says 900h more than there is, as one vendor's own constants do."""
        at = len(PREAMBLE)
        covered = bytes([reply[at] | 0x09]) + reply[at + 1 : -1]
        return PREAMBLE + covered + bytes([checksum(covered)])

    def lay(self, content: bytes, now: float = 0.0) -> None:
        """Put a card on the reader: its text block of 256 bytes, then any appended addresses."""
        self._card, self._appended = content[:BLOCK_SIZE], content[BLOCK_SIZE:]
        self._missing_once = self._habit
        self._forget()
        if self._behaviour is not Behaviour.NEEDS_RESET:
            self._done = False

    def lift(self) -> None:
        """Take the card away."""
        self._card = None
        self._forget()

    def reset(self) -> None:
        """Forget what was found and read, as by a reset or a loss of power."""
        self._forget()
        self._done = False

    def _forget(self) -> None:
        self._found = self._selected = self._open = False

    def answer(self, event: Event) -> bytes | None:
        """The reply to what arrived, None where a module stays silent."""
        if isinstance(event, Problem):
            return self._complain(event)
        if event.command.startswith("60"):
            return reply(sdt.DONE)
        if event.command in {_READ_WITH_FINGERPRINTS, _CARD_MANAGEMENT, "61ff"}:
            return self._rare(event)
        command = _CODES.get(event.command)
        if command is None:
            return reply(sdt.BAD_COMMAND)
        return self._answer(command)

    def _complain(self, problem: Problem) -> bytes | None:
        if problem.kind is ProblemKind.CHECKSUM:
            return reply(sdt.WRONG_CHECKSUM)
        if problem.kind is ProblemKind.LENGTH:
            return reply(sdt.WRONG_LENGTH)
        return None

    def _answer(self, command: Command) -> bytes:
        match command:
            case Command.RESET:
                self.reset()
            case Command.NUMBER:
                return reply(sdt.DONE, NUMBER)
            case Command.FIND:
                return self._find()
            case Command.SELECT:
                return self._select()
            case Command.ADDRESS:
                return self._address()
            case Command.READ:
                return self._read(fingerprints=False)
        return reply(sdt.DONE)

    def _find(self) -> bytes:
        self._forget()
        silent = self._done and self._behaviour is not Behaviour.FINDS_AGAIN
        self._found = self._card is not None and not silent and not self._missing_once
        if not silent:
            self._missing_once = False
        return reply(sdt.FOUND, bytes(4)) if self._found else reply(sdt.NO_CARD)

    def _select(self) -> bytes:
        self._selected = self._open = self._found
        return reply(sdt.DONE, bytes(8)) if self._selected else reply(sdt.SELECT_FAILED)

    def _address(self) -> bytes:
        known = self._open or (self._done and self._behaviour is not Behaviour.NEEDS_RESET)
        if self._card is None or not known:
            return reply(sdt.READ_FAILED)
        return reply(sdt.DONE, self._appended) if self._appended else reply(sdt.NO_SUCH_ITEM)

    def _read(self, *, fingerprints: bool) -> bytes:
        if self._card is None or not self._selected:
            return reply(sdt.READ_FAILED)
        self._done = True
        self._found = self._selected = False
        lengths = len(self._card).to_bytes(2, "big") + len(self._photo).to_bytes(2, "big")
        no_fingerprints = bytes(2) if fingerprints else b""
        return reply(sdt.DONE, lengths + no_fingerprints + self._card + self._photo)

    def _rare(self, request: Frame) -> bytes:
        if request.command == _READ_WITH_FINGERPRINTS:
            return self._read(fingerprints=True)
        if request.command == _CARD_MANAGEMENT:
            return reply(sdt.DONE, bytes(28)) if self._open else reply(sdt.READ_FAILED)
        return reply(sdt.DONE)
