"""Lists whose choices are named by their number."""

from __future__ import annotations

from collections.abc import Sequence


def numbers(entries: Sequence[object]) -> list[str]:
    """The ids of a list's choices."""
    return [str(number) for number in range(len(entries))]


def numbers_from_one(entries: Sequence[object]) -> list[str]:
    """The same for a list whose things have names that people see: the first is 1."""
    return [str(number) for number in range(1, len(entries) + 1)]
