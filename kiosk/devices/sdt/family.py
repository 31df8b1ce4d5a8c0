"""The parts of this protocol."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.devices.emulated import Emulated, Thing
from kiosk.devices.family import Decoding, Family
from kiosk.devices.sdt.dialogue import USUAL_BAUD, SdtDialogue
from kiosk.devices.sdt.framing import SdtFraming
from kiosk.devices.sdt.record import event_record
from kiosk.devices.sdt.requests import RequestFraming


def _emulated(behaviour: str) -> Emulated:
    from kiosk.devices.sdt.emulated import Behaviour, EmulatedModule

    return EmulatedModule(Behaviour(behaviour))


def _things(path: Path | None) -> Sequence[Thing]:
    from kiosk.identity.people import load_people

    return [Thing(f"{person.label}  {person.birth}", person.memory()) for person in load_people(path)]


FAMILY = Family(
    protocol="sdt",
    speeds=(115200, 57600, 38400, 19200, 9600),
    silence=0.25,
    framing=lambda setting: SdtFraming(),
    dialogue=lambda setting: SdtDialogue(setting.baud or USUAL_BAUD),
    decoding=Decoding(
        framing=lambda told: SdtFraming(),
        record=lambda event, text: event_record(event, text=text),
        requests=RequestFraming,
    ),
    emulated=_emulated,
    things=_things,
    answers=True,
)
