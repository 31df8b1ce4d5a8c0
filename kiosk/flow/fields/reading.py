"""Answers that are kept as JSON, read without trusting it."""

from __future__ import annotations

import json
from typing import Any


def read_json(typed: str) -> Any:
    """What it says; None where it is no JSON, or JSON nested so deep that nobody wrote it."""
    try:
        return json.loads(typed)
    except (ValueError, RecursionError):
        return None
