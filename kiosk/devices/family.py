"""What is the same about a kind of device whichever box it comes in: its parts, by protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.devices.line import Dialogue, Framing

if TYPE_CHECKING:
    from kiosk.config import DeviceSettings
    from kiosk.devices.emulated import Emulated, Thing

SERIAL_PROTOCOLS = ("sdt", "pn532", "rdm6300", "scanner", "escpos")


@dataclass(frozen=True, slots=True)
class Decoding:
    """How `kiosk reader decode` shows a stream of this protocol."""

    framing: Callable[[str], Framing]
    """Made from what the command was told of the stream: of a scanner the terminators as hex ("09"), of a
    printer the question that was asked ("1" to "4"). Empty: the usual terminators; the bytes of a printer
    do not say which question they answer, so each is told as an answer to every one of the four.
    """
    record: Callable[[Any, bool], dict[str, object]]
    """One event as a plain record with its `type`, a `Problem` too; with a person's texts only where the
    second argument asks for them."""
    requests: Callable[[], Framing] | None = None
    """The host's side of the line (`--requests`), its events told by `record` as well; None where the
    framing above tells both sides."""


@dataclass(frozen=True, slots=True)
class Family:
    """The parts of one protocol. `family.FAMILY` in each protocol's folder."""

    protocol: str
    speeds: tuple[int, ...]
    """Speeds that such devices are set to; the usual one first."""
    silence: float
    """Seconds between two bytes after which what was begun is complete, or given up."""
    framing: Callable[[DeviceSettings], Framing]
    dialogue: Callable[[DeviceSettings], Dialogue]
    decoding: Decoding
    emulated: Callable[[str], Emulated]
    """An emulated device, from the behaviour asked for ("a", "b", "c"; most know only "a")."""
    things: Callable[[Path | None], Sequence[Thing]]
    """What can be laid on the emulated one: a file's things, without one those that are shipped.

    Raises OSError, ValueError.
    """
    answers: bool = False
    """It answers when a dialogue starts, so that its speed can be found by asking at each in turn."""


def family(protocol: str) -> Family:
    """The family of a protocol of SERIAL_PROTOCOLS; loads only that one. Raises KeyError."""
    if protocol not in SERIAL_PROTOCOLS:
        raise KeyError(protocol)
    found: Family = import_module(f"kiosk.devices.{protocol}.family").FAMILY
    return found
