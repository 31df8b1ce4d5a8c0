"""The parts of this protocol."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.devices.emulated import Emulated, Thing
from kiosk.devices.family import Decoding, Family
from kiosk.devices.scanner.dialogue import ScannerDialogue
from kiosk.devices.scanner.framing import NEWLINE, TAB, ScannerFraming
from kiosk.devices.scanner.record import event_record

if TYPE_CHECKING:
    from kiosk.config import DeviceSettings


def _framing(setting: DeviceSettings) -> ScannerFraming:
    return ScannerFraming(TAB if setting.ends == "tab" else NEWLINE)


def _dialogue(setting: DeviceSettings) -> ScannerDialogue:
    return ScannerDialogue(triggered=setting.trigger == "gm65")


def _emulated(behaviour: str) -> Emulated:
    from kiosk.devices.scanner.emulated import Behaviour, EmulatedScanner

    return EmulatedScanner(Behaviour(behaviour))


def _things(path: Path | None) -> Sequence[Thing]:
    from kiosk.devices.things import load_things

    return load_things(path, "codes")


FAMILY = Family(
    protocol="scanner",
    speeds=(9600, 115200, 57600, 38400, 19200),
    silence=0.15,
    framing=_framing,
    dialogue=_dialogue,
    decoding=Decoding(
        lambda terminators: ScannerFraming(bytes.fromhex(terminators) or NEWLINE),
        lambda event, text: event_record(event),
    ),
    emulated=_emulated,
    things=_things,
)
