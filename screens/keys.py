"""The one table of keys. No key has two meanings; `requirements.md`'s table is in docs/keys.md.

The keypad's own keys are there too, so that a plain number block is enough: 0 back, `*` again,
`/` help, `+` louder.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Act(StrEnum):
    """What a key asks for."""

    UP = "up"
    DOWN = "down"
    BACK = "back"
    CHOOSE = "choose"
    REPEAT = "repeat"
    HELP = "help"
    PERSON = "person"
    PAUSE = "pause"
    MUTE = "mute"
    LANGUAGE = "language"
    SIZE = "size"
    COLOURS = "colours"
    SLOWER = "slower"
    FASTER = "faster"
    QUIETER = "quieter"
    LOUDER = "louder"
    NEXT = "next"
    """The one switch that moves on, from the last item to the first."""
    ALOUD = "aloud"
    """What stands in the field is said in full, by the person's own choice."""
    SETTINGS = "settings"
    """What a person can set for themselves, as pages."""
    DETAIL = "detail"
    """Only questions and options, or all of a page."""
    PICTURE = "picture"
    """The screen dark while the voice goes on, or as it was."""
    LISTEN = "listen"
    """The microphone is opened, or shut: a terminal cannot tell when a key is let go."""


ANYWHERE: dict[str, Act] = {
    "up": Act.UP,
    "down": Act.DOWN,
    "escape": Act.BACK,
    "enter": Act.CHOOSE,
    "f1": Act.HELP,
    "f2": Act.REPEAT,
    "f3": Act.SIZE,
    "f4": Act.COLOURS,
    "f5": Act.SLOWER,
    "f6": Act.FASTER,
    "f7": Act.NEXT,
    "f8": Act.CHOOSE,
    "f9": Act.PERSON,
    "f11": Act.ALOUD,
    "f12": Act.LISTEN,
}
"""Keys that mean the same whether or not a text field has the focus."""

OUTSIDE_A_FIELD: dict[str, Act] = {
    "left": Act.BACK,
    "right": Act.CHOOSE,
    "0": Act.BACK,
    "r": Act.REPEAT,
    "asterisk": Act.REPEAT,
    "h": Act.HELP,
    "slash": Act.HELP,
    "s": Act.PERSON,
    "p": Act.PAUSE,
    "m": Act.MUTE,
    "l": Act.LANGUAGE,
    "t": Act.SIZE,
    "c": Act.COLOURS,
    "comma": Act.SLOWER,
    "full_stop": Act.FASTER,
    "minus": Act.QUIETER,
    "equals_sign": Act.LOUDER,
    "plus": Act.LOUDER,
    "v": Act.LISTEN,
    "x": Act.SETTINGS,
    "d": Act.DETAIL,
    "b": Act.PICTURE,
}
"""Keys that are typed where a text field has the focus."""

REPEAT_GUARDS = {"page": 0.12, "field": 0.04}
"""Seconds, by where the keys go: the same key again within them is a held key (a terminal cannot tell), and
ignored. In a field a quick hand types a figure twice."""


def act_of(key: str, *, in_field: bool, keypad: Mapping[str, Act] | None = None) -> Act | None:
    """What a Textual key name asks for, or None. What a keypad sends comes before the table, but what can be
    typed is typed in a field."""
    name = key.lower() if len(key) == 1 else key.removeprefix("upper_")
    if key.startswith("upper_"):
        name = name.lower()
    own = (keypad or {}).get(name)
    if own is not None and not (in_field and len(name) == 1):
        return own
    act = ANYWHERE.get(name)
    return act if act or in_field else OUTSIDE_A_FIELD.get(name)


def number_of(key: str) -> int | None:
    """1 to 9 for the number keys, else None."""
    return int(key) if len(key) == 1 and key in "123456789" else None


class KeyGuard:
    """Drops held keys: remembers the last key and when it was seen."""

    def __init__(self) -> None:
        self._key, self._at = "", float("-inf")

    def lets_through(self, key: str, at: float, *, in_field: bool) -> bool:
        """False for the same key again too soon. A held key keeps pushing its own time on."""
        guard = REPEAT_GUARDS["field" if in_field else "page"]
        held = key == self._key and at - self._at < guard
        self._key, self._at = key, at
        return not held
