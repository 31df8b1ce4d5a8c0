"""What is told that the first page stands: systemd, which then hears again and again that the screen's loop
turns, and `kiosk launch`, which counts what falls without having stood.

systemd gets plain datagrams, as sd_notify(3) has them. Whoever feeds is the loop that is to be watched: a
loop that is blocked falls silent, and systemd starts the whole screen anew. `kiosk launch` finds a file.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path

STANDS = "KIOSK_STANDS"
"""The variable that names the file in which `kiosk launch` is told since when a page stands."""
_FEEDS_IN_TIME = 3
"""So many feeds fit into the time that systemd waits: one may be late, and one may be lost."""


class Watchdog:
    """One for the kiosk; its sittings are born with it. Nothing it does waits or raises."""

    def __init__(self, address: str, seconds: float, stands: Path | None = None) -> None:
        """`address`: a path, or a name that begins with "@" (an abstract socket); empty where systemd is not
        there. `seconds`: how long systemd waits for a word; 0 where it waits for none. `stands`: the file for
        `kiosk launch`.
        """
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._stands = stands
        self.every = seconds / _FEEDS_IN_TIME if address else 0.0
        """Seconds from one feed to the next; 0 where none is wanted."""

    def ready(self) -> None:
        """The first page is painted."""
        if self._stands is not None:
            _note(self._stands)
        self._tell("READY=1")
        self.feed()

    def feed(self) -> None:
        """The loop turns."""
        if self.every:
            self._tell("WATCHDOG=1")

    def _tell(self, word: str) -> None:
        if not self._address:
            return
        # A manager that does not listen is no reason for a screen to stay dark.
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.setblocking(False)
            line.sendto(word.encode(), self._address)


def watchdog_of(environment: MutableMapping[str, str]) -> Watchdog | None:
    """As systemd and `kiosk launch` have written it; taken out, as no program that the kiosk starts is to
    speak for it.

    WATCHDOG_PID is not asked: it names the terminal that systemd started, and what is watched runs in that.
    """
    address = environment.pop("NOTIFY_SOCKET", "")
    microseconds = environment.pop("WATCHDOG_USEC", "")
    environment.pop("WATCHDOG_PID", None)
    stands = environment.pop(STANDS, "")
    if not address.startswith(("/", "@")):
        address = ""
    if not (address or stands):
        return None
    seconds = int(microseconds) / 1e6 if microseconds.isdecimal() else 0.0
    return Watchdog(address, seconds, Path(stands) if stands else None)


def standing_since(stands: Path) -> float | None:
    """When the first page was there, by `time.monotonic`, which all of a machine share; None: it was not."""
    try:
        return float(stands.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _note(stands: Path) -> None:
    """The first time counts: the file is then there."""
    with suppress(OSError):
        handle = os.open(stands, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(repr(time.monotonic()))
