"""A process whose memory no other program of this account may read, and that leaves no image when it falls.

Python cannot wipe its strings: what a person typed lies in memory until the process ends. Meanwhile nobody
but the administrator shall see it.
"""

from __future__ import annotations

import resource
import sys

_SET_DUMPABLE = 4
"""PR_SET_DUMPABLE of prctl(2)."""


def keep_memory_to_itself() -> None:
    """No core file from now on and, on Linux, neither a crash collector nor a debugger of the same account.

    Forks are born so. A program that is started has to ask anew; only the ban on core files stays with it.
    Memory that is swapped out, or written by a machine that hibernates, is not in this.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return
    import ctypes

    # a collector that the kernel pipes a core into never looks at the limit: this is what stops it
    ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
