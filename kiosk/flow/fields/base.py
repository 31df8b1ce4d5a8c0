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

from kiosk.flow.page import Keyboard
from kiosk.services.question import Question
from kiosk.text import Privacy, Text, same


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an input was not taken: a catalogue key (or the service's own words) with what to do."""

    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    text: Text | None = None
    """The service's own words, where a rule of the service was broken."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An input that was understood, in canonical form."""

    value: str


class FieldType(ABC):
    """A kind of answer."""

    keyboard: Keyboard = Keyboard.TEXT
    longest: int = 40
    example: str = ""

    @abstractmethod
    def parse(self, typed: str, question: Question, today: datetime.date) -> Taken | Refused:
        """Understand what was typed, tolerantly; refuse only what cannot be right."""

    def show(self, value: str, question: Question) -> Text:
        """In full, as the person gave it; as private as the question is."""
        return replace(self.words(value, question), privacy=question.privacy)

    def words(self, value: str, question: Question) -> Text:
        """The value in words of every language."""
        return same(value)

    def mask(self, value: str) -> str:
        """For screens that others can see: first 3, last 2 (K26)."""
        return mask_digits(value)

    def display(self, value: str, question: Question) -> Text:
        """As shown at the kiosk: masked where the question is private."""
        if question.privacy is Privacy.PRIVATE:
            return same(self.mask(value), Privacy.PRIVATE)
        return self.show(value, question)


_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Controls, formats, half characters, line ends. Private-use and newer characters are people's names."""


def tidy(typed: str) -> str:
    """Full-width forms made plain, outer space gone, control characters dropped."""
    plain = unicodedata.normalize("NFKC", typed)
    return "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN).strip()


def digits_only(typed: str) -> str:
    """What is left of a number when spaces and the marks between its digits are taken out."""
    return "".join(c for c in tidy(typed) if c not in " -.,·—–()+、。")


def mask_digits(value: str) -> str:
    """First 3 and last 2 stay, the rest is dots; short values are hidden whole."""
    if len(value) <= 5:
        return "*" * len(value)
    return value[:3] + "*" * (len(value) - 5) + value[-2:]
