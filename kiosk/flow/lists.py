"""Lists whose choices are named by their number."""

from __future__ import annotations

from collections.abc import Sequence


def numbers(entries: Sequence[object]) -> list[str]:
    """The ids of a list's choices."""
    return [str(number) for number in range(len(entries))]
