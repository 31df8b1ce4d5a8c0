"""The course of a visit: its moves, one after another, and which inputs are heard meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine

from kiosk.flow.moves import Move
from screens.resident.visit_thread import Shown, VisitThread


class Course:
    """Makes moves without holding up the screen."""

    def __init__(
        self,
        visit: VisitThread,
        run: Callable[[Coroutine[None, None, None]], object],
        show: Callable[[Shown], bool],
    ) -> None:
        """`run` starts a coroutine; `show` puts up a page and tells whether anything has changed."""
        self._visit, self._run, self._show = visit, run, show
        self._under_way = 0
        self._page_at = 0.0

    async def open(self) -> None:
        """To the first page."""
        self._take(await self._visit.open())

    def wish(self, move: Move) -> None:
        """Begin a move; nothing is heard until it is made."""
        self._under_way += 1
        self._run(self._wished(move))

    async def make(self, move: Move) -> None:
        """Make a move and show what comes of it."""
        self._take(await self._visit.do(move))

    def hears(self, at: float, guard: float) -> bool:
        """Not while a move is under way, nor what is older than the page, nor behind its guard (K13)."""
        return not self._under_way and at >= self._page_at + guard

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
