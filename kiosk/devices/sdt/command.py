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
    """CMD PARA of each request."""

    RESET = b"\x10\xff"
    STATUS = b"\x11\xff"
    NUMBER = b"\x12\xff"
    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ = b"\x30\x01"
    ADDRESS = b"\x30\x03"


BUDGET: Mapping[Command, float] = {
    Command.RESET: 1.0,
    Command.STATUS: 1.0,
    Command.NUMBER: 1.0,
    Command.FIND: 1.0,
    Command.SELECT: 1.0,
    Command.READ: 2.8,
    Command.ADDRESS: 2.0,
}
"""Seconds until a command counts as unanswered. READ leaves room to say why within 3 s (K34)."""

_LEGAL: Mapping[Command, frozenset[str]] = {
    Command.RESET: frozenset({DONE}),
    Command.STATUS: frozenset({DONE}),
    Command.NUMBER: frozenset({DONE}),
    Command.FIND: frozenset({FOUND, NO_CARD}),
    Command.SELECT: frozenset({DONE}) | CARD_FAILED,
    Command.READ: frozenset({DONE, NO_SUCH_ITEM}) | CARD_FAILED,
    Command.ADDRESS: frozenset({DONE, NO_SUCH_ITEM}) | CARD_FAILED,
}


def legal(command: Command, status: str) -> bool:
    """True when this status can be the reply to this command. Replies name no command, so an
    impossible one is a late reply to an earlier command."""
    return status in _LEGAL[command] or status in REFUSED or status in BROKEN
