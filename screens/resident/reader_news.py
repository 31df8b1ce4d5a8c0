"""From what the reader tells to the move it means for the visit."""

from __future__ import annotations

from kiosk.flow.moves import CardLaid, CardLifted, Move, ReaderSays
from kiosk.identity.events import (
    CardFault,
    CardRead,
    CardRemoved,
    CardTrouble,
    NothingLies,
    ReaderEvent,
    ReaderReady,
    ReaderTrouble,
)


def move_for(event: ReaderEvent) -> Move:
    """A card with nothing sound on it is a card to be laid again."""
    match event:
        case CardRead(card=card):
            fields = card.fields()
            return CardLaid(fields) if fields else ReaderSays(CardFault.BAD_READ)
        case CardRemoved() | NothingLies():
            return CardLifted()
        case CardTrouble(kind=fault) | ReaderTrouble(kind=fault):
            return ReaderSays(fault)
        case ReaderReady():
            return ReaderSays("")
