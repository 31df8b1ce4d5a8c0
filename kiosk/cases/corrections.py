"""What staff changed after the person had confirmed it, and whether the person heard of it (K40). Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.cases.submission import AnswerRecord

CORRECTED = "corrected"
"""The event of a change; its note is the field, its words are the reason, its sealed body the answer."""
DISPUTED = "correction_disputed"
"""The person says that it is not right; its note is the field."""


class HeardBy(StrEnum):
    """How the person heard of a change and said that it is right: the kind of the event."""

    CARD = "correction_heard_card"
    """At the kiosk, with their own card."""
    TELEPHONE = "correction_heard_telephone"
    COUNTER = "correction_heard_counter"


STEPS = (CORRECTED, DISPUTED, *HeardBy)
"""The events that say where corrections stand."""


class Said(StrEnum):
    """What the person said to a change."""

    NOTHING = "nothing"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Correction:
    """One version of one answer. The version before it stays as it was."""

    version: int
    """From 2 on: the first one is what the person confirmed."""
    before: AnswerRecord
    after: AnswerRecord
    reason: str = dataclasses.field(repr=False)
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """The newest change of a field, without what it says: enough to know whom to ask."""

    field: str
    reason: str = dataclasses.field(repr=False)
    said: Said


def changes(steps: Iterable[tuple[str, str, str]]) -> tuple[Change, ...]:
    """From the events of a case (kind, note, words) in their order. Each new version is to be heard anew."""
    found: dict[str, Change] = {}
    for kind, field, words in steps:
        if kind == CORRECTED:
            found[field] = Change(field, words, Said.NOTHING)
        elif kind in STEPS and field in found:
            said = Said.WRONG if kind == DISPUTED else Said.RIGHT
            found[field] = dataclasses.replace(found[field], said=said)
    return tuple(found.values())


def all_heard(steps: Iterable[tuple[str, str, str]]) -> bool:
    """Does the person know of every change, and call it right?"""
    return all(change.said is Said.RIGHT for change in changes(steps))


def newest(answers: Iterable[AnswerRecord], corrections: Iterable[Correction]) -> Iterator[AnswerRecord]:
    """The answers as they are now, in the order of the form."""
    last = {correction.after.field: correction.after for correction in corrections}
    return (last.get(answer.field, answer) for answer in answers)
