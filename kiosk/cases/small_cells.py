"""Counts that may be shown: one so small that it points at somebody is not. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

FEWEST = 5
"""From so many on nobody can tell who they are."""

Key = TypeVar("Key", bound=Hashable)


def small(count: int) -> bool:
    """Few enough to point at somebody; none at all point at nobody."""
    return 0 < count < FEWEST


def shown(counts: Mapping[Key, int]) -> dict[Key, int | None]:
    """The counts of one table, None for those that stay hidden.

    Where one alone is hidden, the next smallest goes, too: else it could be worked out from the sum.
    """
    hidden = {key for key, count in counts.items() if small(count)}
    if len(hidden) == 1:
        rest = [key for key, count in counts.items() if count and key not in hidden]
        hidden.update(sorted(rest, key=lambda key: counts[key])[:1])
    return {key: None if key in hidden else count for key, count in counts.items()}


def share(part: int, whole: int) -> int | None:
    """Per cent, rounded; None where the part or the rest would point at somebody, or there is nothing."""
    if whole < FEWEST or small(part) or small(whole - part):
        return None
    return round(100 * part / whole)
