"""The course of a visit: its moves, one after another, and which inputs are heard meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from screens.resident.visit_thread import Shown, VisitThread

if TYPE_CHECKING:
    from kiosk.flow.moves import Move


class Course:
    """Makes moves without holding up the screen."""

    def __init__(
        self,
        visit: VisitThread,
        run: Callable[[Callable[[], Any]], object],
        show: Callable[[Shown], bool],
        untold: Callable[[], Move | None] = lambda: None,
    ) -> None:
        """`run` begins a coroutine function, unless the screen ends first; `show` puts up a page and tells
        whether anything has changed; `untold` is what the visit must know before its next move, and changes
        no page."""
        self._visit, self._run, self._show, self._untold = visit, run, show, untold
        self._under_way = 0
        self._page_at = 0.0

    async def open(self) -> None:
        """To the first page."""
        self._take(await self._visit.open())

    def wish(self, move: Move) -> None:
        """Begin a move; nothing is heard until it is made."""
        self._under_way += 1
        self._run(partial(self._wished, move))

    async def make(self, move: Move) -> None:
        """Make a move and show what comes of it."""
        before = self._untold()
        if before is not None:
            await self._visit.do(before)
        self._take(await self._visit.do(move))

    def hears(self, at: float, guard: float) -> bool:
        """Not while a move is under way, nor what is older than the page, nor behind its guard (K13)."""
        return not self._under_way and at >= self._page_at + guard

    def too_soon(self, at: float, guard: float) -> bool:
        """Is it the guard alone that keeps an input from being heard? Then somebody waits for an answer."""
        return not self._under_way and self._page_at <= at < self._page_at + guard

    def hears_now(self, guard: float) -> bool:
        """Would an input be heard that comes at this moment?"""
        return self.hears(time.monotonic(), guard)

    async def _wished(self, move: Move) -> None:
        try:
            await self.make(move)
        finally:
            self._under_way -= 1

    def _take(self, shown: Shown) -> None:
        if self._show(shown):
            self._page_at = time.monotonic()
