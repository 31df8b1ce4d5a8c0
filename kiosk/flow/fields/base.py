"""What every kind of answer can do. One class a kind; `kiosk.flow.fields` lists them.

A value is kept as one canonical string (an option's code, an ISO date, bare digits), which is
what is compared, stored and sent; what a person sees and hears is made from it.
"""

from __future__ import annotations

import datetime
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kiosk.flow.page import Figures, Keyboard
from kiosk.services.question import Asked
from kiosk.text import Privacy, Text, same

SKIPPED = ""
"""The value of an optional question that the person chose not to answer."""

HIDDEN = "***"
"""What is shown where nothing of an answer may be read."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an input was not taken: a catalogue key (or the service's own words) with what to do."""

    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    text: Text | None = None
    """The service's own words, where a rule of the service was broken."""
    anew: bool = False
    """It is as long as it can be, so more of it mends nothing: what is written next takes its place."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What was understood, as a question to be answered yes before it counts: a catalogue key with values."""

    key: str
    values: Mapping[str, str | int | Text] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Taken:
    """An input that was understood, in canonical form."""

    value: str = field(repr=False)
    read_back: ReadBack | None = None
    """To be confirmed first, where what was typed and what is kept are written differently."""


class FieldType(ABC):
    """A kind of answer."""

    keyboard: Keyboard = Keyboard.TEXT
    figures: Figures | None = None
    """Set where it is said digit by digit."""
    longest: int = 40
    example: str = ""
    """What somebody could type. Kinds that are chosen or drawn have none: see `sample`."""

    @abstractmethod
    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Understand what was typed, tolerantly; refuse only what cannot be right."""

    def still_fits(self, value: str, question: Asked, today: datetime.date) -> bool:
        """Would a value that was taken once be taken again today? Cheap: asked on every replay.

        Only what can have changed since is looked at: the day, and the question itself when a draft
        is opened with a newer version of the service.
        """
        return True

    def show(self, value: str, question: Asked) -> Text:
        """In full, as the person gave it; as private as the question is."""
        return replace(self.words(value, question), privacy=question.privacy)

    def words(self, value: str, question: Asked) -> Text:
        """The value in words of every language."""
        return same(value)

    def mask(self, value: str) -> str:
        """For screens that others can see: first 3, last 2 (K26)."""
        return mask_digits(value)

    def display(self, value: str, question: Asked) -> Text:
        """As shown at the kiosk: masked where the question is private."""
        if question.privacy is Privacy.PRIVATE:
            return same(self.mask(value), Privacy.PRIVATE)
        return self.show(value, question)

    def speak(self, value: str, question: Asked) -> Text:
        """As read out; by its privacy the voice leaves out what the room may not hear."""
        return self.show(value, question)

    def sample(self, question: Asked) -> str:
        """An input that this question takes, of nobody."""
        return self.example

    def room(self, question: Asked) -> int:
        """How many characters its field takes."""
        return self.longest


_LINE_ENDS = {"\t", "\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"}
_UNSEEN = {"Cc", "Cf", "Cs"}
"""Controls, formats, half characters. Private-use and newer characters are people's names."""


def seen(typed: str) -> str:
    """Without the characters that nobody sees; line ends and tabs made spaces."""
    spaced = "".join(" " if c in _LINE_ENDS else c for c in typed)
    return "".join(c for c in spaced if unicodedata.category(c) not in _UNSEEN)


def tidy(typed: str) -> str:
    """Full-width forms made plain, outer space gone, control characters dropped."""
    return unicodedata.normalize("NFKC", seen(typed)).strip()


def digits_only(typed: str) -> str:
    """What is left of a number when spaces and the marks between its digits are taken out."""
    return "".join(c for c in tidy(typed) if c not in " -.,·—–()+、。")


def mask_digits(value: str) -> str:
    """First 3 and last 2 stay, the rest is dots; short values are hidden whole."""
    if len(value) <= 5:
        return "*" * len(value)
    return value[:3] + "*" * (len(value) - 5) + value[-2:]
