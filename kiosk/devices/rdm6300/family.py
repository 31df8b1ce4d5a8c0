"""The parts of this protocol."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.devices.emulated import Emulated, Thing
from kiosk.devices.family import Decoding, Family
from kiosk.devices.rdm6300.dialogue import Rdm6300Dialogue
from kiosk.devices.rdm6300.framing import Rdm6300Framing, enclose
from kiosk.devices.rdm6300.record import event_record


def _emulated(behaviour: str) -> Emulated:
    from kiosk.devices.rdm6300.emulated import EmulatedRdm6300

    return EmulatedRdm6300()


def _things(path: Path | None) -> Sequence[Thing]:
    from kiosk.devices.things import load_things

    things = load_things(path, "tags", "rdm6300")
    for thing in things:
        try:
            enclose(thing.content)
        except ValueError:
            raise ValueError(f"{thing.label}: a tag has ten hex digits, given as content") from None
    return things


FAMILY = Family(
    protocol="rdm6300",
    speeds=(9600,),
    silence=0.1,
    framing=lambda setting: Rdm6300Framing(),
    dialogue=lambda setting: Rdm6300Dialogue(),
    decoding=Decoding(lambda terminators: Rdm6300Framing(), lambda event, text: event_record(event)),
    emulated=_emulated,
    things=_things,
)
