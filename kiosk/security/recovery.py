"""The recovery code: what opens the centre's keys when nobody who has one is left. Printed once, locked away.

128 bits in seven groups of five signs. The last sign of a group tells whether it was typed right, so that
whoever types it off paper learns which group to look at again.
"""

from __future__ import annotations

import hashlib
import unicodedata

from kiosk.security.centre_keys import Pair
from kiosk.security.derive import derived
from kiosk.security.envelope import public_of

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U: they are read as others."""
BITS = 128
GROUPS = 7
_DATA = 4
_WEIGHTS = (1, 3, 5, 7)
"""Odd, so that a single wrong sign always shows."""
_READ_AS = str.maketrans("ILO", "110")


class CodeFault(ValueError):
    """A code that was not typed right; `group` counts from 1, 0 where it is none of them alone."""

    def __init__(self, group: int = 0) -> None:
        super().__init__(f"group {group} is not right" if group else "this is not a recovery code")
        self.group = group


def code_of(secret: bytes) -> str:
    """The secret as it is printed."""
    spare = GROUPS * _DATA * 5 - BITS
    check = int.from_bytes(hashlib.sha256(secret).digest()[:2], "big") >> (16 - spare)
    value = int.from_bytes(secret, "big") << spare | check
    values = [value >> 5 * place & 31 for place in reversed(range(GROUPS * _DATA))]
    groups = [values[start : start + _DATA] for start in range(0, len(values), _DATA)]
    return " ".join("".join(SIGNS[one] for one in (*group, _check(group))) for group in groups)


def secret_of(code: str) -> bytes:
    """The secret behind a code, however it was typed. Raises CodeFault."""
    plain = unicodedata.normalize("NFKC", code).upper().translate(_READ_AS)
    signs = [sign for sign in plain if sign.isalnum()]
    each = _DATA + 1
    if len(signs) != GROUPS * each:
        raise CodeFault
    value = 0
    for number in range(GROUPS):
        group = [SIGNS.find(sign) for sign in signs[number * each : (number + 1) * each]]
        if -1 in group or _check(group[:_DATA]) != group[_DATA]:
            raise CodeFault(number + 1)
        for one in group[:_DATA]:
            value = value << 5 | one
    secret = (value >> (GROUPS * _DATA * 5 - BITS)).to_bytes(BITS // 8, "big")
    if code_of(secret).replace(" ", "") != "".join(signs):
        raise CodeFault
    return secret


def pair_of(secret: bytes) -> Pair:
    """The key pair that a code stands for."""
    private = derived(secret, "recovery")
    return Pair(public_of(private), private)


def _check(group: list[int]) -> int:
    return sum(one * weight for one, weight in zip(group, _WEIGHTS, strict=True)) % len(SIGNS)
