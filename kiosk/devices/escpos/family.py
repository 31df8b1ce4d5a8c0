"""The parts of this protocol."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.devices.emulated import Emulated, Thing
from kiosk.devices.escpos.command import NUMBERED
from kiosk.devices.escpos.dialogue import PrinterDialogue
from kiosk.devices.escpos.framing import EscposFraming, HostFraming
from kiosk.devices.escpos.record import event_record
from kiosk.devices.family import Decoding, Family

SPEEDS = (9600, 115200, 38400, 19200)
SILENCE = 0.1


def _decoding(asked: str) -> EscposFraming:
    return EscposFraming(paper_answers=False, asked=(int(asked),) if asked else tuple(sorted(NUMBERED)))


def _emulated(behaviour: str) -> Emulated:
    from kiosk.devices.escpos.emulated import Behaviour, EmulatedPrinter

    return EmulatedPrinter(Behaviour(behaviour))


def _things(path: Path | None) -> Sequence[Thing]:
    from kiosk.devices.escpos.emulated import STATES
    from kiosk.devices.things import load_things

    return (
        load_things(path, "") if path else [Thing(name.replace("-", " "), name.encode()) for name in STATES]
    )


FAMILY = Family(
    protocol="escpos",
    speeds=SPEEDS,
    silence=SILENCE,
    framing=lambda setting: EscposFraming(),
    dialogue=lambda setting: PrinterDialogue(),
    decoding=Decoding(_decoding, lambda event, text: event_record(event), HostFraming),
    emulated=_emulated,
    things=_things,
)
