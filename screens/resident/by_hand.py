"""A character drawn with the finger: looked up once the finger has rested, gone as soon as it is taken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from screens.resident.page_view import PageView

RESTED = 0.4
"""Seconds for which the finger is up before a character counts as written; the next stroke comes sooner."""


class Stops(Protocol):
    """Something that was set to happen later."""

    def stop(self) -> None:
        """It will not."""


class ByHand:
    """Looks at what is drawn on the view, on a thread of its own."""

    def __init__(
        self,
        view: PageView,
        recognised: Callable[[tuple[str, ...]], None],
        set_timer: Callable[[float, Callable[[], None]], Stops] | None = None,
    ) -> None:
        self._view, self._recognised = view, recognised
        self._set_timer = set_timer or view.set_timer
        self._timer: Stops | None = None
        self._drawing = 0
        """Another number for what is drawn after each stroke: what was found for an earlier one is late."""

    @property
    def inked(self) -> bool:
        """Something is drawn."""
        return bool(self._view.ink)

    def warm(self) -> None:
        """Somebody will draw: read the table while the finger is on its way."""
        self._view.run_worker(_warm(), group="handwriting")

    def lifted(self) -> None:
        """The finger is up; another stroke may follow."""
        self._forget()
        if self.inked:
            self._timer = self._set_timer(RESTED, self.look_up)

    def take_back(self) -> bool:
        """The last stroke goes; False where there is none."""
        there = self.inked
        self._view.take_back_stroke()
        self.lifted()
        return there

    def wipe(self) -> None:
        """Nothing of it stays, nor comes late."""
        self._forget()
        if self.inked:
            self._view.clear_mark()

    def look_up(self) -> None:
        """What is drawn, now."""
        if self._view.finger_down:
            # What is offered must not change under a finger that is on its way to it.
            self.lifted()
            return
        self._forget()
        height = self._view.cell_height
        points = [list(stroke) for stroke in self._view.ink.points]
        whole = not self._view.tells_pixels
        find = self._find(self._drawing, lambda: _recognise(points, height, whole))
        self._view.run_worker(find, group="handwriting", exclusive=True)

    async def _find(self, drawing: int, look: Callable[[], tuple[str, ...]]) -> None:
        found = await asyncio.to_thread(look)
        if drawing != self._drawing:
            return
        if self._view.finger_down:
            self.lifted()
        else:
            self._recognised(found)

    def _forget(self) -> None:
        self._drawing += 1
        if self._timer is not None:
            self._timer.stop()
            self._timer = None


async def _warm() -> None:
    from kiosk.handwriting.shape_table import shape_table

    await asyncio.to_thread(shape_table)


def _recognise(
    points: Sequence[Sequence[tuple[float, float]]], height: float, whole: bool
) -> tuple[str, ...]:
    from kiosk.handwriting.recognise import recognise
    from kiosk.hanzi.strokes import drawn

    return recognise(drawn(points, whole=whole, height=height))
