"""What a kiosk tells its hub of itself, for whoever looks after it: of the machine, never of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TELL_EVERY = timedelta(seconds=30)
"""With the pause between two rounds it comes to once a minute at least."""


class Reader(StrEnum):
    """The reader of identity cards, as the last sitting or the morning check found it."""

    THERE = "there"
    AWAY = "away"
    NONE = "none"
    """None is set up."""
    UNKNOWN = ""


class Paper(StrEnum):
    """How much the receipt printer had when it was last asked."""

    ENOUGH = "enough"
    LOW = "low"
    OUT = "out"
    STUCK = "stuck"
    """Its cover is open, it is off, or it says that it cannot."""
    NO_PRINTER = "no_printer"
    UNKNOWN = ""


class Sound(StrEnum):
    """Whether what is said is heard."""

    ON = "on"
    AWAY = "away"
    """It should be, and no device takes it."""
    OFF = "off"
    """As the settings want it."""
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Words are plain, so that an older hub keeps what a newer kiosk says, and shows what it knows of it."""

    version: str
    said_at: datetime
    """By the kiosk's clock: the hub sees how far it is off."""
    waiting: int
    """Parcels that wait to be sent."""
    oldest: datetime | None
    """Since when the first of them waits, by the kiosk's clock."""
    calls: int
    """People who called and to whom nobody went yet."""
    reader: str = Reader.UNKNOWN
    paper: str = Paper.UNKNOWN
    sound: str = Sound.UNKNOWN
    certificate_ends: datetime | None = None
    """Of what it shows over HTTPS."""
    checked_at: datetime | None = None
    """When its last morning check was made, by its clock."""
    checked: str = ""
    """How that came out: good, look or bad."""
    wants_look: str = ""
    """The parts that were not good, as `kiosk check` calls them, with a space between them."""
    tried_at: datetime | None = None
    """When somebody last tried it by hand (`kiosk check --guided`), by its clock."""
    tried: str = ""
    """How that came out: good, look or bad."""
    tried_look: str = ""
    """The parts that were not good, as in `wants_look`."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody at a desk has said that they go to the call."""

    name: str
    role: str
    """Empty where their account is gone: the call is over, and nobody is known to have come."""
