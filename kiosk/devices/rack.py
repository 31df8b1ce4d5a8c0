"""The devices of a kiosk together, from the first page of a sitting to its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Protocol

from kiosk.config import DeviceSettings
from kiosk.devices.events import DeviceEvent
from kiosk.devices.family import SERIAL_PROTOCOLS
from kiosk.devices.line import Order

PCSC = "pcsc"
ON_DEMAND = ("printer",)
"""Purposes whose devices are opened when they are needed, and watched by nobody."""


class Watched(Protocol):
    """A device with a thread of its own."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def order(self, order: Order) -> None: ...


class Rack:
    """Starts, stops and orders all that is watched. A scanner that types is a keyboard, not one of them."""

    def __init__(
        self, settings: Sequence[DeviceSettings], on_event: Callable[[DeviceSettings, DeviceEvent], None]
    ) -> None:
        """`on_event` is called on the devices' threads, each event with the device it comes from."""
        self._devices = [
            _watched(setting, lambda event, setting=setting: on_event(setting, event))  # type: ignore[misc]
            for setting in settings
            if setting.purpose not in ON_DEMAND and setting.protocol in (*SERIAL_PROTOCOLS, PCSC)
        ]

    def start(self) -> None:
        """Begin to watch; call once."""
        for device in self._devices:
            device.start()

    def stop(self) -> None:
        """Give all ports back, whichever of them fails to. Harmless when called again."""
        with ExitStack() as stack:
            for device in self._devices:
                stack.callback(device.stop)

    def order(self, order: Order) -> None:
        """All devices hear it; each does what it knows how to do."""
        for device in self._devices:
            device.order(order)


def _watched(setting: DeviceSettings, on_event: Callable[[DeviceEvent], None]) -> Watched:
    if setting.protocol == PCSC:
        from kiosk.devices.pcsc.reader import SocialCardReader

        return SocialCardReader(setting, on_event)
    from kiosk.devices.device import Device

    return Device(setting, on_event)
