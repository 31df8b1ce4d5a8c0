"""What is held of a person, as the kiosk may tell them: each matter, until when, and who looked."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from kiosk.text import Text


@dataclass(frozen=True, slots=True)
class HeldLook:
    """Somebody of the centre saw something in full."""

    at: Text
    who: Text
    """A role; a name only where the centre wants it so."""
    what: Text


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One answer, with its numbers in part."""

    label: Text
    value: Text = field(repr=False)
    chosen: bool = False
    """In words of the service."""


@dataclass(frozen=True, slots=True)
class HeldCase:
    """One matter of theirs."""

    case_id: str
    number: str
    title: Text
    """With its ticket."""
    received: datetime.date
    stage: Text
    until: datetime.date | None
    """The last day; None while nothing is decided, or where nobody said how long."""
    keep_days: int | None
    erasable: str
    """`now`, `open`, `later`, `unsaid`: may it be erased where its person asks for it?"""
    fields: tuple[tuple[str, Text], ...] = ()
    """What was answered, by its id: the names of the questions, no answer."""
    replies: tuple[Text, ...] = field(default=(), repr=False)
    """What staff say to what was asked before, told this once."""
    waiting: bool = False
    """Something that was asked is not answered yet."""
    looks: tuple[HeldLook, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """All of it."""

    cases: tuple[HeldCase, ...]
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class OwnData:
    """What the pages about it are made from."""

    held: Held
    content: tuple[HeldLine, ...] | None = field(default=None, repr=False)
    """Of the case that is open; None while it is not open."""
    by_staff: bool = False
    """Nobody could open it: it will be printed."""
    outcome: str = ""
    """What became of the last request, as the catalogue's `held_done` calls it."""


NOTHING_HELD = Held(())
