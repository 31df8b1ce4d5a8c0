"""What each event of a device means for the visit, and that nothing else is told of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.devices.events import (
    CardFault,
    CardRead,
    CardRemoved,
    CardTrouble,
    DeviceEvent,
    DeviceFault,
    DeviceReady,
    DeviceTrouble,
    MemberCardRead,
    MemberCardRemoved,
    MemberCardUnfit,
    NothingLies,
    Paper,
    PrinterState,
    SocialCardRead,
    SocialCardRemoved,
    SocialCardTrouble,
)
from kiosk.devices.pcsc.reading import SocialCardFault
from kiosk.flow.moves import CardLaid, CardLifted, MemberLaid, Move, ReaderSays, Remark
from kiosk.flow.source import Slot
from kiosk.identity.card import Card, CardWarning
from kiosk.identity.content import parse_text
from kiosk.identity.people import load_people
from kiosk.identity.social_card import SocialCard
from screens.resident.device_news import move_for

ZHANG = load_people()[0]
CARD = parse_text(ZHANG.text_block())
TEXTS = load_catalogue("resident")


def fields(card: Card) -> dict[str, str]:
    move = move_for("identity_card", CardRead(card))
    assert isinstance(move, CardLaid)
    return dict(move.fields)


def test_an_identity_card_says_who_it_is_and_how_long_it_holds() -> None:
    import datetime

    said = fields(replace(CARD, valid_to=datetime.date(2031, 5, 1)))
    assert said["name"] == ZHANG.name and said["id_number"] == ZHANG.number
    assert said["valid_to"] == "2031-05-01"
    assert "by" not in said
    assert "valid_to" not in fields(replace(CARD, valid_to=None, valid_forever=True))


def test_a_card_whose_days_cannot_be_right_names_none() -> None:
    import datetime

    odd = replace(CARD, valid_to=datetime.date(1900, 1, 1), warnings=(CardWarning.VALIDITY,))
    assert "valid_to" not in fields(odd)


@pytest.mark.parametrize("odd", [CardWarning.NUMBER_CHECK, CardWarning.NUMBER_BIRTH, CardWarning.BIRTH])
def test_a_card_that_does_not_prove_itself_is_laid_again(odd: CardWarning) -> None:
    """It fills in nothing."""
    assert move_for("identity_card", CardRead(replace(CARD, warnings=(odd,)))) == ReaderSays("card.bad_read")


SOCIAL = SocialCard("A12345678", "张桂芳", ZHANG.number)


def test_a_social_card_is_a_card_that_says_what_it_is() -> None:
    move = move_for("social_card", SocialCardRead(SOCIAL))
    assert isinstance(move, CardLaid)
    assert move.fields["by"] == "social_card" and move.fields["name"] == "张桂芳"
    assert "A12345678" not in move.fields.values()
    nameless = move_for("social_card", SocialCardRead(SocialCard("A12345678")))
    assert nameless == ReaderSays("card.social_empty")


MEANINGS: tuple[tuple[str, DeviceEvent, Move | None], ...] = (
    ("identity_card", CardRemoved(), CardLifted(Slot.IDENTITY)),
    ("identity_card", NothingLies(), CardLifted(Slot.IDENTITY)),
    ("identity_card", CardTrouble(CardFault.HOLD_STILL), ReaderSays("card.hold_still")),
    ("identity_card", DeviceTrouble(DeviceFault.BUSY), ReaderSays("card.reader_busy")),
    ("identity_card", DeviceReady("x"), ReaderSays("")),
    ("member_card", MemberCardRead("04A1"), MemberLaid("04A1")),
    ("member_card", MemberCardRemoved(), CardLifted(Slot.MEMBER)),
    ("member_card", NothingLies(), CardLifted(Slot.MEMBER)),
    ("member_card", MemberCardUnfit(), Remark("card.member_unfit")),
    ("member_card", DeviceTrouble(DeviceFault.MISSING), CardLifted(Slot.MEMBER)),
    ("member_card", DeviceReady("x"), None),
    ("social_card", SocialCardRemoved(), CardLifted(Slot.SOCIAL)),
    ("social_card", NothingLies(), CardLifted(Slot.SOCIAL)),
    ("social_card", DeviceTrouble(DeviceFault.NOT_INSTALLED), CardLifted(Slot.SOCIAL)),
    ("social_card", DeviceReady("x"), None),
    ("code", DeviceTrouble(DeviceFault.MISSING), None),
    ("code", DeviceReady("x"), None),
    ("printer", PrinterState(paper=Paper.OUT), None),
    *(("social_card", SocialCardTrouble(kind), ReaderSays(kind)) for kind in SocialCardFault),
)


@pytest.mark.parametrize(("purpose", "event", "move"), MEANINGS, ids=str)
def test_each_event_means_one_thing(purpose: str, event: DeviceEvent, move: Move | None) -> None:
    """What lay on a reader that has gone away cannot keep anybody waiting."""
    assert move_for(purpose, event) == move


def test_whatever_is_said_of_a_card_has_its_words() -> None:
    keys = [move.key for _, _, move in MEANINGS if isinstance(move, ReaderSays | Remark) and move.key]
    keys += [f"card.reader_{fault}" for fault in DeviceFault]
    assert [key for key in (*keys, *CardFault, "card.social_empty") if key not in TEXTS] == []
