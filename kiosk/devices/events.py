"""What the application is told by its devices. Values are parts of catalogue keys: no words here."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.identity.card import Card
from kiosk.identity.social_card import SocialCard


class CardFault(StrEnum):
    """What is wrong with the card that lies there, by what the person can do about it.

    Values are keys of the residents' catalogue.
    """

    HOLD_STILL = "card.hold_still"
    """It could not be read to the end: lay it flat and leave it."""
    BAD_READ = "card.bad_read"
    """It was read, but what was read does not agree with itself: lay it down again."""
    NOT_AN_ID_CARD = "card.not_an_id_card"


class DeviceFault(StrEnum):
    """Why a device cannot be used now, by what staff can do about it.

    `reader_<value>` in the group `card` has the words for residents, `device.<value>` in the catalogue
    `box` those for staff.
    """

    MISSING = "missing"
    BUSY = "busy"
    """Another program holds the port."""
    NOT_PERMITTED = "not_permitted"
    SILENT = "silent"
    """The port is there, the device does not answer."""
    OUT_OF_ORDER = "out_of_order"
    """The device answers that it cannot work."""
    NOT_INSTALLED = "not_installed"
    """The part of the program that it needs is not installed."""


@dataclass(frozen=True, slots=True)
class DeviceReady:
    """It can be used. `name` is what it says of itself (the number of a module), or empty."""

    name: str


@dataclass(frozen=True, slots=True)
class DeviceTrouble:
    """It cannot be used until the next DeviceReady."""

    kind: DeviceFault


@dataclass(frozen=True, slots=True)
class CardRead:
    """An identity card was laid down and read: once a visit, however long it lies there."""

    card: Card


@dataclass(frozen=True, slots=True)
class NothingLies:
    """Told once after DeviceReady, where no card lies there: one that lay there before is gone."""


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """The card of the last CardRead or CardTrouble is gone, surely and for at least a second."""


@dataclass(frozen=True, slots=True)
class CardTrouble:
    """A card lies there and cannot be used. Reading goes on; the same fault is told again after a while."""

    kind: CardFault


@dataclass(frozen=True, slots=True)
class MemberCardRead:
    """A member card was laid down, once however long it lies there. Its number can be copied: no proof."""

    number: str = field(repr=False)
    """Hex digits in capitals: a UID or a tag's ten digits."""


@dataclass(frozen=True, slots=True)
class MemberCardRemoved:
    """It was taken away."""


@dataclass(frozen=True, slots=True)
class MemberCardUnfit:
    """A card whose number changes at every tap (a phone): it can stand for nobody."""


@dataclass(frozen=True, slots=True)
class CodeScanned:
    """A QR code or barcode. Its text is untrusted, one line, without control characters."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CodeUnreadable:
    """Something was scanned that is no text, or too long."""


@dataclass(frozen=True, slots=True)
class SocialCardRead:
    """A social security card was put in. What is open on its chip can be copied: a claim, not a proof."""

    card: SocialCard


@dataclass(frozen=True, slots=True)
class SocialCardRemoved:
    """It was taken out."""


@dataclass(frozen=True, slots=True)
class SocialCardTrouble:
    """What was put in cannot be used; `kind` is a key of the residents' catalogue."""

    kind: str


class Paper(StrEnum):
    """How much paper a printer says it has."""

    UNKNOWN = "unknown"
    ENOUGH = "enough"
    LOW = "low"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class PrinterState:
    """What a printer says of itself. None is unknown: many printers answer some questions or none."""

    online: bool | None = None
    cover_open: bool | None = None
    paper: Paper = Paper.UNKNOWN
    error: bool | None = None


DeviceEvent = (
    DeviceReady | DeviceTrouble
    | NothingLies | CardRead | CardRemoved | CardTrouble
    | MemberCardRead | MemberCardRemoved | MemberCardUnfit
    | CodeScanned | CodeUnreadable
    | SocialCardRead | SocialCardRemoved | SocialCardTrouble
    | PrinterState
)  # fmt: skip
