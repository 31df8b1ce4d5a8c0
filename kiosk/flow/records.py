"""What is asked of a record source, and the news a look-up brings back, as the flow keeps it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from kiosk.text import Text


class KeyKind(StrEnum):
    """What a record is found by."""

    ID_NUMBER = "id_number"
    """A person's number, off their card: nobody is shown a record for a number that was typed."""
    CODE = "code"
    """The code on a paper, typed by whoever holds it: what it opens is about the paper, and nobody's own."""


@dataclass(frozen=True, slots=True)
class RecordKey:
    """What a record is looked up by. The kind goes with the value, so that one never stands for the other."""

    kind: KeyKind
    value: str = field(repr=False)


class RecordState(StrEnum):
    """How a look-up came out."""

    FOUND = "found"
    NOTHING = "nothing"
    """The source answered: it holds nothing under this key."""
    AWAY = "away"
    """The source did not answer, or not in a way that can be shown."""
    STAFF = "staff"
    """It is not looked up by machine: staff do it, and tell the person."""


class RecordLine(NamedTuple):
    """One line of a record, as it may be shown: masked where its field is private."""

    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class RecordNews:
    """A look-up's answer to one `record` question; a move of the visit. Its lines stay out of every repr."""

    question: str
    state: RecordState
    source: str
    """The id of the record source."""
    title: Text
    """What the source is called."""
    lines: tuple[RecordLine, ...] = field(default=(), repr=False)
    """Only where FOUND, in the order they are shown; they are also the evidence of what was shown."""
    at: datetime.datetime | None = None
    """When it was looked up, timezone-aware, UTC. None where nothing was."""
    as_of: datetime.date | None = None
    """The day the source's own table is of, where it is not asked live."""
