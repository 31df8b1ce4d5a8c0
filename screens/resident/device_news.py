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
    MemberCardRead,
    MemberCardRemoved,
    MemberCardUnfit,
    NothingLies,
    SocialCardRead,
    SocialCardRemoved,
    SocialCardTrouble,
)
from kiosk.flow.moves import CardLaid, CardLifted, MemberLaid, Move, ReaderSays, Remark, Scanned
from kiosk.flow.proof import BY, SOCIAL_CARD
from kiosk.flow.source import Slot
from kiosk.identity.social_card import SocialCard

_SLOTS = {"identity_card": Slot.IDENTITY, "member_card": Slot.MEMBER, "social_card": Slot.SOCIAL}
"""Where the cards of a device lie, by its purpose."""


def move_for(purpose: str, event: DeviceEvent) -> Move | None:
    """What it means for the visit; None is nothing.

    A card with nothing sound on it is a card to be laid again. Of devices that are away, the person hears
    only of the one that reads identity cards.
    """
    match event:
        case CardRead(card=card):
            fields = card.fields()
            return CardLaid(fields) if fields else ReaderSays(CardFault.BAD_READ)
        case CardRemoved() | NothingLies() | MemberCardRemoved() | SocialCardRemoved():
            return CardLifted(_SLOTS.get(purpose, Slot.NONE))
        case MemberCardRead(number=number):
            return MemberLaid(number)
        case MemberCardUnfit():
            return Remark("card.member_unfit")
        case SocialCardRead(card=social):
            return _social(social)
        case CardTrouble(kind=key) | SocialCardTrouble(kind=key):
            return ReaderSays(key)
        case CodeScanned() | CodeUnreadable():
            return Scanned(event.text if isinstance(event, CodeScanned) else "")
        case DeviceTrouble() if purpose in _SLOTS and purpose != "identity_card":
            # What lay there cannot be seen any more, and must not keep anybody waiting.
            return CardLifted(_SLOTS[purpose])
        case DeviceTrouble() | DeviceReady() if purpose != "identity_card":
            return None
        case DeviceTrouble(kind=fault):
            return ReaderSays(f"card.reader_{fault}")
        case DeviceReady():
            return ReaderSays("")
    return None


def _social(card: SocialCard) -> Move:
    """What is open on its chip is filled in as a claim; a number alone names nobody."""
    fields = card.fields()
    return CardLaid({**fields, BY: SOCIAL_CARD}) if fields else ReaderSays("card.social_empty")
