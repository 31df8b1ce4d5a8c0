"""What can be seen at the kiosk: pages known by the words at their top, and what somebody types there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kiosk.catalogue import load_catalogue
from kiosk.flow.fields import field_type
from kiosk.paths import data_dir
from kiosk.services.load import load_shelf
from kiosk.services.question import CHOSEN_KINDS, FieldKind, Item, Question
from kiosk.text import LANGUAGES, Text

HOUSE = {
    "ask": ("ask.heading", "ask-words.heading", "ask-type.heading", "ask-found.heading"),
    "look": ("doors.look_heading",),
    "query": ("query.heading", "query_cases.heading", "query_number.heading", "query_records.heading"),
    "take back": ("query_withdraw.heading", "query_consents.heading", "query_consent.heading"),
    "rate": ("rate.heading", "rate.thanks", "call_back.heading"),
    "check": ("check.heading",),
    "submit": ("submit.heading",),
    "receipt": ("receipt.heading",),
}
"""Pages outside a service's questions, by what they are for."""
DRAWN = {FieldKind.REPEAT, FieldKind.RECORD, FieldKind.SIGNATURE, FieldKind.ADDRESS}
"""Kinds that have pages of their own: what they take is not one line of typing."""
LONGEST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Sight:
    """A page. `typed` is what its field takes, of nobody; empty where nothing is typed."""

    name: str
    words: str
    typed: str = ""


def seen_in(text: str) -> Sight | None:
    """The page that stands on the screen, the one with the longest words where several fit."""
    return next((sight for sight in _sights() if sight.words in text), None)


@cache
def _sights() -> tuple[Sight, ...]:
    return tuple(sorted({*_of_the_house(), *_of_the_services()}, key=lambda sight: -len(sight.words)))


def _of_the_house() -> Iterator[Sight]:
    texts = load_catalogue("resident")
    for name, keys in HOUSE.items():
        for key in keys:
            yield from (Sight(name, words) for words in _known_by(texts[key]))


def _of_the_services() -> Iterator[Sight]:
    for service in load_shelf(data_dir() / "services").services.values():
        for question in service.question:
            every: tuple[Question | Item, ...] = (question, *question.item)
            for asked in every:
                typed = _typed(asked)
                for text in (asked.text(for_self=True), asked.text(for_self=False)):
                    yield from (Sight(asked.type, words, typed) for words in _known_by(text))


def _typed(asked: Question | Item) -> str:
    if asked.type in CHOSEN_KINDS | DRAWN:
        return ""
    return field_type(asked).sample(asked)


def _known_by(text: Text) -> Iterator[str]:
    """Its longest stretch without a placeholder, as far as one line shows it, without spaces."""
    for language in LANGUAGES:
        stretches = text.show(language).replace("}", "{").split("{")[::2]
        words = "".join(max(stretches, key=len).split())[: LONGEST_WORDS if language == "zh" else 24]
        if len(words) > 3:
            yield words
