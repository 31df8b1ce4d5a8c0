"""The nine keys of a telephone, and which letters lie on each."""

from __future__ import annotations

NINE_KEYS = {
    "2": "abc",
    "3": "def",
    "4": "ghi",
    "5": "jkl",
    "6": "mno",
    "7": "pqrs",
    "8": "tuv",
    "9": "wxyz",
}
"""The letters on each key. ü is typed as v, as on every Chinese keyboard."""
_DIGITS = str.maketrans({letter: digit for digit, letters in NINE_KEYS.items() for letter in letters})


def digits_of(letters: str) -> str:
    """What to press for letters."""
    return letters.translate(_DIGITS)
