"""Takes an edition and is killed while it does: a number on standard input says after which touch of a file.

Data folder and edition are on the command line. Each time it is a process of its own, and the answer is how
that ended. Once the new one is in use, the next times take it again.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import kiosk.editions.soundness
from kiosk.editions.edition import Kind, Signed
from kiosk.editions.keeping import Editions
from kiosk.editions.soundness import Flaw, flaws_in

_TOUCHES = {os.open, os.close, os.fsync, os.mkdir, os.rename, os.replace, os.unlink, os.rmdir, io.open}
_WRITES = {"write", "flush", "close"}


def die_after(moment: int) -> None:
    """Killed once so many calls have come back that change something on the disk, or make it last."""
    left = [moment]

    def count(_frame: FrameType, event: str, called: Any) -> None:
        if event != "c_return":
            return
        on_a_file = isinstance(getattr(called, "__self__", None), io.IOBase) and called.__name__ in _WRITES
        if on_a_file or called in _TOUCHES:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def looked_over(folder: Path, kind: Kind, today: datetime.date) -> tuple[Flaw, ...]:
        """It only reads, and counting makes it slow."""
        sys.setprofile(None)
        try:
            return flaws_in(folder, kind, today)
        finally:
            sys.setprofile(count)

    kiosk.editions.soundness.flaws_in = looked_over
    sys.setprofile(count)


def main() -> None:
    told = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    came = Signed(told["body"].encode(), bytes.fromhex(told["signature"]))
    kept = Editions(Path(sys.argv[1]), Kind.SERVICES, (bytes.fromhex(told["key"]),))
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            die_after(int(line))
            kept.take(came, datetime.date(2026, 11, 2))
            sys.setprofile(None)
            os._exit(0)
        print(os.waitpid(child, 0)[1], flush=True)


main()
