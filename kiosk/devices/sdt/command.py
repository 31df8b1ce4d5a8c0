"""The commands of the SDT module that we send, what each may answer and how long each may take."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

DONE = "000090"
FOUND = "00009f"
NO_SUCH_ITEM = "000091"
NO_CARD = "000080"
WRONG_CHECKSUM = "000010"
WRONG_LENGTH = "000011"
BAD_COMMAND = "000021"
UNKNOWN_CARD = "000040"
READ_FAILED = "000041"
SELECT_FAILED = "000081"

REFUSED = frozenset({WRONG_CHECKSUM, WRONG_LENGTH, BAD_COMMAND, "000023", "000024"})
"""The module did not understand or allow the request: ours to mend, sent once more."""
BROKEN = frozenset({"000060", "000066"})
"""Self-test failed, not authorised: staff must look at the reader."""
CARD_FAILED = frozenset(
    {"000031", "000032", "000033", "000037", "00003f", "000047"}
    | {READ_FAILED, SELECT_FAILED, UNKNOWN_CARD, NO_CARD}
)
"""The card was lost, moved, or is of another kind."""


class Command(Enum):
    """CMD PARA of each request. Fingerprints (30 10) are not among them: nobody here may ask for them."""

    RESET = b"\x10\xff"
    STATUS = b"\x11\xff"
    NUMBER = b"\x12\xff"
    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ = b"\x30\x01"
    ADDRESS = b"\x30\x03"


_MODULE_SECONDS: Mapping[Command, float] = {
    Command.RESET: 1.0,
    Command.STATUS: 1.0,
    Command.NUMBER: 1.0,
    Command.FIND: 1.0,
    Command.SELECT: 1.0,
    Command.READ: 2.9,
    Command.ADDRESS: 2.0,
}
"""How long the module itself may think."""

_LONG: Mapping[Command, int] = {Command.READ: 1284, Command.ADDRESS: 280}
_SHORT = 64
"""Bytes of payload. Only the text with its photo and the addresses are long; a module number is 16."""

_FRAME, _BITS_PER_BYTE = 11, 10

_LEGAL: Mapping[Command, frozenset[str]] = {
    Command.RESET: frozenset({DONE}),
    Command.STATUS: frozenset({DONE}),
    Command.NUMBER: frozenset({DONE}),
    Command.FIND: frozenset({FOUND, NO_CARD}),
    Command.SELECT: frozenset({DONE}) | CARD_FAILED,
    Command.READ: frozenset({DONE, NO_SUCH_ITEM}) | CARD_FAILED,
    Command.ADDRESS: frozenset({DONE, NO_SUCH_ITEM}) | CARD_FAILED,
}


def budget(command: Command, baud: int) -> float:
    """Seconds until a command counts as unanswered: the module's own time and that of the bytes."""
    on_the_line = 2 * _FRAME + _LONG.get(command, _SHORT)
    return _MODULE_SECONDS[command] + on_the_line * _BITS_PER_BYTE / baud


def legal(command: Command, status: str, size: int = 0) -> bool:
    """True when this status, with so many bytes of payload, can be the reply to this command.

    Replies name no command, so an impossible one is a late reply to an earlier command.
    """
    if status in REFUSED or status in BROKEN:
        return True
    return status in _LEGAL[command] and (size <= _SHORT or command in _LONG)
