"""What is openly readable on a social security card, asked for command by command. No reader, no clock.

The application and its files are those of the cards' specification as several public readers use them:
EF05 holds the card (record 7 its number), EF06 the person, in records whose first byte is their tag:
8 number and 9 name, on some cards 1 and 2. EF06 asks for a PIN in some cities: nobody is asked for one here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.identity.social_card import SocialCard, social_card

Transmit = Callable[[bytes], bytes]
"""Sends one command to the card, returns its answer with the status in the last two bytes. May raise."""

_APPLICATION = bytes.fromhex("7378312e73682ec9e7bbe1b1a3d5cf")
_CARD_FILE = b"\xef\x05"
_PERSON_FILE = b"\xef\x06"
_CARD_NUMBER = 7
_NUMBER_AND_NAME = ((8, 9), (1, 2))
"""Where number and name stand: two editions of the card."""
_DONE = b"\x90\x00"
_MOST = 8
"""Answers to one command: none needs more than two."""


class SocialCardFault(StrEnum):
    """Why a card cannot be used. Values are keys of the residents' catalogue."""

    NOT_ONE = "card.social_not_one"
    """It has no such application: a bank card, a card put in the wrong way round."""
    SILENT = "card.social_silent"
    """It does not answer, or not to the end."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: bytes
    content: bytes = field(repr=False)


def read_social_card(transmit: Transmit) -> SocialCard | SocialCardFault:
    """The card's number, and the person's number and name where they are open."""
    if _ask(transmit, _select(4, _APPLICATION)).status != _DONE:
        return SocialCardFault.NOT_ONE
    number = _record(transmit, _CARD_FILE, _CARD_NUMBER)
    if not number:
        return SocialCardFault.SILENT
    for number_at, name_at in _NUMBER_AND_NAME:
        found = social_card(
            number, _record(transmit, _PERSON_FILE, number_at), _record(transmit, _PERSON_FILE, name_at)
        )
        if found.number:
            return found
    return social_card(number)


def _record(transmit: Transmit, file: bytes, number: int) -> bytes:
    """The content of a record without its tag and length; empty where it is not to be had."""
    if _ask(transmit, _select(2, file)).status != _DONE:
        return b""
    record = _ask(transmit, bytes((0x00, 0xB2, number, 0x04, 0x00))).content
    if len(record) < 2 or record[0] != number:
        return b""
    return record[2 : 2 + record[1]]


def _select(by: int, name: bytes) -> bytes:
    """SELECT by name (4) or by the identifier of a file in this application (2)."""
    return bytes((0x00, 0xA4, by, 0x00, len(name))) + name


def _ask(transmit: Transmit, command: bytes) -> _Answer:
    """The whole answer: a T=0 card gives it in a second step, or names the length it wants first."""
    content = b""
    for _ in range(_MOST):
        answer = transmit(command)
        content, status = content + answer[:-2], answer[-2:]
        if status[:1] == b"\x61":
            command = bytes((0x00, 0xC0, 0x00, 0x00)) + status[1:]
        elif status[:1] == b"\x6c":
            command = command[:4] + status[1:]
        else:
            return _Answer(status, content)
    return _Answer(b"", b"")
