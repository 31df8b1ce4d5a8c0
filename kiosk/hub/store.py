"""The store of a centre in a hub: the same parts as on one box, over PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.chain import Noted
from kiosk.cases.numbers import Entropy
from kiosk.hub.aside import Aside
from kiosk.hub.glancing import Glancing
from kiosk.hub.handover_statements import LET_GO
from kiosk.hub.hub_statements import COUNT_SET_ASIDE, ERASE_AT_HUB
from kiosk.hub.postgres import PostgresEngine
from kiosk.hub.standing import Kiosks, hub_clock, kiosks
from kiosk.hub.steps import SchemaFault, standing, steps_in
from kiosk.hub.taking_again import TakingAgain
from kiosk.ports import Clock
from kiosk.security.centre_keys import Keyring
from kiosk.security.keys import site_key
from kiosk.store.connected import Connected
from kiosk.store.trouble import StoreTrouble, Trouble, mapped
from kiosk.store.upkeep_statements import ERASE_BESIDE, ERASE_PARCEL
from kiosk.store.verifying import Trusted, Verdict, verdict_of_books


class HubStore(Glancing, TakingAgain):
    """What a desk opens where its centre has a hub. Which centre it is follows from the role it comes as."""

    _erased_beside = (*(one for one in ERASE_BESIDE if one != ERASE_PARCEL), *ERASE_AT_HUB, LET_GO)

    def must_fit(self) -> None:
        """Raises StoreTrouble NEWER or BEHIND where this program and the hub do not go together."""
        with self._reading() as db:
            try:
                found = standing(cast("Any", db), steps_in())
            except SchemaFault:
                raise StoreTrouble(Trouble.NEWER, "another form") from None
        if not found.fits:
            raise StoreTrouble(Trouble.NEWER if found.too_old else Trouble.BEHIND, "form")

    def check(self) -> None:
        """Is the hub there, with this centre's tables? It keeps watch over its own files."""
        with self._reading() as db:
            db.execute("SELECT 1 FROM cases LIMIT 1")

    def set_aside(self) -> int:
        """How many parcels of kiosks could not be taken in, and wait for somebody to look at them."""
        with self._reading() as db:
            return int(db.execute(COUNT_SET_ASIDE, (Aside.TOO_LATE,)).fetchone()[0])

    def kiosks(self) -> Kiosks:
        """How each kiosk of this centre is."""
        with self._reading() as db:
            raw = cast("Any", db)
            return Kiosks(hub_clock(raw), kiosks(raw))

    def verify(self, trusted: Trusted, noted: Iterable[Noted] = (), since: datetime | None = None) -> Verdict:
        """The books; whether the files are sound the server sees by its own sums."""
        with self._reading() as db:
            return verdict_of_books(db, trusted, tuple(noted), since)

    def close(self) -> None:
        """End the session."""
        Connected.close(self)


def open_hub_store(
    address: str, state_dir: Path, *, clock: Clock, calendar: WorkCalendar, entropy: Entropy = os.urandom
) -> HubStore:
    """The centre's cases, as the role in `address` may see them. Raises StoreTrouble.

    `state_dir`: where this desk keeps the site's key, which names persons the same on every box of the
    centre, and its own key, which signs. The first desk of a new centre makes its first pair of keys.
    """
    with mapped():
        state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys = Keyring(site_key(state_dir))
    store = HubStore(PostgresEngine(address), clock, calendar, entropy, keys)
    try:
        store.must_fit()
        with mapped():
            store.take_up_keys(state_dir)
            store.begin_chain(state_dir)
    except BaseException:
        store.close()
        raise
    return store
