"""Answers in people's own words."""

from __future__ import annotations

import datetime
import re
import unicodedata

from kiosk.flow.fields.base import HIDDEN, FieldType, Refused, Taken, seen
from kiosk.services.question import Asked

_WIDE_TO_PLAIN = {
    wide: wide - 0xFEE0
    for start, end in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for wide in range(ord(start), ord(end) + 1)
}
"""Full-width digits and letters; full-width marks are how Chinese is written and stay."""


class TextField(FieldType):
    """A line of text; the value is its words with single spaces."""

    longest = 60
    example = "文化路"

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Anything that can be read, within the question's bounds."""
        words = self._plain(typed)
        if not any(unicodedata.category(c)[0] in "LNSC" for c in words):
            return Refused("field.text_missing")
        if question.at_least is not None and len(words) < question.at_least:
            return Refused("field.text_least", {"least": question.at_least, "count": len(words)})
        most = self.room(question)
        if len(words) > most:
            return Refused("field.text_most", {"most": most, "count": len(words)})
        return Taken(words)

    def mask(self, value: str) -> str:
        """Of what people say in their own words nothing is shown."""
        return HIDDEN

    def sample(self, question: Asked) -> str:
        """Of a length that the question takes."""
        length = max(question.at_least or 0, len(self.example))
        return (self.example * length)[: min(length, self.room(question))]

    def room(self, question: Asked) -> int:
        """What the question allows, never more than the field holds."""
        return min(question.at_most or self.longest, self.longest)

    def _plain(self, typed: str) -> str:
        return one_line(typed)


class LongTextField(TextField):
    """Some sentences; as a line of text, with the line ends kept."""

    longest = 300
    example = "楼道的灯坏了，晚上看不见路。"

    def _plain(self, typed: str) -> str:
        lines = [one_line(line) for line in re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", typed)]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def one_line(typed: str) -> str:
    """Plain digits and letters, single spaces, nothing unseen; the marks of a sentence stay as they are."""
    words = unicodedata.normalize("NFC", seen(typed).translate(_WIDE_TO_PLAIN))
    return re.sub(r"\s+", " ", words).strip()
