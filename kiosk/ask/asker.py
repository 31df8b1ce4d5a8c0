"""Answers questions from what the centre has written, and says when it is not sure."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from functools import cached_property

from kiosk.ask.index import Index, Match
from kiosk.ask.lexicon import load_lexicon
from kiosk.ask.passages import Passages
from kiosk.ask.segment import Segments, segment
from kiosk.flow.answers import NO_ANSWERS, Answers, Hit
from kiosk.services.model import Service

HITS = 3
"""So many are shown to choose from, beside a person (K01)."""

_LONGEST = 200
"""Characters of a question that are looked at."""
_LEAST_UNDERSTOOD = 0.25
"""With less of the question in it, a place has nothing to do with it."""

# Measured on tests/ask: above these, the first place was the right one, and no question about other things
# got there. A wrong answer costs more trust than one more key.
_LEAD = 1.3
_UNDERSTOOD = 0.7
_UNDERSTOOD_OF_LONG = 0.45
_PLACES_OF_LONG = 4


class GuideAsker:
    """Searches guides and questions of these services. The index is made ahead, or at the first question."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._services = {service.id: service for service in services}
        self._passages: dict[str, Passages] = {}
        self._making: threading.Thread | None = None

    def prepare(self) -> None:
        """Make the index beside everything else; a question that comes before it is done waits for it."""
        self._making = threading.Thread(target=lambda: self._index, name="ask-index", daemon=True)
        self._making.start()

    @cached_property
    def _index(self) -> Index:
        return Index(self._services.values(), load_lexicon())

    def ask(self, words: str, language: str) -> Answers:
        """The nearest places, best first. Mandarin may be spelt as it sounds."""
        if self._making is not None:
            self._making.join()
        asked = segment(words[:_LONGEST], load_lexicon(), by_ear=language == "zh")
        found = [match for match in self._index.best(asked) if match.understood >= _LEAST_UNDERSTOOD]
        if not found:
            return NO_ANSWERS
        hits = tuple(self._hit(match.service, asked) for match in found[:HITS])
        return Answers(hits, sure=_sure(found, len(asked.places)))

    def _hit(self, name: str, asked: Segments) -> Hit:
        service = self._services[name]
        if name not in self._passages:
            self._passages[name] = Passages(service, load_lexicon())
        return Hit(name, self._passages[name].meant(asked), service.title.text())


def _sure(found: Sequence[Match], places: int) -> bool:
    """Enough of the question stands there, and nowhere else nearly as much."""
    first = found[0]
    if len(found) > 1 and first.score < found[1].score * _LEAD:
        return False
    long_enough = first.understood * places >= _PLACES_OF_LONG
    return first.understood >= (_UNDERSTOOD_OF_LONG if long_enough else _UNDERSTOOD)
