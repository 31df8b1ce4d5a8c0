"""What the resident's app is given from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kiosk.flow.page import Page
from kiosk.ports import Caption, Hearing, Listener, Speaker
from kiosk.text import Catalogue
from screens.resident.visit_thread import Visit

if TYPE_CHECKING:
    from kiosk.config import DeviceSettings, Settings
    from kiosk.devices.events import DeviceEvent
    from kiosk.devices.line import Order
    from kiosk.watchdog import Watchdog
    from screens.resident.type_sizes import Sizes


class Devices(Protocol):
    """Card readers and scanners, as the app needs them."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def order(self, order: Order) -> None: ...


class CardTable(Protocol):
    """Fictional people's cards beside an emulated reader."""

    @property
    def names(self) -> Sequence[str]: ...
    def lay(self, number: int) -> None: ...
    def lift(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Fittings:
    """Texts, settings, and how to make what a sitting needs."""

    texts: Catalogue
    settings: Settings
    first_page: Page
    """The page at rest, shown before the visit is open."""
    open_visit: Callable[[], Visit]
    make_speaker: Callable[[Callable[[Caption], None], Callable[[], None]], Speaker]
    make_devices: Callable[[Callable[[DeviceSettings, DeviceEvent], None]], Devices]
    cards: CardTable | None = None
    """Fictional cards to lay on an emulated reader, in demo mode only."""
    make_listener: Callable[[Callable[[Hearing], None]], Listener] | None = None
    """None where nobody is listened to."""
    sizes: Sizes | None = None
    """None where the terminal is not ours, and its grid is taken as it comes."""
    watchdog: Watchdog | None = None
    """None where nobody watches whether the loop turns."""
