"""The shipped table of USB serial adapters."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kiosk.paths import data_file


@dataclass(frozen=True, slots=True)
class Adapter:
    """A chip between USB and a serial line, or a device that looks like one."""

    usb: str
    """Vendor "1a86", or vendor and product "1a86:7523"."""
    name: str
    port: bool = True
    """False for a reader whose USB plug never becomes a serial port."""


@cache
def load_adapters() -> tuple[Adapter, ...]:
    """The shipped ones, the most precise first."""
    table = tomllib.loads(data_file("devices/adapters.toml").read_text(encoding="utf-8"))
    return tuple(sorted((Adapter(**row) for row in table["adapter"]), key=lambda one: -len(one.usb)))


def adapter_of(usb: str, adapters: Sequence[Adapter]) -> Adapter | None:
    """The one with this id ("1a86:7523"), or None."""
    return next((one for one in adapters if usb == one.usb or usb.startswith(f"{one.usb}:")), None)
