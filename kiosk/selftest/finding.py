"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.catalogue import load_catalogue
from kiosk.text import Text


class State(StrEnum):
    """How it is with one part of the box."""

    GOOD = "good"
    LOOK = "look"
    """It works, and somebody should look at it."""
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    part: str
    """A key of the catalogue's group `part`."""
    state: State
    words: Text


def finding(part: str, state: State, key: str, /, **values: str | int | Text) -> Finding:
    """With the words of the catalogue `box`."""
    return Finding(part, state, load_catalogue("box").text(key, **values))
