"""The store behind a thread of its own, so that no disk ever holds up the screen."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from kiosk.event_log import happened
from kiosk.store import Store, StoreTrouble

Result = TypeVar("Result")

SLOW = 0.5
"""Seconds from which an act is told to whoever watches machines."""


class Records:
    """Runs one act after the other on the store. The store is opened in the thread, at the first act."""

    def __init__(self, opened: Callable[[], Store]) -> None:
        self._opened = opened
        self._store: Store | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk-store")

    async def do(self, act: Callable[[Store], Result]) -> Result:
        """What `act` returns. Raises what it raises: StoreTrouble, IllegalMove."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, act)

    def lock(self) -> None:
        """Drop the keys that whoever signed in had opened, after the act that is under way."""
        self._thread.submit(self._take_keys)

    def close(self) -> None:
        """Let the last act end, then close the store."""
        self._thread.submit(self._shut).result()
        self._thread.shutdown()

    def _run(self, act: Callable[[Store], Result]) -> Result:
        begun = time.monotonic()
        try:
            if self._store is None:
                self._store = self._opened()
            return act(self._store)
        except StoreTrouble as trouble:
            happened("store_trouble", logging.WARNING, kind=trouble.kind)
            raise
        finally:
            took = time.monotonic() - begun
            happened("act", logging.INFO if took > SLOW else logging.DEBUG, ms=took * 1000)

    def _take_keys(self) -> None:
        if self._store is not None:
            self._store.keyring.take_back()

    def _shut(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
