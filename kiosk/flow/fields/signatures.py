"""A name drawn by finger, or the key pressed instead."""

from __future__ import annotations

import datetime
import json
from typing import Any

from kiosk.flow.fields.base import HIDDEN, FieldType, Refused, Taken
from kiosk.flow.fields.reading import read_json
from kiosk.flow.fields.written import SIGNED
from kiosk.services.question import Asked
from kiosk.text import Text

KEY = "key"
"""The value of a signature for which a key was pressed: it counts as much as one that is drawn."""
_FARTHEST = 10_000
"""Cells: no screen is wider or higher."""


class SignatureField(FieldType):
    """A signature; the value is its strokes as JSON, `[[[x, y], …], …]`, or `"key"`."""

    def parse(self, typed: str, question: Asked, today: datetime.date) -> Taken | Refused:
        """Strokes with at least one point, or the key."""
        if typed == KEY:
            return Taken(KEY)
        strokes = read_json(typed)
        if not isinstance(strokes, list) or not strokes or not all(_is_stroke(part) for part in strokes):
            return Refused("field.signature_missing")
        return Taken(json.dumps(strokes))

    def words(self, value: str, question: Asked) -> Text:
        """That it was signed, and how."""
        return SIGNED["key" if value == KEY else "mark"]

    def mask(self, value: str) -> str:
        """Nothing of it is shown."""
        return HIDDEN

    def sample(self, question: Asked) -> str:
        """The key."""
        return KEY


def _is_stroke(part: Any) -> bool:
    return isinstance(part, list) and bool(part) and all(_is_point(point) for point in part)


def _is_point(point: Any) -> bool:
    match point:
        case [int(x), int(y)] if not isinstance(x, bool) and not isinstance(y, bool):
            return 0 <= x < _FARTHEST and 0 <= y < _FARTHEST
    return False
