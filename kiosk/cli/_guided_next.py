"""A walk that was asked for from another screen comes first when the kiosk starts next, on its own screen."""

from __future__ import annotations

from pathlib import Path

from kiosk.text import LANGUAGES

_WANTED = "walk-wanted"
"""In the data folder; its content is the language."""


def want_walk(state: Path, language: str) -> None:
    """Raises OSError."""
    (state / _WANTED).write_text(language, encoding="utf-8")


def wanted_walk(state: Path) -> str | None:
    """The language it was asked for in, once; None where nobody has asked."""
    wanted = state / _WANTED
    try:
        language = wanted.read_text(encoding="utf-8")
        # first of all: a walk that falls must not come again and again
        wanted.unlink()
    except (OSError, ValueError):
        return None
    return language if language in LANGUAGES else LANGUAGES[0]
