"""A member of staff's own key pair: the private half opens with their PIN and their card or key stick.

Six digits alone are no secret: whoever has the file tries them all in days. The 128 bits of a card or stick
are what makes it one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from kiosk.security.centre_keys import Pair, new_pair
from kiosk.security.derive import derived
from kiosk.security.envelope import SealTrouble, public_of, unwrap, wrap

TOKEN_BYTES = 16
_SALT = 16


@dataclass(frozen=True, slots=True)
class Stretch:
    """How dear one try of a PIN is (Argon2id): the second choice of RFC 9106."""

    rounds: int = 3
    kibibytes: int = 64 * 1024
    lanes: int = 4

    def __str__(self) -> str:
        return f"{self.rounds} {self.kibibytes} {self.lanes}"

    @classmethod
    def read(cls, text: str) -> Stretch:
        """As it was written with the key: a dearer one later leaves old keys as they are."""
        return cls(*map(int, text.split()))


@dataclass(frozen=True, slots=True)
class StaffKey:
    """What is kept of an account's pair."""

    account: str
    public: bytes
    salt: bytes = field(repr=False)
    stretch: Stretch
    token: bool
    """A card or stick belongs to it."""
    wrapped: bytes = field(repr=False)


def made_for(account: str, pin: str, token: bytes, stretch: Stretch) -> tuple[StaffKey, Pair]:
    """A new pair of this account; `token` is empty where a PIN alone is allowed."""
    pair, salt = new_pair(), os.urandom(_SALT)
    wrapped = wrap(_key(pin, token, salt, stretch), pair.private, _purpose(account))
    return StaffKey(account, pair.public, salt, stretch, bool(token), wrapped), pair


def opened(key: StaffKey, pin: str, token: bytes) -> Pair | None:
    """The pair, or None where PIN or token are not the right ones."""
    try:
        private = unwrap(_key(pin, token, key.salt, key.stretch), key.wrapped, _purpose(key.account))
    except SealTrouble:
        return None
    return Pair(key.public, private) if public_of(private) == key.public else None


def _key(pin: str, token: bytes, salt: bytes, stretch: Stretch) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    slow = hash_secret_raw(
        pin.encode(), salt, stretch.rounds, stretch.kibibytes, stretch.lanes, hash_len=32, type=Type.ID
    )
    return derived(slow + token, "staff key", salt)


def _purpose(account: str) -> str:
    return f"staff key {account}"
