"""A moment by which something is over, for work that could hang."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

_Result = TypeVar("_Result")


class TookTooLong(Exception):
    """The moment came before the work was done."""


class Deadline:
    """So many seconds from now."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds, 0 or less once it is over."""
        return self._at - time.monotonic()


def within(deadline: Deadline, work: Callable[[], _Result]) -> _Result:
    """The result of `work`, or its exception; TookTooLong at the deadline, and the work is left to itself.

    It runs on a thread that does not keep the program from ending.
    """
    done: list[_Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, name="look-up", daemon=True)
    thread.start()
    thread.join(max(0.0, deadline.left))
    if failed:
        raise failed[0]
    if not done:
        raise TookTooLong
    return done[0]
