"""What a person has given for one service, whether it is on the path or not."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.flow.records import RecordNews
from kiosk.flow.source import CardFields, Source


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, in its field's canonical form. Values stay out of every repr."""

    value: str = field(repr=False)
    source: Source = Source.RESIDENT


@dataclass(frozen=True, slots=True)
class Given:
    """All that a person has given for one service.

    Keys of `answers`: question ids, step places, and for what is not finished the place it is given at
    (`"question:need"`, what is ticked so far) or its place in a list (`"goods/2/price"`).
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    first_card: CardFields | None = field(default=None, repr=False)
    other_card: CardFields | None = field(default=None, repr=False)
    marks: Mapping[str, str] = field(default_factory=dict)
    """Confirmations by step place (`"check"`, `"sign"`), each the digest of what was confirmed."""
    by_hand: frozenset[str] = frozenset()
    """Questions that a card could answer, whose answer the person has given otherwise."""
    records: Mapping[str, RecordNews] = field(default_factory=dict)
    """What the record sources said, by the question it was looked up for."""


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """An unfinished application that its owner agreed to keep."""

    id: str
    service: str
    given: Given
    saved_at: datetime.datetime
