"""Messages to telephones go out beside the work of the desk, one at a time, while staff hold the keys."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from kiosk.security.signing_in import Keys
from kiosk.store import StoreTrouble
from screens.desk.counter import Counter

SEND_EVERY = 20.0
"""Seconds between two looks whether a message is due."""


async def send_next(counter: Counter) -> None:
    """The next message that is due. Trouble with the store is told by the page in front, at its own look."""
    messenger = counter.messenger
    if messenger is None or counter.actor is None or counter.keys is Keys.CLOSED:
        return
    with suppress(StoreTrouble):
        found = await counter.records.do(messenger.take)
        if found is None:
            return
        outgoing, message = found
        taken = await asyncio.to_thread(messenger.send, message) if message else None
        await counter.records.do(lambda store: messenger.note(store, outgoing, taken))
