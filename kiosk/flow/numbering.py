"""Waiting numbers as people see and hear them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.text import Catalogue, Text, same

_UNITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Numbering:
    """How numbers are drawn here."""

    letters: Mapping[str, Text]
    """What people come for, by the letter that their numbers begin with."""
    from_age: int
    """From this age on people go first."""


def spoken_label(label: str) -> Text:
    """A12, said as a number and not digit by digit: A十二."""
    letter, count = label[:1], int(label[1:])
    tens, units = divmod(count, 10)
    if count >= 100:
        return same(label)
    ten = ("" if tens == 1 else _UNITS[tens]) + "十" if tens else ""
    words = ten + (_UNITS[units] if units or not tens else "")
    return same(label, said={"zh": f"{letter}{words}", "en": f"{letter} {count}"})


def window_words(texts: Catalogue, window: str) -> Text:
    """Where somebody is called to: most windows have a number, some a name."""
    return texts.text(
        "number_call.window" if window.isdecimal() else "number_call.window_by_name", name=window
    )


def call_words(texts: Catalogue, label: str, window: str) -> Text:
    """Who is called, and where to."""
    return texts.text("number_call.call", label=spoken_label(label), window=window_words(texts, window))


def twice(call: Text) -> Text:
    """A call, said twice: the first time makes people listen."""
    return replace(call, said={language: f"{call.say(language)} " * 2 for language in call.shown})
