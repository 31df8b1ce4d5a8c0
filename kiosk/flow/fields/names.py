"""People's names."""

from __future__ import annotations

import datetime
import re
import unicodedata

from kiosk.flow.fields.base import FieldType, Refused, Taken, tidy
from kiosk.services.question import Asked

_DOTS = re.compile(r"[·•・‧∙⋅᛫]+")
_STOPS = re.compile(r"[.。]+")
"""Typed for the middle dot in names written with Han characters; after initials in others."""
_SIGNS = str.maketrans({"’": "'", "‘": "'", "`": "'", "‐": "-", "‑": "-", "–": "-"})
_JOINS = "· '-"
"""What may stand between the letters of a name, never before or after them."""
_LETTERS = ("L", "M", "Co", "Cn")
"""Letters, marks on them, and characters newer than this program or of a font's own."""
_ZERO = "〇"
"""A number to Unicode, and part of a few people's names."""
_INTRODUCED = re.compile(r"^(?:我(?:的名字)?叫|名字叫|我是)+")


class NameField(FieldType):
    """A person's name; rare and private-use characters are kept, the middle dot is U+00B7."""

    longest = 40
    example = "张三"

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Letters of any script, the middle dot; in Latin names spaces, a comma after the family name."""
        plain = _spelled(tidy(typed).translate(_SIGNS)).strip(_JOINS + "、,!?")
        if len(plain) < 2:
            return Refused("field.name_short")
        letters = plain if any(_is_han(c) for c in plain) else plain.replace(", ", " ", 1)
        if not all(_belongs(c) for c in letters):
            return Refused("field.name_letters")
        return Taken(plain)

    def mask(self, value: str) -> str:
        """The family name only."""
        return value[0] + "*" * (len(value) - 1)


def _spelled(name: str) -> str:
    if any(_is_han(c) for c in name):
        joined = _DOTS.sub("·", _STOPS.sub("·", re.sub(r"\s+", "", name)))
        return _INTRODUCED.sub("", joined.strip(_JOINS))
    return re.sub(r"\s+", " ", _DOTS.sub("·", _STOPS.sub(" ", name.replace(",", ", ")))).replace(" ,", ",")


def _belongs(character: str) -> bool:
    return character in _JOINS + _ZERO or unicodedata.category(character).startswith(_LETTERS)


def _is_han(character: str) -> bool:
    """Of the basic block or of any extension (A to I, and what comes after them in planes 2 and 3)."""
    code = ord(character)
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF
