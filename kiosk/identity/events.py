"""What the application is told about reader and card. Values are catalogue keys: no words here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.identity.card import Card


class CardFault(StrEnum):
    """What is wrong with the card that lies there, by what the person can do about it."""

    HOLD_STILL = "card.hold_still"
    """It could not be read to the end: lay it flat and leave it."""
    BAD_READ = "card.bad_read"
    """It was read, but what was read does not agree with itself: lay it down again."""
    NOT_AN_ID_CARD = "card.not_an_id_card"


class ReaderFault(StrEnum):
    """Why no card can be read now, by what staff can do about it."""

    MISSING = "card.reader_missing"
    BUSY = "card.reader_busy"
    """Another program holds the port."""
    NOT_PERMITTED = "card.reader_not_permitted"
    SILENT = "card.reader_silent"
    """The port is there, the module does not answer."""
    OUT_OF_ORDER = "card.reader_out_of_order"
    """The module answers that it cannot work."""


@dataclass(frozen=True, slots=True)
class ReaderReady:
    """Cards can be read. `name` is the module's number, empty if it has none."""

    name: str


@dataclass(frozen=True, slots=True)
class CardRead:
    """A card was laid down and read: once a visit, however long it lies there."""

    card: Card


@dataclass(frozen=True, slots=True)
class NothingLies:
    """Told once after ReaderReady, where no card lies there: one that lay there before is gone."""


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """The card of the last CardRead or CardTrouble is gone, surely and for at least a second."""


@dataclass(frozen=True, slots=True)
class CardTrouble:
    """A card lies there and cannot be used. Reading goes on; the same fault is told again after a while."""

    kind: CardFault


@dataclass(frozen=True, slots=True)
class ReaderTrouble:
    """No card can be read until the next ReaderReady."""

    kind: ReaderFault


ReaderEvent = ReaderReady | NothingLies | CardRead | CardRemoved | CardTrouble | ReaderTrouble
