"""Takes an edition and is killed while it does: a number on standard input says at which touch of a file.

Data folder and edition are on the command line. Each time it is a process of its own, and the answer is how
that ended. Once the new one is in use, the next times take it again.
"""

from __future__ import annotations

import datetime
import json
import os
import signal
import sys
from pathlib import Path

import kiosk.editions.soundness  # noqa: F401 - once for all, not in each process
from kiosk.editions.edition import Kind, Signed
from kiosk.editions.keeping import Editions

_TOUCHES = ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.listdir", "fcntl.flock")


def die_at(moment: int) -> None:
    left = [moment]

    def count(event: str, given: tuple[object, ...]) -> None:
        if event in _TOUCHES:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def main() -> None:
    told = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    came = Signed(told["body"].encode(), bytes.fromhex(told["signature"]))
    kept = Editions(Path(sys.argv[1]), Kind.SERVICES, (bytes.fromhex(told["key"]),))
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            die_at(int(line))
            kept.take(came, datetime.date(2026, 11, 2))
            os._exit(0)
        print(os.waitpid(child, 0)[1], flush=True)


main()
