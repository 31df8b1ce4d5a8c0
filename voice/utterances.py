"""What waits to be said, and what of it goes first. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from voice.script import Sentence
from voice.spoken_forms.traced import Traced


class Rank(IntEnum):
    """A lower number is said first."""

    NOW = 0
    """An error, a setting that changed, a warning: interrupts."""
    NEXT = 1
    """The choice that has the focus: after the sentence that is being said."""
    NORMAL = 2
    """The page."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence on its way to the ear."""

    sentence: Sentence
    spoken: Traced
    """As heard: numbers and dates are words."""
    language: str
    screen: str
    """The page's id, for the speech log."""
    rank: Rank
    for_one: bool = False
    """Worded for headphones."""

    @property
    def words(self) -> str:
        """What goes to the engine."""
        return self.spoken.words


@dataclass(slots=True)
class Waiting:
    """The queue: by rank, then in the order given."""

    _items: list[Utterance] = field(default_factory=list)

    def add(self, utterances: Iterable[Utterance]) -> None:
        """At the end of their rank."""
        self._items = sorted([*self._items, *utterances], key=lambda u: u.rank)

    def again(self, utterance: Utterance) -> None:
        """Back at the front of its rank: it was interrupted."""
        self._items = sorted([utterance, *self._items], key=lambda u: u.rank)

    def drop(self, rank: Rank) -> None:
        """Forget what waits in this rank."""
        self._items = [u for u in self._items if u.rank is not rank]

    def clear(self) -> None:
        self._items = []

    def take(self) -> Utterance | None:
        """The next one, or None."""
        return self._items.pop(0) if self._items else None

    def __bool__(self) -> bool:
        return bool(self._items)
