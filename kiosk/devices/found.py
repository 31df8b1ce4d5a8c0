"""What can be said of the ports that were found: what each is, its lasting name, whether it can be used.

Pure: `kiosk.devices.sysfs` finds, the command prints.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.config import DeviceSettings
from kiosk.devices.adapters import Adapter, adapter_of
from kiosk.devices.events import DeviceFault
from kiosk.devices.family import SERIAL_PROTOCOLS


@dataclass(frozen=True, slots=True)
class Holder:
    """A program that has a port open."""

    pid: int
    name: str
    """Empty where this account may not know."""


@dataclass(frozen=True, slots=True)
class FoundPort:
    """A serial port of this machine, as Linux tells of it."""

    path: str
    """The name of now, "/dev/ttyUSB0"."""
    by_id: tuple[str, ...] = ()
    by_path: tuple[str, ...] = ()
    usb: str = ""
    """Vendor and product, "1a86:7523"; empty where it is not a USB device."""
    serial: str = ""
    product: str = ""
    """What a USB device says of itself."""
    permitted: bool = True
    """This account may read and write it."""
    group: str = ""
    """Whose members may; empty where a group would not help."""
    holders: tuple[Holder, ...] = ()
    modem_ignored: bool = False
    """ModemManager was told to leave it alone."""
    braille: bool = False
    """The rules of this machine give it to brltty, as they would a braille display."""


@dataclass(frozen=True, slots=True)
class FoundUsb:
    """A USB device without a serial port."""

    usb: str
    product: str = ""
    taken: bool = False
    """A program, not a driver of the system, has taken it."""


@dataclass(frozen=True, slots=True)
class Found:
    """All that bears on serial ports."""

    ports: tuple[FoundPort, ...] = ()
    bare: tuple[FoundUsb, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Of the paths asked for, where they lead to; one that is not there is missing here."""
    running: frozenset[str] = frozenset()
    """Of the programs that are known to meddle, those that run."""


BRLTTY = "brltty"
MODEM_MANAGER = "ModemManager"
MEDDLERS = (BRLTTY, MODEM_MANAGER)


class Use(StrEnum):
    """Whether a port can be used now. Parts of catalogue keys."""

    FINE = "fine"
    NOT_PERMITTED = DeviceFault.NOT_PERMITTED.value
    BUSY = DeviceFault.BUSY.value
    MISSING = DeviceFault.MISSING.value
    """It is set and not there."""
    NO_PORT = "no_port"
    """It is no serial port at all."""
    NO_DRIVER = "no_driver"
    """An adapter is plugged in, and the system makes no port of it."""
    TAKEN = "taken"
    """brltty has taken the adapter: the port is gone."""


class Remark(StrEnum):
    """What staff should know besides. Parts of catalogue keys."""

    BRLTTY = "brltty"
    MODEM_MANAGER = "modem_manager"
    TWINS = "twins"
    """Another one has the same by-id name: only by-path tells them apart."""
    NAME_CHANGES = "name_changes"
    """It is set by a name that may be another's after the next plugging in."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One port, adapter or set path, explained."""

    path: str
    """Empty for an adapter without a port."""
    use: Use
    put: str = ""
    """The name to put into `kiosk.toml`."""
    adapter: str = ""
    usb: str = ""
    product: str = ""
    group: str = ""
    holders: tuple[Holder, ...] = ()
    purposes: tuple[str, ...] = ()
    """What it is set for."""
    remarks: tuple[Remark, ...] = ()


def explained(found: Found, settings: Sequence[DeviceSettings], adapters: Sequence[Adapter]) -> list[Entry]:
    """Every port, every adapter without one, every path that is set and leads to neither."""
    wired = [one for one in settings if one.port and one.protocol in SERIAL_PROTOCOLS]
    entries = [_port(port, found, wired, adapters) for port in found.ports]
    bare = [_bare(device, found, adapters) for device in found.bare]
    here = {port.path for port in found.ports}
    lost = dict.fromkeys(one.port for one in wired if found.names.get(one.port) not in here)
    return [*entries, *(entry for entry in bare if entry), *(_lost(path, found, wired) for path in lost)]


def _port(
    port: FoundPort, found: Found, wired: Sequence[DeviceSettings], adapters: Sequence[Adapter]
) -> Entry:
    known = adapter_of(port.usb, adapters)
    use = Use.BUSY if port.holders else Use.FINE if port.permitted else Use.NOT_PERMITTED
    mine = [one for one in wired if found.names.get(one.port) == port.path]
    put, twins = lasting_name(port, found.ports), bool(_twins(port, found.ports))
    passing = {port.path, *(port.by_id if twins else ())} - {put}
    remarks = {
        Remark.TWINS: twins,
        Remark.NAME_CHANGES: any(one.port in passing for one in mine),
        Remark.BRLTTY: port.braille,
        Remark.MODEM_MANAGER: "/ttyACM" in port.path
        and MODEM_MANAGER in found.running
        and not port.modem_ignored,
    }
    return Entry(
        path=port.path,
        use=use,
        put=put,
        adapter=known.name if known else "",
        usb=port.usb,
        product=port.product,
        group=port.group,
        holders=port.holders,
        purposes=tuple(one.purpose for one in mine),
        remarks=tuple(remark for remark, holds in remarks.items() if holds),
    )


def _bare(device: FoundUsb, found: Found, adapters: Sequence[Adapter]) -> Entry | None:
    """An adapter without a port; nothing of mice and sticks."""
    known = adapter_of(device.usb, adapters)
    if known is None:
        return None
    took = device.taken and BRLTTY in found.running
    use = Use.NO_PORT if not known.port else Use.TAKEN if took else Use.NO_DRIVER
    return Entry("", use, adapter=known.name, usb=device.usb, product=device.product)


def _lost(path: str, found: Found, wired: Sequence[DeviceSettings]) -> Entry:
    purposes = tuple(one.purpose for one in wired if one.port == path)
    return Entry(path, Use.NO_PORT if path in found.names else Use.MISSING, purposes=purposes)


def lasting_name(port: FoundPort, ports: Sequence[FoundPort]) -> str:
    """The name that stays when plugs move or the machine starts anew; where there is none, the one of now.

    A name by id follows the device to any socket. Adapters without a serial number share one: those are
    told apart by the socket they are in.
    """
    names = port.by_path if _twins(port, ports) else port.by_id or port.by_path
    return min(names, key=lambda name: (len(name), name), default=port.path)


def _twins(port: FoundPort, ports: Sequence[FoundPort]) -> list[FoundPort]:
    """Others that the same name by id could mean."""
    return [
        other
        for other in ports
        if other is not port and port.usb and (other.usb, other.serial) == (port.usb, port.serial)
    ]
