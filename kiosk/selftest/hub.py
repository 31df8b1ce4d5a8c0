"""Does the hub answer, does it let us in, and how much waits for it? Nothing is sent."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from kiosk.cases.calendar import WorkCalendar
from kiosk.config import Hub
from kiosk.hub.link import Fault, LinkTrouble
from kiosk.ports import Clock
from kiosk.security.keys import KeyTrouble
from kiosk.selftest.finding import Finding, State, finding
from kiosk.selftest.sealed import who_holds
from kiosk.store import StoreTrouble, Trouble, open_store
from kiosk.store.parcels import Waiting

_STATES = {Fault.AWAY: State.LOOK, Fault.REFUSED: State.BAD, Fault.STRANGE: State.BAD}
"""While it is away everything goes on, and waits; the other two somebody has to mend."""
_IN_TIME = timedelta(days=30)
"""Whoever carries a request to the authority and back needs some weeks."""
_OTHER_VERSION = frozenset({Trouble.NEWER, Trouble.BEHIND})


def hub(settings: Hub, folder: Path, clock: Clock, calendar: WorkCalendar, *, encrypt: bool) -> list[Finding]:
    """Nothing where this box stands alone."""
    if not settings.there:
        return []
    if settings.of_a_desk:
        return _desk(settings, folder, clock, calendar)
    waiting = _waiting(folder, clock, calendar, encrypt=encrypt)
    if waiting is None:
        # the store's own line says what is wrong with it
        return []
    found = [_way(settings, waiting), *_certificate(settings, clock)]
    if waiting.set_aside:
        found.append(finding("hub", State.LOOK, "hub.set_aside", count=waiting.set_aside))
    return found


def _desk(settings: Hub, folder: Path, clock: Clock, calendar: WorkCalendar) -> list[Finding]:
    from kiosk.hub.opening import desk_address
    from kiosk.hub.store import open_hub_store

    try:
        store = open_hub_store(desk_address(settings), folder, clock=clock, calendar=calendar)
    except StoreTrouble as trouble:
        told = f"keeping.{trouble.kind}" if trouble.kind in _OTHER_VERSION else "hub.desk_away"
        return [finding("hub", State.BAD, told)]
    except (KeyTrouble, OSError):
        return [finding("hub", State.BAD, "hub.desk_away")]
    try:
        store.check()
        found = [finding("hub", State.GOOD, "hub.desk_good")]
        if count := store.set_aside():
            found.append(finding("hub", State.LOOK, "hub.desk_set_aside", count=count))
        return [*found, *who_holds(store)]
    except StoreTrouble:
        return [finding("hub", State.BAD, "hub.desk_away")]
    finally:
        store.close()


def _way(settings: Hub, waiting: Waiting) -> Finding:
    from kiosk.hub.opening import open_link

    try:
        link = open_link(settings)
    except (LinkTrouble, OSError):
        return finding("hub", State.BAD, "hub.papers")
    try:
        key = link.key()
    except LinkTrouble as trouble:
        return finding("hub", _STATES[trouble.fault], f"hub.{trouble.fault}", count=waiting.parcels)
    finally:
        link.close()
    if key is None or not key.protected:
        return finding("hub", State.BAD, "hub.no_key")
    return finding("hub", State.GOOD, "hub.good", count=waiting.parcels)


def _certificate(settings: Hub, clock: Clock) -> list[Finding]:
    """Where it ends soon: from that day on nothing goes there, and nothing comes back."""
    from kiosk.hub.certificates import ends_at

    if not settings.certificate:
        return []
    try:
        ends = ends_at(Path(settings.certificate).read_bytes())
    except (OSError, ValueError):
        # the way's own line says so
        return []
    if ends - clock.now() > _IN_TIME:
        return []
    return [finding("hub", State.LOOK, "hub.ends", day=ends.date().isoformat())]


def _waiting(folder: Path, clock: Clock, calendar: WorkCalendar, *, encrypt: bool) -> Waiting | None:
    try:
        store = open_store(folder, clock=clock, calendar=calendar, encrypt=encrypt)
    except (StoreTrouble, OSError):
        return None
    try:
        return store.waiting_for_hub()
    except StoreTrouble:
        return None
    finally:
        store.close()
