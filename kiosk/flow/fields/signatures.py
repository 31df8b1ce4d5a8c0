"""A name drawn by finger, or the key pressed instead."""

from __future__ import annotations

import datetime

from kiosk.flow import signature
from kiosk.flow.fields.base import HIDDEN, FieldType, Refused, Taken
from kiosk.flow.fields.written import SIGNED
from kiosk.services.question import Asked
from kiosk.text import Text

KEY = "key"
"""The value of a signature for which a key was pressed: it counts as much as one that is drawn."""


class SignatureField(FieldType):
    """A signature; the value is its strokes as `kiosk.flow.signature` has them, or `"key"`."""

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Strokes with at least one point, or the key."""
        if typed == KEY:
            return Taken(KEY)
        strokes = signature.read(typed)
        return Taken(signature.plain(strokes)) if strokes else Refused("field.signature_missing")

    def words(self, value: str, question: Asked) -> Text:
        """That it was signed, and how."""
        return SIGNED["key" if value == KEY else "mark"]

    def mask(self, value: str) -> str:
        """Nothing of it is shown."""
        return HIDDEN

    def sample(self, question: Asked) -> str:
        """The key."""
        return KEY
