"""What a visitor brings along: what they do about pages, and by which words they know them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.text import Text

BACK = "0"

Wording = Callable[[Text], str]
"""How a text reaches this sense, with nothing but its letters and figures."""


def bare(words: str) -> str:
    """Only letters and figures: where a line breaks and a voice rests makes no difference."""
    return "".join(character for character in words.casefold() if character.isalnum())


@dataclass(frozen=True, slots=True)
class Press:
    """One key."""

    key: str


@dataclass(frozen=True, slots=True)
class Habit:
    """What somebody does about a question."""

    choices: tuple[str, ...] = ()
    """Takes the first of these that is offered."""
    typed: str = field(default="", repr=False)
    each: tuple[str, ...] = field(default=(), repr=False)
    """What is typed for each thing of a list."""
    by_keys: bool = False
    """It is written with the keys that are there, and not as from an input method."""
    in_turn: tuple[str | Press, ...] = ()
    """Choices and keys, one each time the page is met; then on by `choices`, or back."""
    once: bool = False
    """Chosen the first time; then back."""
    writes: tuple[str, ...] = field(default=(), repr=False)
    """The same of what is typed."""
    ticks: bool = False
    """All of them, then on."""
    things: int | None = None
    """So many things go on this list."""
    of_list: str = ""
    no_first: str = field(default="")
    """What is said the first time, before one thinks better of it."""
    waits: bool = False
    home: bool = False
    lists: bool = False
    """Services are listed."""
    lays: bool = False
    """A card is brought along."""
    lifts: bool = False


@dataclass(frozen=True, slots=True)
class Purpose:
    """All that a visitor brings along."""

    habits: dict[str, Habit]
    doors: tuple[str | Press, ...]
    """What is chosen at home, one after another; then they leave."""
    more: str
    skip: str
    go: str
    """The way on beside a field."""
    stop: str
    """Out of an application."""
    landmarks: frozenset[str]
    """By these words one knows that one is in no service yet."""
    ticked: str
    add: tuple[str, ...]
    enough: tuple[str, ...]


def lasting(text: Text) -> Text:
    """Of a wording with gaps the longest piece, which always stands there."""

    def longest(words: str) -> str:
        return max(re.split(r"\{\w+\}", words), key=len)

    shown = {language: longest(text.show(language)) for language in text.shown}
    return Text(shown, {language: longest(text.say(language)) for language in text.shown})
