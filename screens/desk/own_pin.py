"""A new PIN for whoever has just shown the old one: drawn, and kept nowhere."""

from __future__ import annotations

from kiosk.cases.states import Actor
from kiosk.security.accounts import Accounts
from kiosk.security.custody import Custody
from kiosk.security.stick import tokens
from kiosk.store import Store
from screens.desk.counter import Counter


def renewed(counter: Counter, store: Store, actor: Actor, old: str) -> str:
    """The new PIN; keys that they hold go along. Raises KeysRefused where their stick is away."""
    custody, sticks = Custody(store), tuple(tokens(counter.key_stick))
    accounts = Accounts(store, counter.clock)
    return accounts.new_own_pin(actor, lambda new: custody.new_pin(actor.name, old, new, sticks))
