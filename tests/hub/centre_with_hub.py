"""A centre in a hub: its kiosks, each with a store of its own and a courier, and its desk."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.hub.direct import DirectLink, Entry, entering
from kiosk.hub.sending import Courier
from kiosk.hub.store import HubStore, open_hub_store
from kiosk.store import Store, open_store
from tests.hub.hubs import Hub
from tests.store.people import HandClock, shipped_calendar


@dataclass
class KioskOfCentre:
    store: Store
    courier: Courier
    clock: HandClock

    def exchange(self) -> None:
        """What waits goes, what lies there comes."""
        self.courier.round()


@dataclass
class CentreWithHub:
    """`name` is the centre's; a kiosk's begins with it."""

    hub: Hub
    folder: Path
    clock: HandClock
    name: str
    closing: ExitStack
    address: str = field(init=False)

    def __post_init__(self) -> None:
        self.address = self.hub.centre(self.name)

    def desk(self, number: int = 1) -> HubStore:
        """Another desk of the centre, on another machine; the first one has the centre's keys."""
        folder = self.folder / f"{self.name} desk {number}"
        opened = open_hub_store(self.address, folder, clock=self.clock, calendar=shipped_calendar())
        self.closing.callback(opened.close)
        return opened

    def kiosk(self, number: int = 1, clock: HandClock | None = None) -> KioskOfCentre:
        """Knows the centre's key; has sent nothing yet."""
        name, clock = f"{self.name}_{number}", clock or self.clock
        link = DirectLink(entering(Entry(self.hub.kiosk(name, self.name))))
        store = open_store(self.folder / name, clock=clock, calendar=shipped_calendar())
        store.send_to_hub()
        self.closing.callback(store.close)
        self.closing.callback(link.close)
        made = KioskOfCentre(store, Courier(store, link, clock), clock)
        made.exchange()
        return made
