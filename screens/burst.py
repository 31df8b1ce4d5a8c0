"""Telling a scanner that types as a keyboard from a person, by the pace of its keys. No clock, no timer.

A scanner types a whole code within moments and mostly ends it with Enter or Tab. A person's keys, the words
of an input method and a key that is held down are no code.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from textual.events import Key

GAP = 0.035
"""Seconds between two keys of a scanner at most."""
HELD_BACK = 0.04
"""Seconds for which a key is held back to see whether it begins a code."""
SILENCE = 0.1
"""Seconds after which a code without an end is complete."""
SHORTEST = 4
"""Characters of a code at least."""
LONGEST = 4096
"""Characters of a code at most; more of them cannot be used."""

_ENDS = {"enter", "tab", "ctrl+j"}
"""The keys that scanners end a code with; a line feed comes as the last one."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a scanner typed; empty where it was too long."""

    text: str = field(repr=False)


class Bursts:
    """Holds keys back until it is known whose they are. Keys that no scanner types pass at once."""

    def __init__(self) -> None:
        self._held: list[Key] = []
        self._last_at = float("-inf")

    @property
    def wait(self) -> float | None:
        """Seconds after the last key at which `settle` is due; None while nothing is held back."""
        if not self._held:
            return None
        return SILENCE if self._is_code() else HELD_BACK

    def take(self, key: Key) -> list[Key | Code]:
        """One more key; what is now known to have been typed, in its order."""
        so_far = self.settle() if self._is_over(key.time) else []
        if key.key in _ENDS and self._is_code():
            return [*so_far, *self.settle()]
        if not (key.is_printable and key.character is not None and key.character.isascii()):
            return [*so_far, *self.settle(), key]
        if len(self._held) <= LONGEST:
            self._held.append(key)
        self._last_at = key.time
        return so_far

    def settle(self) -> list[Key | Code]:
        """Nothing more belongs to what is held back: it is a code, or a person's keys after all."""
        held, code = self._held, self._is_code()
        self._held = []
        if not code:
            return list(held)
        text = "".join(key.character or "" for key in held)
        return [Code(text if len(text) <= LONGEST else "")]

    def _is_over(self, at: float) -> bool:
        return bool(self._held) and at - self._last_at > (SILENCE if self._is_code() else GAP)

    def _is_code(self) -> bool:
        """A row of one character is a key that is held down."""
        return len(self._held) >= SHORTEST and len({key.character for key in self._held}) > 1
