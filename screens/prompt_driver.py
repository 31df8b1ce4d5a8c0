"""The terminal's input ends as soon as it is told to.

Textual's own thread looks ten times a second whether it is over, and then waits a tenth once more for what
the terminal may still send: 0.1 to 0.2 s in which the next person looks at the page of the one before.
"""

from __future__ import annotations

import os
import selectors
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from textual.drivers import linux_driver

from screens.tolerant_driver import TolerantDriver

if TYPE_CHECKING:
    from textual.app import App

Ready = list[tuple[selectors.SelectorKey, int]]


class Woken(selectors.SelectSelector):
    """Waits for the terminal, and for a word that there is nothing more to wait for."""

    def __init__(self, word: int) -> None:
        super().__init__()
        self._word = word
        self.register(word, selectors.EVENT_READ)

    def select(self, timeout: float | None = None) -> Ready:
        """What the terminal sends; nothing, and at once, when the word has come."""
        return [(key, mask) for key, mask in super().select(timeout) if key.fd != self._word]


class PromptDriver(TolerantDriver):
    """For whoever has the terminal cleared of late input when it has ended, as the supervisor does."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._word = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)

    def run_input_thread(self) -> None:
        # Textual takes no selector from outside; in a sitting's process nobody else asks for one.
        waiting: Callable[[], Woken] = partial(Woken, self._word)
        linux_driver.selectors = SimpleNamespace(  # type: ignore[attr-defined, assignment]
            SelectSelector=waiting, EVENT_READ=selectors.EVENT_READ
        )
        super().run_input_thread()

    def disable_input(self) -> None:
        """Returns when its thread has ended. It may be enabled again."""
        os.eventfd_write(self._word, 1)
        super().disable_input()
        with suppress(BlockingIOError):
            os.eventfd_read(self._word)
