"""People's names."""

from __future__ import annotations

import datetime
import re
import unicodedata

from kiosk.flow.fields.base import FieldType, Refused, Taken, tidy
from kiosk.services.question import Asked

_DOTS = re.compile(r"[·•・‧∙⋅.。]")
_JOINS = "· '-"
"""What may stand between the letters of a name, never before or after them."""
_LETTERS = ("L", "M", "Co", "Cn")
"""Letters, marks on them, and characters newer than this program or of a font's own."""


class NameField(FieldType):
    """A person's name; rare and private-use characters are kept, the middle dot is U+00B7."""

    longest = 30
    example = "张三"

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Letters of any script, the middle dot, a space in Latin names."""
        plain = _DOTS.sub("·", re.sub(r"\s+", " ", tidy(typed))).strip(_JOINS + "、,，!！?？")
        if re.search(r"[㐀-鿿]", plain):
            plain = plain.replace(" ", "")
        if len(plain) < 2:
            return Refused("field.name_short")
        if any(c not in _JOINS and not unicodedata.category(c).startswith(_LETTERS) for c in plain):
            return Refused("field.name_letters")
        return Taken(plain)

    def mask(self, value: str) -> str:
        """The family name only."""
        return value[0] + "*" * (len(value) - 1)
