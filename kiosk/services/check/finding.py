"""What a rule yields, and the nearest known name to a misspelt one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from kiosk.services.positions import Part

Finding = tuple[str, tuple[Part, ...], dict[str, Any]]
"""The rule's code, the path of the key in the whole document, values for the message."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The most similar known name, or the first of all."""
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return close[0] if close else "、".join(names[:12]) or "—"
