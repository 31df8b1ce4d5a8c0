"""The visit on a thread of its own: the store may take its time, the screen never waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kiosk.flow.page import Page

if TYPE_CHECKING:
    from kiosk.flow.moves import Move
    from kiosk.flow.sitting import Sitting


class Visit(Protocol):
    """A visit, as the screen needs it."""

    @property
    def sitting(self) -> Sitting: ...
    @property
    def ended(self) -> bool: ...
    @property
    def leaving(self) -> int: ...
    def listen(self, tell: Callable[[Move], None]) -> None: ...
    def page(self) -> Page: ...
    def do(self, move: Move) -> Page: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of a move."""

    page: Page
    sitting: Sitting
    ended: bool
    leaving: int = 0
    """The exit code that it ends with, where that says more than which cards still lie there."""


class VisitThread:
    """Opens the visit and makes its moves, one after another, always on the same thread."""

    def __init__(self, open_visit: Callable[[], Visit], tell: Callable[[Move], None]) -> None:
        """`tell` hears, on any thread, of moves that come of the visit by themselves: a record looked up."""
        self._open_visit, self._tell = open_visit, tell
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="visit")
        self._visit: Visit | None = None

    async def open(self) -> Shown:
        """The first page."""
        return await self._run(self._opened)

    async def do(self, move: Move) -> Shown:
        """Make a move."""
        return await self._run(lambda: self._made(move))

    def close(self) -> None:
        """No more moves; waits for the one under way."""
        self._thread.submit(self._closed).result()
        self._thread.shutdown()

    async def _run(self, work: Callable[[], Shown]) -> Shown:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _opened(self) -> Shown:
        self._visit = self._open_visit()
        self._visit.listen(self._tell)
        return self._shown(self._visit, self._visit.page())

    def _made(self, move: Move) -> Shown:
        if self._visit is None:
            raise RuntimeError("the visit is not open")
        return self._shown(self._visit, self._visit.do(move))

    @staticmethod
    def _shown(visit: Visit, page: Page) -> Shown:
        return Shown(page, visit.sitting, visit.ended, visit.leaving)

    def _closed(self) -> None:
        if self._visit is not None:
            self._visit.close()
            self._visit = None
