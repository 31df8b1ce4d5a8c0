"""From what a device tells to the move it means for the visit."""

from __future__ import annotations

from kiosk.devices.events import (
    CardFault,
    CardRead,
    CardRemoved,
    CardTrouble,
    CodeScanned,
    CodeUnreadable,
    DeviceEvent,
    DeviceReady,
    DeviceTrouble,
    NothingLies,
)
from kiosk.flow.moves import CardLaid, CardLifted, Move, ReaderSays, Scanned


def move_for(purpose: str, event: DeviceEvent) -> Move | None:
    """What it means for the visit; None is nothing.

    A card with nothing sound on it is a card to be laid again. Of devices that are away, the person hears
    only of the one that reads identity cards.
    """
    match event:
        case CardRead(card=card):
            fields = card.fields()
            return CardLaid(fields) if fields else ReaderSays(CardFault.BAD_READ)
        case CardRemoved() | NothingLies():
            return CardLifted()
        case CardTrouble(kind=fault):
            return ReaderSays(fault)
        case CodeScanned() | CodeUnreadable():
            return Scanned(event.text if isinstance(event, CodeScanned) else "")
        case DeviceTrouble() | DeviceReady() if purpose != "identity_card":
            return None
        case DeviceTrouble(kind=fault):
            return ReaderSays(f"card.reader_{fault}")
        case DeviceReady():
            return ReaderSays("")
    return None
