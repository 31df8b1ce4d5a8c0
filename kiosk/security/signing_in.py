"""Signing in at the desk: the PIN says who it is, PIN and stick open what they may read."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from kiosk.security.accounts import Accounts, SignIn
from kiosk.security.custody import Custody, KeysRefused


class Keys(StrEnum):
    """How it is with the centre's keys where somebody has signed in."""

    OPEN = "open"
    LYING = "lying"
    """They lie on the box: everybody who has it can read everything."""
    CLOSED = "closed"
    """This account has none, or its card or stick is not in."""


def sign_in(
    accounts: Accounts, custody: Custody, name: str, pin: str, tokens: Iterable[bytes]
) -> tuple[SignIn, Keys]:
    """Try a PIN; where it is right, open the keys of this account in this process."""
    custody.close()
    tried = accounts.sign_in(name, pin)
    if not custody.protected:
        return tried, Keys.LYING
    if tried.actor is None:
        return tried, Keys.CLOSED
    try:
        custody.open_with(name, pin, tokens)
    except KeysRefused:
        return tried, Keys.CLOSED
    return tried, Keys.OPEN
