"""The heaps of the desk's board: what is counted, and what can be listed alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.cases.views import CaseSummary

PAGE = 60
"""Cases read at a time: more than a screen shows."""


class Heap(StrEnum):
    """Cases that have something in common. One case may lie in several."""

    ALL = "all"
    """Everything that is not decided yet."""
    LATE = "late"
    TODAY = "today"
    UNCLAIMED = "unclaimed"
    """In the queue for more than a day."""
    FAILED = "failed"
    """The official portal would not take it."""
    WAKING = "waking"
    """Put on hold, or waiting for the person, until today."""
    TO_TELL = "to_tell"
    """Decided, and the person does not know yet."""
    WAITING = "waiting"
    """For the person to bring something."""


URGENT = frozenset({Heap.LATE, Heap.TODAY, Heap.UNCLAIMED, Heap.FAILED})
"""Heaps that should be empty."""


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One page of one heap, and how high each heap is."""

    heap: Heap
    start: int
    cases: tuple[CaseSummary, ...]
    counts: Mapping[Heap, int]

    @property
    def more(self) -> bool:
        """Whether the heap goes on after this page."""
        return self.start + len(self.cases) < self.counts[self.heap]
