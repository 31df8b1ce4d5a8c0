"""What comes of a question (问): where its answer stands, and whether that is sure. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.text import Text


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a service file that may hold the answer."""

    service: str
    faq: int | None
    """The number of the question in the service's list; None for its guide."""
    title: Text
    """The service's name."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The nearest places, best first, one a service."""

    hits: tuple[Hit, ...] = ()
    sure: bool = False
    """Does the first one clearly lead? Otherwise the person says which one was meant, or none."""


NO_ANSWERS = Answers()


@dataclass(frozen=True, slots=True)
class Topic:
    """A word to choose instead of typing, and the services it is about."""

    id: str
    word: Text
    services: tuple[str, ...]
