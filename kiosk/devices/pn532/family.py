"""The parts of this protocol."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.devices.emulated import Emulated, Thing
from kiosk.devices.family import Decoding, Family
from kiosk.devices.pn532.content import UID_LENGTHS
from kiosk.devices.pn532.dialogue import Pn532Dialogue
from kiosk.devices.pn532.framing import Pn532Framing
from kiosk.devices.pn532.record import event_record


def _emulated(behaviour: str) -> Emulated:
    from kiosk.devices.pn532.emulated import EmulatedPn532

    return EmulatedPn532()


def _things(path: Path | None) -> Sequence[Thing]:
    from kiosk.devices.things import load_things

    things = load_things(path, "tags", "pn532")
    for thing in things:
        if len(thing.content) not in UID_LENGTHS:
            raise ValueError(f"{thing.label}: a UID has 4, 7 or 10 bytes, given as hex")
    return things


FAMILY = Family(
    protocol="pn532",
    speeds=(115200,),
    silence=0.1,
    framing=lambda setting: Pn532Framing(),
    dialogue=lambda setting: Pn532Dialogue(),
    decoding=Decoding(lambda terminators: Pn532Framing(), lambda event, text: event_record(event)),
    emulated=_emulated,
    things=_things,
    answers=True,
)
