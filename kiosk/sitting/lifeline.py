"""A process that ends with the one that started it, even where that one was killed."""

from __future__ import annotations

import os
import signal
import sys

_SET_PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


def end_with(parent: int) -> None:
    """Called in a child: from now on it gets SIGTERM when `parent` is gone. Nothing outside Linux."""
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    # it may have gone before it could be asked for
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
