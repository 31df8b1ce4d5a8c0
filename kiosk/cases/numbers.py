"""Identifiers: the ticket a person can say aloud, the number nobody can guess, the id inside."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

Entropy = Callable[[int], bytes]
"""That many random bytes; `os.urandom` in life."""

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which read as digits."""

EIGHT_DIGITS = 10**8
_EVEN = 2**32 - 2**32 % EIGHT_DIGITS


def ticket(sequence: int) -> str:
    """A001 for the first of the day, B001 after A999; the letters begin again after Z999."""
    letter, digits = divmod(sequence - 1, 999)
    return f"{LETTERS[letter % len(LETTERS)]}{digits + 1:03d}"


def day_prefix(day: date) -> str:
    """How all case numbers of a day begin: 2026-1122-."""
    return f"{day.year}-{day.month:02d}{day.day:02d}-"


def case_number(day: date, entropy: Entropy) -> str:
    """The date and eight random digits, in groups: 2026-1122-48203915."""
    while True:
        drawn = int.from_bytes(entropy(4), "big")
        if drawn < _EVEN:
            # the uneven rest is drawn again, so that every number is equally likely
            return f"{day_prefix(day)}{drawn % EIGHT_DIGITS:08d}"


def as_case_number(typed: str) -> str | None:
    """The number of a receipt however it was typed: with or without its groups, in wide digits, with words.

    None where it has not the length of one; whether there is such a case is another matter.
    """
    digits = "".join(str(unicodedata.digit(sign)) for sign in typed if sign.isdigit())
    if len(digits) != 16:
        return None
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def uuid7(now: datetime, entropy: Entropy) -> str:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then 74 random bits."""
    millis = int(now.timestamp() * 1000)
    drawn = int.from_bytes(entropy(10), "big")
    high, low = (drawn >> 62) & 0xFFF, drawn & (2**62 - 1)
    return str(UUID(int=(millis << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | low))
