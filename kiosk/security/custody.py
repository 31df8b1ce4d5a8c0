"""Who holds the centre's private keys: staff, each with their own, and a recovery sheet in the safe."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Protocol

from kiosk.security.centre_keys import Keyring, Pair, new_pair
from kiosk.security.envelope import Binding, SealTrouble, key_id, seal, unseal
from kiosk.security.recovery import BITS, code_of, pair_of, secret_of
from kiosk.security.staff_keys import StaffKey, Stretch, made_for, opened

RECOVERY = ""
"""The holder of the shares that the recovery sheet opens."""


class Refusal(StrEnum):
    """Why keys stay as they are."""

    WRONG = "wrong"
    """Not this PIN, or not the card or stick that belongs to it."""
    NO_KEY = "no_key"
    """This account was never given one."""
    CLOSED = "closed"
    """Somebody who holds them has to sign in first."""
    PIN_ALONE = "pin_alone"
    """Neither card nor stick, and the settings do not allow a PIN alone."""
    LAST = "last"
    """Nobody else could open anything any more."""
    DONE = "done"
    """Staff have already made theirs."""
    OPEN_YET = "open_yet"
    """Staff have not made theirs yet."""


class KeysRefused(Exception):
    """Keys that were not opened or changed."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(f"keys: {why}")
        self.why = why


@dataclass(frozen=True, slots=True)
class CentreKey:
    """One pair of the centre as it is known to everybody."""

    id: bytes
    public: bytes
    made_at: datetime
    protected: bool
    holders: frozenset[str]


@dataclass(frozen=True, slots=True)
class Share:
    """A private key, sealed to one holder."""

    key: bytes
    holder: str
    sealed: bytes = field(repr=False)


class KeyBook(Protocol):
    """Where keys are kept; the store is one. Each change is kept whole or not at all."""

    @property
    def keyring(self) -> Keyring: ...
    @property
    def protected(self) -> bool: ...
    def centre(self) -> str: ...
    def centre_keys(self) -> list[CentreKey]: ...
    def staff_keys(self) -> list[StaffKey]: ...
    def recovery_key(self) -> bytes | None: ...
    def shares_of(self, holder: str) -> dict[bytes, bytes]: ...
    def keep_keys(
        self, shares: Iterable[Share], staff: Iterable[StaffKey] = (), pair: Pair | None = None
    ) -> None: ...
    def keep_recovery(self, public: bytes, shares: Iterable[Share]) -> None: ...
    def drop_staff_key(self, account: str) -> None: ...
    def together(self) -> AbstractContextManager[None]: ...


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who is to hold the keys, as they sit in front of it."""

    account: str
    pin: str = field(repr=False)
    token: bytes = field(default=b"", repr=False)


class Custody:
    """Making, opening, changing and handing on the centre's keys."""

    def __init__(self, book: KeyBook, stretch: Stretch | None = None, pin_alone: bool = False) -> None:
        self._book = book
        self._stretch = stretch or Stretch()
        self._pin_alone = pin_alone

    @property
    def protected(self) -> bool:
        """Is what comes now sealed to a key that only staff can open?"""
        return self._book.protected

    def protect(self, members: Iterable[Member]) -> None:
        """From now on the keys are theirs: a new pair; the old one moves from the box into their hands."""
        if self.protected:
            raise KeysRefused(Refusal.DONE)
        made = [self._made(member) for member in members]
        if not made:
            raise KeysRefused(Refusal.NO_KEY)
        pair = new_pair()
        keys = {**self._book.keyring.centre, pair.id: pair.private}
        shares = [share for key in made for share in self._shares(keys, key.account, key.public)]
        self._book.keep_keys(shares, made, pair)

    def open(self, member: Member) -> None:
        """Open all that this member holds, in this process, until `close`."""
        self.open_with(member.account, member.pin, (member.token,))

    def open_with(self, account: str, pin: str, tokens: Iterable[bytes]) -> None:
        """The same with whichever of these cards or sticks is theirs."""
        key = self._key_of(account)
        if key is None:
            raise KeysRefused(Refusal.NO_KEY)
        tried = tokens if key.token else (b"",)
        pair = next((pair for token in tried if (pair := opened(key, pin, token))), None)
        if pair is None:
            raise KeysRefused(Refusal.WRONG)
        self._book.keyring.lend(self._opened(account, pair))

    def held_by(self, account: str) -> bool:
        """Does this account hold any of them?"""
        return self._key_of(account) is not None

    def shows(self, account: str, pin: str, tokens: Iterable[bytes]) -> bool:
        """Is whoever holds keys here with their card or stick, too? Opens nothing."""
        key = self._key_of(account)
        if key is None or not key.token:
            return True
        return any(opened(key, pin, token) is not None for token in tokens)

    def new_pin(self, account: str, old: str, new: str, tokens: Iterable[bytes]) -> Callable[[], None]:
        """The same keys under another PIN, with the same card or stick; nothing where they hold none.

        Keeps nothing yet: what is given does, quickly, in one action with the account's own PIN.
        """
        key = self._key_of(account)
        if key is None:
            return lambda: None
        for token in tokens if key.token else (b"",):
            if (pair := opened(key, old, token)) is not None:
                made = made_for(account, new, token, self._stretch)[0]
                shares = self._shares(self._opened(account, pair), account, made.public)
                return partial(self._book.keep_keys, shares, [made])
        raise KeysRefused(Refusal.WRONG)

    def close(self) -> None:
        """Whoever opened them has left."""
        self._book.keyring.take_back()

    def admit(self, member: Member) -> None:
        """One more holder, or one with a new PIN; somebody who holds the keys has opened them here."""
        key = self._made(member)
        self._book.keep_keys(self._shares(self._all_open(), key.account, key.public), [key])

    def dismiss(self, account: str) -> None:
        """Somebody leaves: they open nothing that comes from now on.

        What was sealed before they could have kept; a new pair is made for what comes.
        """
        others = [one for one in self._book.staff_keys() if one.account != account]
        if self.protected and not others and self._book.recovery_key() is None:
            raise KeysRefused(Refusal.LAST)
        with self._book.together():
            self._book.drop_staff_key(account)
            if self.protected:
                self.rotate()

    def rotate(self) -> None:
        """A new pair for what comes from now on; whoever holds the present one holds it, too."""
        if not self.protected:
            raise KeysRefused(Refusal.OPEN_YET)
        pair = new_pair()
        holders = {one.account: one.public for one in self._book.staff_keys()}
        recovery = self._book.recovery_key()
        if recovery is not None:
            holders[RECOVERY] = recovery
        if not holders:
            raise KeysRefused(Refusal.LAST)
        keys = {pair.id: pair.private}
        shares = [share for name, public in holders.items() for share in self._shares(keys, name, public)]
        self._book.keep_keys(shares, pair=pair)

    def new_recovery(self, hand_out: Callable[[str], None]) -> None:
        """A new recovery code, in the place of the one before; it is kept nowhere.

        `hand_out` prints it. Where that fails, the sheet in the safe stays good.
        """
        secret = os.urandom(BITS // 8)
        pair = pair_of(secret)
        shares = self._shares(self._all_open(), RECOVERY, pair.public)
        hand_out(code_of(secret))
        self._book.keep_recovery(pair.public, shares)

    def recover(self, code: str, member: Member) -> None:
        """Give the keys to this member with the code from the safe. Raises CodeFault, KeysRefused."""
        pair = pair_of(secret_of(code))
        if pair.public != self._book.recovery_key():
            raise KeysRefused(Refusal.WRONG)
        key = self._made(member)
        keys = self._opened(RECOVERY, pair)
        self._book.keep_keys(self._shares(keys, key.account, key.public), [key])

    def _key_of(self, account: str) -> StaffKey | None:
        return next((one for one in self._book.staff_keys() if one.account == account), None)

    def _made(self, member: Member) -> StaffKey:
        if not member.token and not self._pin_alone:
            raise KeysRefused(Refusal.PIN_ALONE)
        return made_for(member.account, member.pin, member.token, self._stretch)[0]

    def _all_open(self) -> Mapping[bytes, bytes]:
        if not self.protected:
            raise KeysRefused(Refusal.OPEN_YET)
        keys = self._book.keyring.centre
        if any(one.id not in keys for one in self._book.centre_keys()):
            raise KeysRefused(Refusal.CLOSED)
        return keys

    def _shares(self, keys: Mapping[bytes, bytes], holder: str, public: bytes) -> list[Share]:
        return [
            Share(one, holder, seal(private, [public], self._place(one, holder)))
            for one, private in keys.items()
        ]

    def _opened(self, holder: str, pair: Pair) -> dict[bytes, bytes]:
        ring = {key_id(pair.public): pair.private}
        try:
            return {
                one: unseal(sealed, ring, self._place(one, holder))
                for one, sealed in self._book.shares_of(holder).items()
            }
        except SealTrouble:
            raise KeysRefused(Refusal.WRONG) from None

    def _place(self, one: bytes, holder: str) -> Binding:
        return Binding("", f"key {one.hex()}", holder, "", self._book.centre())
